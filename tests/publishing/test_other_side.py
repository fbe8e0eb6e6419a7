"""Confirmations and corrections, act by act: what they write, and why they are refused."""

import hashlib
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from agreements.editions.canonical import canonical_bytes
from agreements.publishing import errors
from agreements.publishing.answers import confirm_record, propose_corrections
from agreements.publishing.confirmations import record_hash
from agreements.publishing.correctable import columns_by_target, correctable_parts
from agreements.publishing.corrections import accept_corrections, decline_corrections
from agreements.publishing.links import MAX_DAYS, Invited, MadeLink
from agreements.publishing.party_links import make_link, open_link, revoke_link
from agreements.publishing.publish import publish_edition
from agreements.publishing.readiness import readiness_of
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.publishing.snapshot import build_content
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from agreements.register.models.other_side import Correction, PartyLink
from agreements.vocabulary.kinds import WorkingState
from tests.other_side import ask
from tests.published import accept_all_warnings, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(shipped_draft: int, db: None) -> Agreement:
    return Agreement.objects.get(pk=shipped_draft)


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def confirm(made: MadeLink, *, at: datetime, is_name_public: bool = False) -> PartyLink:
    seen = record_hash(build_content(fresh(made.link.agreement)))
    return confirm_record(made.secret, seen=seen, at=at, is_name_public=is_name_public)


def propose(made: MadeLink, proposed: dict[str, str], *, at: datetime) -> list[Correction]:
    agreement = fresh(made.link.agreement)
    before = {target: column.text for target, column in columns_by_target(agreement).items()}
    link = propose_corrections(
        made.secret, seen=record_hash(build_content(agreement)), before=before, proposed=proposed, at=at
    )
    return list(link.corrections.filter(state="open").order_by("pk"))


def warnings(agreement: Agreement) -> set[str]:
    return {str(one.code) for one in readiness_of(fresh(agreement)).warnings}


class TestMakeLink:
    def test_stores_the_hash_of_a_secret_that_nobody_can_guess(
        self, draft: Agreement, editor: User, noon: datetime
    ) -> None:
        first, second = (ask(draft, by=editor, at=noon) for _ in range(2))

        assert first.secret != second.secret
        assert len(first.secret) == 43
        assert first.link.token_hash == hashlib.sha256(first.secret.encode()).hexdigest()
        assert draft.timeline.filter(kind="link_made", by=editor).count() == 2

    def test_only_for_a_party(self, draft: Agreement, editor: User, noon: datetime) -> None:
        funder = Organization.objects.get(key="european-union")

        with pytest.raises(errors.NotAParty):
            make_link(draft.pk, Invited("A", "a@b.example", funder.pk, "en"), by=editor, at=noon)

    def test_not_for_a_withdrawn_record(self, draft: Agreement, editor: User, noon: datetime) -> None:
        Agreement.objects.filter(pk=draft.pk).update(working_state=WorkingState.WITHDRAWN)

        with pytest.raises(errors.WrongState):
            ask(draft, by=editor, at=noon)

    @pytest.mark.parametrize("state", [one for one in WorkingState if one is not WorkingState.WITHDRAWN])
    def test_in_every_other_state(self, draft: Agreement, editor: User, noon: datetime, state: WorkingState) -> None:
        Agreement.objects.filter(pk=draft.pk).update(working_state=state, approved_by=editor, publish_at=noon)

        assert open_link(ask(draft, by=editor, at=noon).secret, at=noon).opened_at is None

    @pytest.mark.parametrize("days", [0, -1, MAX_DAYS + 1])
    def test_not_for_ever(self, draft: Agreement, editor: User, noon: datetime, days: int) -> None:
        with pytest.raises(ValueError, match=str(days)):
            ask(draft, by=editor, at=noon, days=days)


class TestOpenLink:
    def test_until_its_time_is_over(self, draft: Agreement, editor: User, noon: datetime) -> None:
        made = ask(draft, by=editor, at=noon, days=1)

        assert open_link(made.secret, at=noon + timedelta(hours=23))
        with pytest.raises(errors.LinkClosed):
            open_link(made.secret, at=noon + timedelta(days=1))

    def test_revoking_twice_is_refused(self, draft: Agreement, editor: User, noon: datetime) -> None:
        made = ask(draft, by=editor, at=noon)
        revoke_link(draft.pk, made.link.pk, by=editor, at=noon)

        with pytest.raises(errors.NoLinkToRevoke):
            revoke_link(draft.pk, made.link.pk, by=editor, at=noon)
        with pytest.raises(errors.LinkClosed):
            open_link(made.secret, at=noon)

    def test_nobody_guesses_one(self, noon: datetime) -> None:
        with pytest.raises(errors.LinkUnknown):
            open_link("guess", at=noon)


class TestConfirmRecord:
    def test_is_part_of_what_is_published(self, draft: Agreement, editor: User, noon: datetime) -> None:
        confirm(ask(draft, by=editor, at=noon), at=noon)
        confirm(ask(draft, by=editor, at=noon, party=1, person="Brig. Ali"), at=noon, is_name_public=True)

        content = publish(draft, at=noon).content

        assert [(one.party.id, one.person) for one in content.confirmations] == [
            ("iom-iraq", None),
            ("commission-of-border-crossing-points", "Brig. Ali"),
        ]
        assert b'"confirmed_on":"2026-11-23"' in canonical_bytes(content)

    def test_after_the_approval_changes_nothing_that_was_approved(
        self, draft: Agreement, editor: User, reviewer: User, noon: datetime
    ) -> None:
        submit_agreement(draft.pk, by=editor, at=noon)
        accept_all_warnings(draft, by=reviewer, at=noon)
        approve_agreement(draft.pk, by=reviewer, at=noon)

        confirm(ask(draft, by=editor, at=noon), at=noon)

        assert fresh(draft).working_state == WorkingState.APPROVED
        assert len(publish_edition(draft.pk, by=reviewer, at=noon).content.confirmations) == 1

    def test_does_not_count_for_another_text(self, draft: Agreement, editor: User, noon: datetime) -> None:
        confirm(ask(draft, by=editor, at=noon), at=noon)
        assert "confirmation_older" not in warnings(draft)

        draft.statements.update(capacity_en="Another capacity")

        assert build_content(fresh(draft)).confirmations == ()
        assert "confirmation_older" in warnings(draft)

    def test_does_not_count_once_its_link_is_revoked(self, draft: Agreement, editor: User, noon: datetime) -> None:
        made = ask(draft, by=editor, at=noon)
        confirm(made, at=noon)
        assert len(build_content(fresh(draft)).confirmations) == 1

        revoke_link(draft.pk, made.link.pk, by=editor, at=noon)

        assert build_content(fresh(draft)).confirmations == ()
        assert "confirmation_older" not in warnings(draft)

    def test_of_one_party_counts_once_by_its_newest_person(
        self, draft: Agreement, editor: User, noon: datetime
    ) -> None:
        confirm(ask(draft, by=editor, at=noon, person="First"), at=noon, is_name_public=True)
        confirm(ask(draft, by=editor, at=noon, person="Second"), at=noon + timedelta(days=1), is_name_public=True)

        assert [one.person for one in build_content(fresh(draft)).confirmations] == ["Second"]

    def test_of_what_is_public_already_is_worth_an_edition(
        self, draft: Agreement, editor: User, noon: datetime
    ) -> None:
        first = publish(draft, at=noon)
        with pytest.raises(errors.NothingToPublish):
            submit_agreement(draft.pk, by=editor, at=noon)

        confirm(ask(draft, by=editor, at=noon), at=noon)
        second = publish(draft, at=noon)

        assert first.content.confirmations == ()
        assert [one.party.id for one in second.content.confirmations] == ["iom-iraq"]

    def test_of_something_else_than_what_stands_there_is_refused(
        self, draft: Agreement, editor: User, noon: datetime
    ) -> None:
        made = ask(draft, by=editor, at=noon)

        with pytest.raises(errors.ChangedMeanwhile):
            confirm_record(made.secret, seen="0" * 64, at=noon, is_name_public=False)


class TestAcceptCorrections:
    def test_writes_the_field_and_starts_review_over(
        self, draft: Agreement, editor: User, reviewer: User, noon: datetime
    ) -> None:
        submit_agreement(draft.pk, by=editor, at=noon)
        (one,) = propose(ask(draft, by=editor, at=noon), {f"agreement:{draft.pk}:title_en": "A better title"}, at=noon)
        assert "corrections_open" in warnings(draft)

        accept_corrections(draft.pk, [one.pk], by=editor, at=noon)

        agreement = fresh(draft)
        one.refresh_from_db()
        assert (agreement.title_en, agreement.working_state) == ("A better title", WorkingState.DRAFT)
        assert agreement.last_edited_by == editor
        assert (one.state, one.decided_by) == ("accepted", editor)
        assert "title in English" in agreement.timeline.get(kind="correction_accepted").note
        assert "corrections_open" not in warnings(draft)

    def test_takes_every_kind_of_field(self, draft: Agreement, editor: User, noon: datetime) -> None:
        date, activity = draft.dates.get(), draft.activities.first()
        assert activity is not None
        wanted = {
            f"dates:{date.pk}:date": "2021-02-06",
            f"dates:{date.pk}:time": "",
            f"activities:{activity.pk}:status": "under_way",
            f"activities:{activity.pk}:start": "2021",
            f"announcement:{draft.announcement.pk}:published_at": "2021-02-05 21:30",
        }

        rows = propose(ask(draft, by=editor, at=noon), wanted, at=noon)
        accept_corrections(draft.pk, [one.pk for one in rows], by=editor, at=noon)

        now = columns_by_target(fresh(draft))
        assert {target: now[target].text for target in wanted} == wanted

    def test_checks_fields_together_that_only_hold_together(
        self, draft: Agreement, editor: User, noon: datetime
    ) -> None:
        funding = draft.funding.first()
        assert funding is not None
        wanted = {"amount": "250000.00", "currency": "USD", "disclosure": "stated"}
        made = ask(draft, by=editor, at=noon)
        rows = propose(made, {f"funding:{funding.pk}:{name}": text for name, text in wanted.items()}, at=noon)

        with pytest.raises(errors.ProposalInvalid, match="needs a figure and a currency"):
            accept_corrections(draft.pk, [rows[0].pk], by=editor, at=noon)
        accept_corrections(draft.pk, [one.pk for one in rows], by=editor, at=noon)

        funding.refresh_from_db()
        assert (str(funding.amount), funding.currency) == ("250000.00", "USD")

    def test_writes_nothing_of_what_a_form_would_not_take(self, draft: Agreement, editor: User, noon: datetime) -> None:
        date = draft.dates.get()
        wanted = {f"agreement:{draft.pk}:title_en": "A better title", f"dates:{date.pk}:date": "31 February"}
        rows = propose(ask(draft, by=editor, at=noon), wanted, at=noon)

        with pytest.raises(errors.ProposalInvalid, match="date"):
            accept_corrections(draft.pk, [one.pk for one in rows], by=editor, at=noon)

        assert fresh(draft).title_en != "A better title"
        assert set(Correction.objects.values_list("state", flat=True)) == {"open"}

    def test_asks_before_it_undoes_what_was_written_since(self, draft: Agreement, editor: User, noon: datetime) -> None:
        (one,) = propose(ask(draft, by=editor, at=noon), {f"agreement:{draft.pk}:title_en": "Theirs"}, at=noon)
        Agreement.objects.filter(pk=draft.pk).update(title_en="Ours")

        with pytest.raises(errors.FieldsChanged):
            accept_corrections(draft.pk, [one.pk], by=editor, at=noon)
        accept_corrections(draft.pk, [one.pk], by=editor, at=noon, overwrite=True)

        assert fresh(draft).title_en == "Theirs"

    def test_of_a_choice_or_a_remark_only_marks_it(self, draft: Agreement, editor: User, noon: datetime) -> None:
        signed = draft.participations.first()
        assert signed is not None
        wanted = {f"participations:{signed.pk}:organization": "Our new name", "": "The annex is missing."}
        rows = propose(ask(draft, by=editor, at=noon), wanted, at=noon)
        revision = fresh(draft).revision

        accept_corrections(draft.pk, [one.pk for one in rows], by=editor, at=noon)

        assert set(Correction.objects.values_list("state", flat=True)) == {"accepted"}
        assert fresh(draft).revision == revision

    def test_of_a_part_that_is_gone_is_refused(self, draft: Agreement, editor: User, noon: datetime) -> None:
        activity = draft.activities.first()
        assert activity is not None
        (one,) = propose(ask(draft, by=editor, at=noon), {f"activities:{activity.pk}:title_en": "New"}, at=noon)
        activity.delete()

        with pytest.raises(errors.FieldGone):
            accept_corrections(draft.pk, [one.pk], by=editor, at=noon)
        decline_corrections(draft.pk, [one.pk], by=editor, at=noon, note="The activity is gone.")

    def test_twice_or_of_another_record_is_refused(self, draft: Agreement, editor: User, noon: datetime) -> None:
        (one,) = propose(ask(draft, by=editor, at=noon), {"": "A remark"}, at=noon)
        other = Agreement.objects.create(title_en="Another", kind="other")

        for agreement, numbers in ((other, [one.pk]), (draft, []), (draft, [one.pk, 10**9])):
            with pytest.raises(errors.AlreadyDecided):
                accept_corrections(agreement.pk, numbers, by=editor, at=noon)
        accept_corrections(draft.pk, [one.pk], by=editor, at=noon)
        with pytest.raises(errors.AlreadyDecided):
            accept_corrections(draft.pk, [one.pk], by=editor, at=noon)

    def test_on_top_of_an_edit_is_refused(self, draft: Agreement, editor: User, noon: datetime) -> None:
        (one,) = propose(ask(draft, by=editor, at=noon), {"": "A remark"}, at=noon)

        with pytest.raises(errors.ChangedMeanwhile):
            accept_corrections(draft.pk, [one.pk], by=editor, at=noon, revision=fresh(draft).revision + 1)


class TestDeclineCorrections:
    def test_leaves_the_record_and_tells_why(self, draft: Agreement, editor: User, noon: datetime) -> None:
        (one,) = propose(ask(draft, by=editor, at=noon), {f"agreement:{draft.pk}:title_en": "Theirs"}, at=noon)
        with pytest.raises(errors.NoteMissing):
            decline_corrections(draft.pk, [one.pk], by=editor, at=noon, note=" ")

        decline_corrections(draft.pk, [one.pk], by=editor, at=noon, note="The signed text says otherwise.")

        one.refresh_from_db()
        assert (one.state, one.note) == ("declined", "The signed text says otherwise.")
        assert fresh(draft).title_en != "Theirs"
        assert draft.timeline.filter(kind="correction_declined", by=editor).exists()


class TestProposeCorrections:
    def test_needs_a_difference(self, draft: Agreement, editor: User, noon: datetime) -> None:
        made = ask(draft, by=editor, at=noon)

        with pytest.raises(errors.NothingProposed):
            propose(made, {f"agreement:{draft.pk}:title_en": draft.title_en, "": "  "}, at=noon)


class TestCorrectableParts:
    def test_name_every_public_column_that_the_register_has(self, draft: Agreement) -> None:
        at_the_desk = {
            "id", "agreement", "activity", "key", "position", "source", "unconfirmed", "is_public", "is_unsigned",
            "file", "file_name", "media_type", "size_bytes", "sha256",
            "register_number", "written_in", "working_state", "last_edited_by", "submitted_by", "approved_by",
            "approved_hash", "reviewer", "review_due", "publish_at", "revision", "people_in_charge",
            "change_note_en", "change_note_ar", "change_note_ckb",
        }  # fmt: skip
        draft.contacts.update(is_public=True)
        found: dict[type, set[str]] = {}
        for part in correctable_parts(fresh(draft)):
            found.setdefault(type(part.row), set()).update(column.name for column in part.columns)

        assert len(found) >= 8
        for model, names in found.items():
            fields = {one.name for one in (*model._meta.concrete_fields, *model._meta.local_many_to_many)}  # type: ignore[attr-defined]  # a model
            assert fields - at_the_desk == names, model


class TestConstraints:
    @pytest.mark.parametrize(
        "broken",
        [
            {"token_hash": "not a hash"},
            {"expires_at": datetime.fromisoformat("2020-01-01T00:00+00:00")},
            {"answer": "confirmed"},
            {"answered_hash": "0" * 64},
            {"is_name_public": True},
            {"language": "ku"},
            {"person": ""},
        ],
    )
    def test_of_a_link_hold_in_the_database(
        self, draft: Agreement, editor: User, noon: datetime, broken: dict[str, object]
    ) -> None:
        ask(draft, by=editor, at=noon)

        with pytest.raises(IntegrityError), transaction.atomic():
            PartyLink.objects.update(**broken)

    @pytest.mark.parametrize(
        "broken",
        [
            {"state": "accepted"},
            {"target": "activities; DROP"},
            {"before": "A remark"},
            {"state": "taken_back"},
        ],
    )
    def test_of_a_correction_hold_in_the_database(
        self, draft: Agreement, editor: User, noon: datetime, broken: dict[str, object]
    ) -> None:
        propose(ask(draft, by=editor, at=noon), {"": "A remark"}, at=noon)

        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.update(**broken)
