"""The audit trail in words. Changes are committed here: within one transaction all would be one change."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agreements.register.history import Change, ChangeKind, Entry, InvalidCursor, history_of
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Objective, Organization, Place, Principle
from agreements.register.models.participants import Participation
from agreements.register.trails import trails_of
from tests.people import make_user
from tests.published import first_agreement

OF_NO_AGREEMENT = {
    "Delivery", "Framework", "Objective", "Organization", "OrganizationAlias", "Place", "Principle", "Report",
    "SavedMapping", "Source", "StaffProfile",
}  # fmt: skip
"""What agreements share has its own history; every other tracked model belongs to one agreement."""

OUTSIDE = "Outside the portal (SQL or a command)"


@pytest.fixture
def agreement(committed_db: str) -> Agreement:
    return first_agreement()


@contextmanager
def request_of(user: User) -> Iterator[None]:
    """As the middleware keeps a request of the desk."""
    with pghistory.context(user=user.pk, url="/en/admin/somewhere/", address="192.0.2.7"):
        yield


def newest(row: Agreement | Organization) -> Change:
    return history_of(row, limit=1)[0]


def only_entry(row: Agreement | Organization) -> Entry:
    (entry,) = newest(row).entries
    return entry


def lines(entry: Entry) -> dict[str, tuple[str | None, str | None]]:
    return {one.label: (one.before and one.before.text, one.after and one.after.text) for one in entry.fields}


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


class TestWhoAndWhere:
    def test_are_those_of_the_request(self, agreement: Agreement) -> None:
        editor = make_user("editor")
        editor.first_name, editor.last_name = "Layla", "Hassan"
        editor.save()
        with request_of(editor):
            agreement.dates.update(note_en="Noted")

        change = newest(agreement)

        assert (change.user_id, change.who) == (editor.pk, "Layla Hassan")
        assert (change.page, change.address) == ("/en/admin/somewhere/", "192.0.2.7")

    def test_are_outside_the_portal_in_sql(self, agreement: Agreement) -> None:
        execute("UPDATE agreements_agreement SET duration_en = 'Two years' WHERE id = %s", agreement.pk)

        change = newest(agreement)

        assert (change.user_id, change.who, change.page, change.address) == (None, OUTSIDE, "", "")
        assert lines(change.entries[0]) == {"Duration in English": ("empty", "Two years")}

    def test_survive_the_person_s_account(self, agreement: Agreement) -> None:
        editor = make_user()
        with request_of(editor):
            agreement.dates.update(note_en="Noted")
        pk = editor.pk
        editor.delete()

        assert newest(agreement).who == f"user {pk}"

    def test_are_nobody_where_nobody_was_logged_in(self, agreement: Agreement) -> None:
        with pghistory.context(user=None, url="/en/admin/login/"):
            agreement.dates.update(note_en="Noted")

        assert newest(agreement).who == "Nobody who was logged in"


class TestMoments:
    def test_one_request_is_one_change_whatever_it_commits(self, agreement: Agreement) -> None:
        with request_of(make_user()):
            agreement.dates.update(note_en="Noted")
            Agreement.objects.filter(pk=agreement.pk).update(duration_en="Two years")
            Agreement.objects.filter(pk=agreement.pk).update(duration_en="Three years")

        entries = newest(agreement).entries

        assert [entry.part for entry in entries] == ["Agreement", "Date"]
        assert lines(entries[0]) == {"Duration in English": ("empty", "Three years")}

    def test_one_transaction_in_sql_is_one_change(self, agreement: Agreement) -> None:
        with transaction.atomic():
            execute("UPDATE agreements_agreement SET duration_en = 'Two years'")
            execute("UPDATE agreements_statement SET capacity_en = 'Chief'")

        assert {entry.part for entry in newest(agreement).entries} == {"Agreement", "Statement"}

    def test_come_newest_first_and_page_by_page_without_gap_or_repetition(self, agreement: Agreement) -> None:
        editor = make_user()
        for number in range(3):
            with request_of(editor):
                agreement.dates.update(note_en=f"Request {number}")
                agreement.statements.update(capacity_en=f"Request {number}")
            agreement.dates.update(note_en=f"SQL {number}")
        whole = history_of(agreement, limit=100)
        paged: list[Change] = []
        while page := history_of(agreement, limit=2, before=paged[-1].cursor if paged else None):
            paged += page

        assert len(whole) == len({change.cursor for change in whole}) >= 7
        assert [change.at for change in whole] == sorted((change.at for change in whole), reverse=True)
        assert tuple(paged) == whole

    @given(st.text())
    def test_refuses_what_is_no_cursor(self, text: str) -> None:
        if text.partition("-")[0].isdecimal():
            return
        with pytest.raises(InvalidCursor):
            history_of(Agreement(pk=1), limit=1, before=text)


class TestValues:
    def test_are_written_in_words(self, agreement: Agreement) -> None:
        participation = agreement.participations.filter(role="funder").first()
        assert participation is not None
        other = Organization.objects.get(key=participation.organization.key)
        execute(
            """UPDATE agreements_participation SET role = 'witness', acting_through_id = %s, note_en = ''
               WHERE id = %s""",
            Organization.objects.exclude(pk=other.pk).order_by("pk")[0].pk,
            participation.pk,
        )

        through = Participation.objects.get(pk=participation.pk).acting_through
        told = lines(only_entry(agreement))

        assert told["Role"] == ("Funder", "Witness")
        assert told["Acting through"] == ("empty", str(through))
        assert told["Note in English"] == (participation.note_en, "empty")

    def test_say_yes_and_no(self, agreement: Agreement) -> None:
        execute("UPDATE agreements_contact SET is_public = false")

        assert lines(only_entry(agreement)) == {"Public": ("yes", "no")}

    def test_keep_dates_as_far_as_they_are_known(self, agreement: Agreement) -> None:
        execute("UPDATE agreements_announcement SET published_on = '2021-02', published_at = NULL")

        fields = {one.label: one for one in only_entry(agreement).fields}
        after, moment = fields["Published on"].after, fields["Moment of publication"].before

        assert after is not None
        assert after.day is not None
        assert (after.text, after.day.value) == ("2021-02", "2021-02")
        assert moment is not None
        assert moment.text == "2021-02-05 20:08"  # in Baghdad

    def test_know_their_column_s_language_and_whether_they_are_long(self, agreement: Agreement) -> None:
        execute("UPDATE agreements_agreement SET title_ckb = title_ckb || '!', duration_ar = 'سنتان'")

        title, duration = only_entry(agreement).fields

        assert title.after is not None
        assert (title.after.language, title.after.direction, title.is_long) == ("ckb", "rtl", True)
        assert duration.before is not None
        assert (duration.before.text, duration.before.language) == ("empty", None)
        assert not duration.is_long

    def test_name_files(self, agreement: Agreement) -> None:
        document = agreement.documents.create(
            kind="annex", language="en", title_en="Annex", file=ContentFile(b"one", "annex.pdf")
        )
        document.file = ContentFile(b"two", "annex.pdf")
        document.save()

        before, after = lines(only_entry(agreement))["File"]

        assert (before or "").startswith("annex.pdf (")
        assert (after or "").startswith("annex.pdf (")
        assert before != after

    def test_speak_the_active_language(self, agreement: Agreement) -> None:
        execute("UPDATE agreements_contact SET is_public = false")

        with translation.override("ar"):
            entry = only_entry(agreement)

        assert entry.part == "جهة اتصال"
        assert [value for pair in lines(entry).values() for value in pair] == ["نعم", "لا"]

    def test_are_not_recorded_where_the_trail_has_a_gap(self, agreement: Agreement) -> None:
        with transaction.atomic():
            execute("SET LOCAL session_replication_role = replica")
            execute(
                """INSERT INTO agreements_organizationalias (organization_id, name, language)
                   SELECT min(id), 'Untold', 'en' FROM agreements_organization"""
            )
        execute("UPDATE agreements_organizationalias SET name = 'Told' WHERE name = 'Untold'")
        organization = Organization.objects.get(aliases__name="Told")

        assert lines(only_entry(organization))["Name"] == ("not recorded", "Told")


class TestParts:
    def test_that_were_removed_still_say_what_stood_there(self, agreement: Agreement) -> None:
        execute("DELETE FROM agreements_statement WHERE speaker_en = 'Gerard Waite'")

        entry = only_entry(agreement)

        assert (entry.kind, entry.part, entry.name) == (ChangeKind.REMOVED, "Statement", "Gerard Waite")
        assert lines(entry)["Capacity in English"] == ("Chief of Mission, IOM Iraq", None)
        assert "Agreement" not in lines(entry)

    def test_that_were_added_say_what_was_written(self, agreement: Agreement) -> None:
        agreement.obligations.create(bearer=Organization.objects.all()[0], text_en="Report", due="2022")

        entry = only_entry(agreement)

        assert (entry.kind, entry.part, entry.name) == (ChangeKind.ADDED, "Obligation", "Report")
        assert lines(entry)["Due"] == (None, "2022")
        assert not {"Identifier", "Position", "Evidence in English"} & lines(entry).keys()

    def test_of_parts_are_told_after_both_are_gone(self, agreement: Agreement) -> None:
        activity = agreement.activities.all()[0]
        activity.progress_notes.create(text_en="Began")
        activity.places.add(Place.objects.get(name_en="Baghdad"))
        with request_of(make_user()):
            activity.delete()

        gone, note = newest(agreement).entries

        assert (gone.kind, gone.name) == (ChangeKind.REMOVED, activity.title_en)
        assert ("Places", ("Baghdad",)) in [(link.label, link.removed) for link in gone.links]
        assert (note.kind, note.part, note.name) == (ChangeKind.REMOVED, "Progress note", "Not stated: Began")

    def test_are_named_after_rows_that_are_gone_too(self, agreement: Agreement) -> None:
        body = Organization.objects.create(key="short-lived", name_en="Short-lived body", kind="ngo")
        part = agreement.participations.create(role="witness", organization=body)
        part.delete()
        body.delete()

        assert only_entry(agreement).name == "Witness: Short-lived body"

    def test_that_moved_are_told_on_both_sides(self, agreement: Agreement) -> None:
        other = Agreement.objects.create(title_en="The other one", kind="protocol")
        activity = agreement.activities.all()[0]
        execute("UPDATE agreements_activity SET agreement_id = %s, key = 'moved' WHERE id = %s", other.pk, activity.pk)

        for side in (agreement, other):
            assert lines(only_entry(side)) == {"Agreement": (str(agreement), str(other))}

        execute("UPDATE agreements_activity SET status = 'completed' WHERE id = %s", activity.pk)
        assert "Status" not in lines(only_entry(agreement))

    def test_changed_in_bulk_are_told_one_by_one(self, agreement: Agreement) -> None:
        with request_of(make_user()):
            agreement.activities.update(area_en="Everywhere")

        entries = newest(agreement).entries

        assert len(entries) == agreement.activities.count()
        assert {lines(entry)["Area in English"][1] for entry in entries} == {"Everywhere"}


class TestLinks:
    def test_say_what_was_added_and_removed(self, agreement: Agreement) -> None:
        new = Principle.objects.create(key="trust", name_en="Trust")
        with request_of(make_user()):
            agreement.principles.add(new)
            agreement.principles.remove(Principle.objects.get(name_en="Democracy"))

        entry = only_entry(agreement)

        assert entry.kind is ChangeKind.CHANGED
        assert [(one.label, one.added, one.removed) for one in entry.links] == [
            ("Principles", ("Trust",), ("Democracy",))
        ]

    def test_of_a_part_name_the_part(self, agreement: Agreement) -> None:
        link = agreement.framework_links.exclude(framework__objectives=None).all()[0]
        objective = Objective.objects.filter(framework=link.framework)[0]
        link.objectives.add(objective)

        entry = only_entry(agreement)

        assert (entry.part, entry.name) == ("Framework", str(link.framework))
        assert entry.links[0].added == (str(objective),)


class TestBookkeeping:
    def test_is_left_out_beside_what_people_did(self, agreement: Agreement) -> None:
        editor = make_user()
        with request_of(editor):
            agreement.dates.update(note_en="Noted")
            Agreement.objects.filter(pk=agreement.pk).update(last_edited_by=editor)

        assert [entry.part for entry in newest(agreement).entries] == ["Date"]

    def test_is_told_where_nothing_else_changed(self, agreement: Agreement) -> None:
        execute("UPDATE agreements_agreement SET last_edited_by_id = %s", make_user().pk)

        assert list(lines(only_entry(agreement))) == ["Last edited by"]

    def test_does_not_swallow_a_change_of_working_state(self, agreement: Agreement) -> None:
        execute("UPDATE agreements_agreement SET working_state = 'in_review', revision = 7")

        assert lines(only_entry(agreement)) == {"Working state": ("Draft", "In review")}


class TestQueries:
    def test_do_not_grow_with_what_was_changed(self, agreement: Agreement) -> None:
        def queries(changes: int) -> int:
            for number in range(changes):
                with request_of(make_user()):
                    agreement.dates.update(note_en=f"{number} of {changes}")
                    body = Organization.objects.order_by("pk")[number % 5]
                    part = agreement.participations.create(role="beneficiary", organization=body)
                    part.acting_through = Organization.objects.exclude(pk=body.pk)[0]
                    part.save()
                    part.delete()
            with CaptureQueriesContext(connection) as captured:
                assert len(history_of(agreement, limit=changes)) == changes
            return len(captured)

        assert queries(3) == queries(30)


class TestDirectories:
    def test_have_a_history_of_their_own(self, agreement: Agreement) -> None:
        organization = Organization.objects.filter(activities__isnull=False)[0]
        organization.aliases.create(name="Another name", language="en")

        entry = only_entry(organization)

        assert (entry.kind, entry.part, entry.name) == (ChangeKind.ADDED, "Other name", "Another name")

    def test_are_not_changed_by_agreements_that_choose_them(self, agreement: Agreement) -> None:
        principle = agreement.principles.all()[0]
        before = history_of(principle, limit=10)
        agreement.principles.remove(principle)

        assert history_of(principle, limit=10) == before


class TestTrailsOf:
    def test_an_agreement_has_all_that_belongs_to_one(self) -> None:
        models = (getattr(event, "pgh_tracked_model", None) for event in apps.get_app_config("agreements").get_models())
        tracked = {model.__name__ for model in models if model is not None}
        told = [trail.model.__name__ for trail in trails_of(Agreement)]

        assert set(told) == tracked - OF_NO_AGREEMENT
        assert len(told) == len(set(told))

    def test_refuses_a_model_without_one(self) -> None:
        with pytest.raises(LookupError):
            trails_of(User)
