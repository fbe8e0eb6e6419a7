"""Key dates out of the register, for a person and for all."""

from datetime import date, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.register.models.agreements import Agreement, AgreementRelation
from agreements.reminders.queries import due_for, due_for_all
from tests.published import first_agreement, publish
from tests.reminders.records import activity, agreement, obligation, person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def kinds(user: User | None = None, *, days: int = 365) -> list[str]:
    dues = due_for(user, TODAY, days) if user else due_for_all(TODAY, days)
    return [one.kind.value for one in dues]


class TestDueForAll:
    def test_finds_each_kind_in_the_order_of_the_days(self) -> None:
        row = agreement(
            ("in_force", "2024-01-01"), ("planned_end", "2027-06-30"),
            notice_length=30, notice_unit="days", review_months=36,
        )  # fmt: skip
        obligation(row, "2026-12")
        activity(row, "2026-10-01")

        dues = due_for_all(TODAY, 365)

        assert [one.kind.value for one in dues] == ["activity", "obligation", "review", "notice", "end"]
        assert [str(one.what.en) for one in dues if one.what] == ["Training", "Send the report"]

    @pytest.mark.parametrize("status", ["fulfilled", "waived"])
    def test_leaves_out_obligations_that_are_settled(self, status: str) -> None:
        obligation(agreement(), "2026-12-01", status=status)

        assert kinds() == []

    @pytest.mark.parametrize("status", ["completed", "cancelled", "suspended"])
    def test_leaves_out_activities_that_are_settled(self, status: str) -> None:
        activity(agreement(), "2026-12-01", status=status)

        assert kinds() == []

    def test_leaves_out_what_is_withdrawn(self) -> None:
        obligation(agreement(("planned_end", "2027-01-01"), working_state="withdrawn"), "2026-12-01")

        assert kinds() == []

    @pytest.mark.parametrize(
        ("day", "days", "is_found"),
        [
            ("2027", 38, False),
            ("2027", 39, True),
            ("2027-01", 39, True),
            ("2027-01-01", 38, False),
            ("2027-01-01", 39, True),
            ("2026", 0, True),
        ],
    )
    def test_a_partial_date_is_found_from_its_earliest_day_on(self, day: str, days: int, is_found: bool) -> None:
        obligation(agreement(), day)

        assert (kinds(days=days) == ["obligation"]) == is_found

    def test_names_the_input_of_the_row_on_the_form(self) -> None:
        row = agreement(("announced", ""), ("signed", "2020"), ("planned_end", "2027-01-01"))
        obligation(row, "2026-12-01", status="fulfilled")
        obligation(row, "2026-12-02")

        assert [one.anchor for one in due_for_all(TODAY, 365)] == ["id_obligations-1-due", "id_dates-1-date"]

    def test_a_draft_that_supersedes_stops_nothing_and_a_public_one_does(self, noon: datetime) -> None:
        old, new = agreement(("planned_end", "2027-01-01")), first_agreement()
        publish(new, at=noon)
        draft = agreement()
        relation = AgreementRelation.objects.create(agreement=draft, other=old, kind="supersedes")
        assert kinds() == ["end"]

        relation.agreement = new
        relation.save()

        assert kinds() == []

    def test_asks_no_more_for_more_agreements(self) -> None:
        for number in range(2):
            many_dates(number)
        with CaptureQueriesContext(connection) as few:
            found = len(due_for_all(TODAY, 365))
        for number in range(2, 12):
            many_dates(number)
        with CaptureQueriesContext(connection) as many:
            assert len(due_for_all(TODAY, 365)) == 6 * found

        assert len(few) == len(many) <= 5


class TestDueFor:
    def test_is_for_the_people_in_charge(self, editor: User, reviewer: User) -> None:
        agreement(("planned_end", "2027-01-01"), by=reviewer, last_edited_by=editor)

        assert kinds(reviewer) == ["end"]
        assert kinds(editor) == []

    def test_without_them_for_who_wrote_or_submitted(self, editor: User, reviewer: User) -> None:
        other = person("editor")
        agreement(("planned_end", "2027-01-01"), last_edited_by=editor, submitted_by=other)

        assert kinds(editor) == kinds(other) == ["end"]
        assert kinds(reviewer) == kinds(person("editor")) == []

    def test_without_those_for_all_editors(self, editor: User, reviewer: User) -> None:
        agreement(("planned_end", "2027-01-01"))

        assert kinds(editor) == kinds(person("editor")) == ["end"]
        assert kinds(reviewer) == []

    def test_people_who_left_count_for_nothing(self, editor: User) -> None:
        gone, dismissed = person("editor"), person("editor")
        agreement(("planned_end", "2027-01-01"), by=gone, last_edited_by=dismissed)
        gone.is_active = False
        gone.save()
        dismissed.groups.clear()

        assert kinds(editor) == ["end"]
        assert kinds(gone) == kinds(User.objects.get(pk=dismissed.pk)) == []


def many_dates(number: int) -> Agreement:
    row = agreement(
        ("in_force", "2020"), ("planned_end", "2025-12-31"), title_en=f"Number {number}",
        renewal_kind="tacit", renewal_months=12, notice_length=1, notice_unit="months",
    )  # fmt: skip
    obligation(row, "2026-12")
    activity(row, "2027-01-01")
    return row
