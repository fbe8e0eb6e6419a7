"""The life of a record: which act starts where, who may, and what the timeline says afterwards."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import Error, transaction

from agreements.publishing import errors
from agreements.publishing.publish import publish_edition
from agreements.publishing.readiness import accept_warnings, readiness_of
from agreements.publishing.review import (
    approve_agreement,
    claim_review,
    release_review,
    request_changes,
    submit_agreement,
)
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.edits import record_edit
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from agreements.register.models.editorial import TimelineEntry
from agreements.vocabulary.kinds import EventKind, WorkingState
from agreements.vocabulary.languages import LocalisedText
from tests.people import make_user
from tests.published import accept_all_warnings, first_agreement, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(shipped_draft: int, editor: User, reviewer: User, noon: datetime) -> Agreement:
    """In review, with every warning accepted."""
    agreement = Agreement.objects.get(pk=shipped_draft)
    submit_agreement(agreement.pk, by=editor, at=noon)
    accept_all_warnings(agreement, by=reviewer, at=noon)
    return Agreement.objects.get(pk=agreement.pk)


def events(agreement: Agreement) -> list[str]:
    """What the timeline holds, oldest first, warnings left out."""
    entries = agreement.timeline.exclude(kind=EventKind.OVERRIDDEN).order_by("pk")
    return list(entries.values_list("kind", flat=True))


class TestTimeline:
    def test_tells_the_whole_life_of_a_record(self, submitted: Agreement, reviewer: User, noon: datetime) -> None:
        request_changes(submitted.pk, by=reviewer, at=noon, note="The summary says “signed”.")
        publish(submitted, at=noon)
        withdraw_agreement(submitted.pk, by=reviewer, at=noon, reason=LocalisedText(en="A mistake."))

        assert events(submitted) == ["submitted", "returned", "submitted", "approved", "published", "withdrawn"]
        submitted.refresh_from_db()
        assert submitted.working_state == WorkingState.WITHDRAWN

    def test_keeps_note_person_and_moment(self, submitted: Agreement, reviewer: User, noon: datetime) -> None:
        request_changes(submitted.pk, by=reviewer, at=noon, note=" Correct the date. ")

        entry = submitted.timeline.latest("pk")
        assert (entry.note, entry.by, entry.at) == ("Correct the date.", reviewer, noon)

    def test_is_never_rewritten(self, submitted: Agreement) -> None:
        with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic():
            TimelineEntry.objects.update(note="Never happened.")
        with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic():
            TimelineEntry.objects.all().delete()

        assert submitted.timeline.exists()


class TestEdit:
    @pytest.mark.parametrize("approved", [False, True])
    def test_under_review_starts_over_and_says_so(
        self, submitted: Agreement, editor: User, reviewer: User, noon: datetime, *, approved: bool
    ) -> None:
        if approved:
            approve_agreement(submitted.pk, by=reviewer, at=noon)
        agreement = Agreement.objects.get(pk=submitted.pk)

        record_edit(agreement, by=editor, at=noon)

        assert (agreement.working_state, agreement.approved_by) == (WorkingState.DRAFT, None)
        assert events(agreement)[-1] == "edited"

    def test_an_approval_of_what_somebody_changed_meanwhile_is_refused(
        self, submitted: Agreement, editor: User, reviewer: User, noon: datetime
    ) -> None:
        seen = submitted.revision
        record_edit(submitted, by=editor, at=noon)
        submit_agreement(submitted.pk, by=editor, at=noon)

        with pytest.raises(errors.ChangedMeanwhile):
            approve_agreement(submitted.pk, by=reviewer, at=noon, revision=seen)


class TestApproval:
    def test_is_of_exactly_what_was_seen(self, submitted: Agreement, reviewer: User, noon: datetime) -> None:
        """An organisation's own page changes what an approved record would say."""
        approve_agreement(submitted.pk, by=reviewer, at=noon)
        Organization.objects.update(name_en="Somebody else")

        with pytest.raises(errors.ContentIncomplete) as refusal:
            publish_edition(submitted.pk, by=reviewer, at=noon)

        assert [problem.code for problem in refusal.value.problems] == ["changed_since_approval"]

    def test_needs_every_warning_settled_or_accepted(self, editor: User, reviewer: User, noon: datetime) -> None:
        agreement = first_agreement()
        submit_agreement(agreement.pk, by=editor, at=noon)

        with pytest.raises(errors.WarningsOpen):
            approve_agreement(agreement.pk, by=reviewer, at=noon)

    @pytest.mark.parametrize("who", ["last_edited_by", "submitted_by"])
    def test_by_who_wrote_it_is_allowed_where_the_setting_says_so_and_the_edition_tells(
        self, submitted: Agreement, reviewer: User, noon: datetime, settings: object, who: str
    ) -> None:
        Agreement.objects.filter(pk=submitted.pk).update(**{who: reviewer})
        with pytest.raises(errors.FourEyes):
            approve_agreement(submitted.pk, by=reviewer, at=noon)
        settings.FOUR_EYES = False  # type: ignore[attr-defined]  # pytest-django's

        approve_agreement(submitted.pk, by=reviewer, at=noon)
        edition = publish_edition(submitted.pk, by=reviewer, at=noon)

        assert edition.content.reviewed_by_another is False

    def test_by_another_person_is_told_too(self, noon: datetime) -> None:
        assert publish(first_agreement(), at=noon).content.reviewed_by_another is True


class TestClaim:
    def test_keeps_other_reviewers_from_deciding(self, submitted: Agreement, reviewer: User, noon: datetime) -> None:
        other = make_user("reviewer")
        claim_review(submitted.pk, by=other, at=noon, due=date(2026, 12, 1))

        with pytest.raises(errors.OtherReviewer, match=other.username):
            approve_agreement(submitted.pk, by=reviewer, at=noon)
        with pytest.raises(errors.OtherReviewer):
            claim_review(submitted.pk, by=reviewer, at=noon)

    def test_can_be_given_back_for_somebody_who_is_away(
        self, submitted: Agreement, reviewer: User, noon: datetime
    ) -> None:
        claim_review(submitted.pk, by=make_user("reviewer"), at=noon, due=date(2026, 12, 1))

        release_review(submitted.pk, by=reviewer, at=noon)

        assert approve_agreement(submitted.pk, by=reviewer, at=noon).review_due is None


class TestSubmit:
    def test_of_what_the_public_has_already_is_refused(self, editor: User, noon: datetime) -> None:
        agreement = first_agreement()
        publish(agreement, at=noon)

        with pytest.raises(errors.NothingToPublish):
            submit_agreement(agreement.pk, by=editor, at=noon)

    def test_brings_a_withdrawn_record_back_into_review(self, editor: User, reviewer: User, noon: datetime) -> None:
        agreement = first_agreement()
        publish(agreement, at=noon)
        withdraw_agreement(agreement.pk, by=reviewer, at=noon, reason=LocalisedText(en="A mistake."))

        assert submit_agreement(agreement.pk, by=editor, at=noon).working_state == WorkingState.IN_REVIEW


class TestReturn:
    @pytest.mark.parametrize("note", ["", "  \n"])
    def test_has_to_say_what_to_change(self, submitted: Agreement, reviewer: User, noon: datetime, note: str) -> None:
        with pytest.raises(errors.NoteMissing):
            request_changes(submitted.pk, by=reviewer, at=noon, note=note)


class TestAcceptedWarnings:
    def test_count_for_one_edition(self, submitted: Agreement, reviewer: User, noon: datetime) -> None:
        approve_agreement(submitted.pk, by=reviewer, at=noon)
        publish_edition(submitted.pk, by=reviewer, at=noon + timedelta(hours=1))

        readiness = readiness_of(Agreement.objects.get(pk=submitted.pk))

        assert not readiness.accepted
        assert {one.code for one in readiness.warnings} == {"activity_without_status"}

    def test_need_a_reason_and_a_warning(self, submitted: Agreement, reviewer: User, noon: datetime) -> None:
        with pytest.raises(errors.NoteMissing):
            accept_warnings(submitted.pk, ["anything"], by=reviewer, at=noon, reason=" ")
        with pytest.raises(errors.NoSuchWarning):
            accept_warnings(submitted.pk, ["anything"], by=reviewer, at=noon, reason="Because.")
