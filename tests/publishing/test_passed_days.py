"""Days that have passed while the record still speaks as if they lay ahead: warned of, each at its field."""

from datetime import date, datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from agreements.publishing.errors import WarningsOpen
from agreements.publishing.passed_days import passed_days
from agreements.publishing.problems import Problem
from agreements.publishing.readiness import accept_warnings, readiness_of
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.publishing.snapshot import build_content
from agreements.register.models.agreements import Agreement, AgreementDate
from tests.published import accept_all_warnings, first_agreement
from tests.reminders.records import activity, agreement, obligation
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
NOTICE = {"renewal_kind": "tacit", "renewal_months": 12, "notice_length": 3, "notice_unit": "months"}


def warnings(row: Agreement, *, on: date = TODAY) -> list[Problem]:
    row = Agreement.objects.get(pk=row.pk)
    return list(passed_days(row, build_content(row), on=on))


def codes(row: Agreement, *, on: date = TODAY) -> list[str]:
    return [str(one.code) for one in warnings(row, on=on)]


class TestNoticeDay:
    @pytest.mark.parametrize(
        ("on", "expected"), [("2026-09-30", []), ("2026-10-01", ["notice_passed"]), ("2026-12-31", ["notice_passed"])]
    )
    def test_is_warned_of_from_the_day_after_to_the_end_of_the_term(self, on: str, expected: list[str]) -> None:
        row = agreement(("in_force", "2020-01-01"), ("planned_end", "2026-12-31"), **NOTICE)

        assert codes(row, on=date.fromisoformat(on)) == expected

    def test_of_the_next_term_is_a_warning_of_its_own(self) -> None:
        row = agreement(("in_force", "2020-01-01"), ("planned_end", "2025-12-31"), **NOTICE)

        keys = [one.key for on in (date(2025, 11, 1), date(2026, 11, 1)) for one in warnings(row, on=on)]

        assert keys == ["notice_passed:2025-12-31", "notice_passed:2026-12-31"]
        assert codes(row, on=date(2026, 1, 1)) == []

    def test_known_to_the_month_has_passed_with_the_last_day_it_can_mean(self) -> None:
        row = agreement(("in_force", "2020-01-01"), ("planned_end", "2026-12"), **NOTICE)

        assert codes(row, on=date(2026, 9, 30)) == []
        (warning,) = warnings(row, on=date(2026, 10, 1))
        assert dict(warning.details) == {"day": "September 2026"}

    def test_says_nothing_where_no_notice_is_needed_or_none_is_stated(self) -> None:
        ends = agreement(("planned_end", "2026-12-31"), renewal_kind="none", notice_length=3, notice_unit="months")
        silent = agreement(("planned_end", "2026-12-31"), renewal_kind="tacit")

        assert codes(ends) == codes(silent) == []


class TestPlannedEnd:
    @pytest.mark.parametrize(
        ("end", "expected"),
        [("2026-11-23", []), ("2026-11-22", ["end_passed"]), ("2026-11", []), ("2025", ["end_passed"]), ("", [])],
    )
    def test_is_warned_of_once_no_day_that_it_can_mean_is_left(self, end: str, expected: list[str]) -> None:
        assert codes(agreement(("in_force", "2020"), ("planned_end", end))) == expected

    @pytest.mark.parametrize("how", ["ended", "terminated"])
    def test_is_settled_by_what_is_recorded(self, how: str) -> None:
        assert codes(agreement(("planned_end", "2025"), (how, ""))) == []


class TestWork:
    def test_open_obligations_and_unfinished_activities_are_named_with_their_day(self) -> None:
        row = agreement()
        obligation(row, "2027-01-01")
        late, work = obligation(row, "2026-10", text="Send the list"), activity(row, "2026-11-01", title="Courses")

        found = warnings(row)

        assert [(str(one), one.field) for one in found] == [
            ("“Send the list” was due on October 2026 and is still open: record what came of it.", "obligations-1-due"),
            ("The activity “Courses” should have ended on 1 November 2026: record how it stands.", "activities-0-end"),
        ]
        assert found[0].key == f"obligation_passed:{late.pk}:2026-10"
        assert found[1].key == f"activity_passed:{work.pk}:2026-11-01"

    def test_nothing_is_said_of_what_is_settled_or_not_stated(self) -> None:
        row = agreement()
        for status in ("fulfilled", "waived", "not_stated"):
            obligation(row, "2026-01-01", status=status)
        for status in ("completed", "cancelled", "suspended", "not_stated"):
            activity(row, "2026-01-01", status=status)
        obligation(row, "")

        assert codes(row) == []

    def test_nothing_is_expected_of_a_suspended_agreement(self) -> None:
        row = agreement(("in_force", "2020-01-01"), ("suspended", "2026-01-01"))
        obligation(row, "2026-06-01")
        assert codes(row) == []

        AgreementDate.objects.create(agreement=row, kind="resumed", date="2026-07-01")

        assert codes(row) == ["obligation_passed"]


class TestGate:
    """The warnings among the others: what a reviewer meets."""

    @pytest.fixture
    def submitted(self, editor: User, reviewer: User, noon: datetime) -> Agreement:
        """In review, all other warnings accepted, with a notice day that has passed."""
        row = first_agreement()
        submit_agreement(row.pk, by=editor, at=noon)
        accept_all_warnings(row, by=reviewer, at=noon)
        Agreement.objects.filter(pk=row.pk).update(**NOTICE)
        planned, source = {"kind": "planned_end", "date": "2026-12-31"}, row.sources.first()
        AgreementDate.objects.create(agreement=row, source=source, **planned)
        return Agreement.objects.get(pk=row.pk)

    def test_stands_in_the_way_until_a_reviewer_accepts_it_with_a_reason(
        self, submitted: Agreement, reviewer: User, noon: datetime
    ) -> None:
        with pytest.raises(WarningsOpen) as refused:
            approve_agreement(submitted.pk, by=reviewer, at=noon)
        (warning,) = refused.value.warnings
        accept_warnings(submitted.pk, [warning.key], by=reviewer, at=noon, reason="The parties renewed it.")

        assert approve_agreement(submitted.pk, by=reviewer, at=noon).working_state == "approved"

    def test_is_held_against_the_moment_of_the_act(self, submitted: Agreement, reviewer: User, noon: datetime) -> None:
        approved = approve_agreement(submitted.pk, by=reviewer, at=noon.replace(month=9, day=30))

        assert approved.working_state == "approved"

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "The last day to give notice, 30 September 2026, has passed"),
            ("ar", "٣٠ أيلول ٢٠٢٦"),
            ("ckb", "٣٠ی ئەیلوولی ٢٠٢٦"),
        ],
    )
    def test_is_said_in_words_with_a_link_to_the_field(
        self, submitted: Agreement, reviewer: User, language: str, said: str
    ) -> None:
        address = reverse("admin:agreement_review", args=[submitted.pk]).replace("/en/", f"/{language}/")

        page = client_of(reviewer).get(address).content.decode()

        assert said in page
        assert "#id_notice_length" in page

    def test_is_warned_of_in_the_language_of_the_reader(self, submitted: Agreement) -> None:
        with translation.override("ar"):
            found = [str(one) for one in readiness_of(submitted, on=TODAY).warnings]

        assert found == ["انقضى آخر يوم لتقديم الإشعار، ٣٠ أيلول ٢٠٢٦: تأكد من أن السجل يذكر ما تقرر."]
