"""A file that comes again: what it changes, what it leaves alone, and what happens between check and writing."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection

from agreements.editions.models import Edition
from agreements.intake.errors import NotNow, RowsRefused
from agreements.intake.models import Import, ImportRow, Outcome
from agreements.register.edits import record_edit
from agreements.register.history import history_of
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization, Source
from tests.intake.imports import checked, written
from tests.intake.messy import BAD, GOOD, as_csv, row

pytestmark = pytest.mark.django_db

FIRST = as_csv(GOOD[:2])
SECOND = as_csv([
    row(ref="A-1", title="Another title", kind="MoU", signed="2021-02-06", parties="IOM Iraq; Government of Canada"),
    GOOD[1],
])  # fmt: skip


@pytest.fixture
def agreement(editor: User, noon: datetime) -> Agreement:
    written(checked(FIRST, by=editor, at=noon), by=editor, at=noon)
    return Agreement.objects.get(imported_as__reference="A-1")


def changes(one: Import) -> list[tuple[str, str, str]]:
    rows = ImportRow.objects.filter(of_import=one, outcome=Outcome.CHANGED)
    return [(change["target"], change["before"], change["after"]) for found in rows for change in found.changes]


class TestAFileThatComesAgain:
    def test_shows_the_difference_before_it_is_made(self, agreement: Agreement, editor: User, noon: datetime) -> None:
        one = checked(SECOND, by=editor, at=noon, name="second.csv")

        assert one.counts == {"added": 0, "changed": 1, "unchanged": 1, "refused": 0}
        assert changes(one) == [
            ("title_en", "Iso date", "Another title"),
            ("date:signed", "2021-02-05", "2021-02-06"),
            ("role:party", "", "Government of Canada"),
        ]
        agreement.refresh_from_db()
        assert agreement.title_en == "Iso date"

    def test_adds_and_overwrites_and_removes_nothing(self, agreement: Agreement, editor: User, noon: datetime) -> None:
        written(checked(SECOND, by=editor, at=noon, name="second.csv"), by=editor, at=noon)

        agreement.refresh_from_db()
        parties = agreement.participations.values_list("organization__key", flat=True)
        assert agreement.title_en == "Another title"
        assert [one.date for one in agreement.dates.all()] == ["2021-02-06"]
        assert set(parties) == {"iom-iraq", "government-of-iraq", "government-of-canada"}
        assert agreement.sources.count() == 2
        assert agreement.revision == 1
        assert checked(SECOND, by=editor, at=noon).counts["unchanged"] == 2

    def test_says_that_staff_edited_since_and_starts_review_over(
        self, agreement: Agreement, editor: User, reviewer: User, noon: datetime
    ) -> None:
        Agreement.objects.filter(pk=agreement.pk).update(title_en="As staff had it")
        record_edit(agreement, by=reviewer, at=noon)
        Agreement.objects.filter(pk=agreement.pk).update(working_state="approved", approved_by=reviewer)
        one = checked(SECOND, by=editor, at=noon)
        assert ImportRow.objects.get(of_import=one, outcome=Outcome.CHANGED).edited_since
        assert changes(one)[0] == ("title_en", "As staff had it", "Another title")

        written(one, by=editor, at=noon)

        agreement.refresh_from_db()
        assert (agreement.working_state, agreement.approved_by, agreement.last_edited_by) == ("draft", None, editor)
        assert list(agreement.timeline.values_list("kind", flat=True)) == ["edited"]
        assert not Edition.objects.exists()

    def test_tells_the_audit_trail_who_and_from_where(self, agreement: Agreement, editor: User) -> None:
        change = history_of(agreement, limit=5)[-1]

        assert change.user_id == editor.pk

    def test_is_refused_where_the_register_changed_after_the_check(
        self, agreement: Agreement, editor: User, noon: datetime
    ) -> None:
        one = checked(SECOND, by=editor, at=noon)
        Agreement.objects.filter(pk=agreement.pk).update(title_en="Meanwhile")

        with pytest.raises(RowsRefused):
            written(one, by=editor, at=noon)

        agreement.refresh_from_db()
        assert agreement.title_en == "Meanwhile"
        refused = ImportRow.objects.get(of_import=one, outcome=Outcome.REFUSED)
        assert "check the file again" in refused.refusals[0]["texts"]["en"]
        one.refresh_from_db()
        assert one.counts == {"added": 0, "changed": 0, "unchanged": 1, "refused": 1}


class TestGoodRowsOnly:
    def test_writes_the_good_ones_only_where_that_is_chosen(self, editor: User, noon: datetime) -> None:
        one = checked(as_csv([GOOD[0], BAD[0]]), by=editor, at=noon)
        with pytest.raises(RowsRefused):
            written(one, by=editor, at=noon)
        assert not Agreement.objects.exists()
        assert not Source.objects.filter(key__startswith="import-").exists()

        Import.objects.filter(pk=one.pk).update(state="checked")
        done = written(one, by=editor, at=noon, good_rows_only=True)

        assert done.counts == {"added": 1, "changed": 0, "unchanged": 0, "refused": 1}
        assert Agreement.objects.get().title_en == "Iso date"
        with pytest.raises(NotNow):
            written(one, by=editor, at=noon, good_rows_only=True)

    def test_names_the_row_that_only_the_database_refuses(self, editor: User, noon: datetime) -> None:
        one = checked(
            as_csv([row(ref=f"D-{number}", title=f"T {number}", kind="other") for number in range(9)]),
            by=editor,
            at=noon,
        )
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE agreements_agreement ADD CONSTRAINT odd CHECK (title_en <> 'T 5')")

        done = written(one, by=editor, at=noon, good_rows_only=True)

        assert done.counts == {"added": 8, "changed": 0, "unchanged": 0, "refused": 1}
        (refused,) = ImportRow.objects.filter(of_import=one, outcome=Outcome.REFUSED)
        assert (refused.title, "odd" in refused.refusals[0]["texts"]["en"]) == ("T 5", True)


class TestNewOrganizations:
    def test_are_kept_under_the_language_of_their_letters(self, editor: User, noon: datetime) -> None:
        names = "Zagros Institute; معهد دجلة; پەیمانگای زاگرۆس"
        written(checked(as_csv([row(ref="N-1", title="New bodies", kind="other", parties=names)]), by=editor, at=noon),
                by=editor, at=noon)  # fmt: skip

        assert Organization.objects.get(name_en="Zagros Institute").key == "zagros-institute"
        assert Organization.objects.get(name_ar="معهد دجلة").key.startswith("organisation-")
        assert Organization.objects.get(name_ckb="پەیمانگای زاگرۆس").kind == "other"
