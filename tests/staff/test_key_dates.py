"""The page of key dates as staff meet it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements.staff.key_dates import LONGEST
from agreements.vocabulary.zone import day_in_baghdad
from tests.reminders.records import activity, agreement, obligation
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return day_in_baghdad(timezone.now()) + timedelta(days=days)


def page_of(user: User, language: str = "en", **chosen: str) -> HttpResponse:
    address = reverse("admin:key_dates").replace("/en/", f"/{language}/", 1)
    return client_of(user).get(address, chosen)  # type: ignore[return-value]  # the test client's answer


def groups(page: HttpResponse) -> dict[str, list[str]]:
    """The kinds that the page lists, by its headings."""
    return {one.heading: [row.due.kind.value for row in one.rows] for one in page.context["groups"]}  # type: ignore[attr-defined]


class TestShowKeyDates:
    def test_lists_what_has_passed_and_what_comes_by_how_near_it_is(self, auditor: User) -> None:
        row = agreement(("planned_end", in_days(300).isoformat()), notice_length=200, notice_unit="days")
        for days in (-400, -1, 0, 30, 31, 366):
            obligation(row, in_days(days).isoformat())
        activity(row, in_days(180).isoformat())

        assert groups(page_of(auditor)) == {
            "Passed and not settled": ["obligation", "obligation"],
            "In the next 30 days": ["obligation", "obligation"],
            "In the next 90 days": ["obligation"],
            "In the next 180 days": ["notice", "activity"],
            "In the next 365 days": ["end"],
        }

    @pytest.mark.parametrize(
        ("language", "direction", "said"),
        [
            ("en", "ltr", "Obligation due"),
            ("ar", "rtl", "استحقاق التزام"),
            ("ckb", "rtl", "وادەی پابەندبوون"),
        ],
    )
    def test_speaks_the_language_and_leads_to_the_field(
        self, editor: User, language: str, direction: str, said: str
    ) -> None:
        row = agreement(title_ar="مذكرة تعاون", title_ckb="یاداشتی هاوکاری")
        obligation(row, in_days(3).isoformat())

        text = page_of(editor, language).content.decode()

        assert f'dir="{direction}"' in text
        assert said in text
        assert (
            f"/{language}/admin/agreements/agreement/{row.pk}/change/?open=obligations-0#id_obligations-0-due" in text
        )

    def test_a_day_that_is_not_known_is_said_to_be_unknown(self, editor: User) -> None:
        year = in_days(365).year
        obligation(agreement(), str(year))

        text = page_of(editor).content.decode()

        assert f"{year} (the day is not stated)" in text

    def test_a_month_that_runs_has_not_passed(self, editor: User) -> None:
        obligation(agreement(), in_days(0).isoformat()[:7])

        assert groups(page_of(editor)) == {"In the next 30 days": ["obligation"]}

    def test_shows_one_kind_or_only_what_is_in_my_charge(self, editor: User, reviewer: User) -> None:
        mine = agreement(("planned_end", in_days(20).isoformat()), by=editor)
        obligation(mine, in_days(10).isoformat())
        agreement(("planned_end", in_days(20).isoformat()), by=reviewer)

        assert groups(page_of(editor)) == {"In the next 30 days": ["obligation", "end", "end"]}
        assert groups(page_of(editor, kind="end")) == {"In the next 30 days": ["end", "end"]}
        assert groups(page_of(editor, kind="end", mine="on")) == {"In the next 30 days": ["end"]}

    def test_a_kind_that_there_is_not_chooses_nothing(self, editor: User) -> None:
        agreement(("planned_end", in_days(20).isoformat()))

        page = page_of(editor, kind="birthday")

        assert groups(page) == {"In the next 30 days": ["end"]}
        assert "Select a valid choice" in page.content.decode()

    def test_says_in_words_that_there_is_nothing(self, editor: User) -> None:
        assert "Nothing is due within a year" in page_of(editor).content.decode()
        assert "None of the key dates fits this choice." in page_of(editor, kind="review").content.decode()

    def test_counts_what_is_too_much_to_list(self, editor: User) -> None:
        row = agreement()
        for _ in range(LONGEST + 5):
            obligation(row, in_days(5).isoformat())

        text = page_of(editor).content.decode()

        assert "Not listed here: 5." in text
        assert text.count("#id_obligations-") == LONGEST

    def test_asks_no_more_of_the_database_for_more_rows(self, editor: User) -> None:
        client = client_of(editor)

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("admin:key_dates"))
            return len(queries)

        for _ in range(2):
            obligation(agreement(), in_days(5).isoformat())
        few = asked()
        for _ in range(10):
            obligation(agreement(), in_days(5).isoformat())

        assert asked() == few


class TestLink:
    def test_stands_on_every_page_of_the_desk_for_those_who_may_follow_it(self, editor: User) -> None:
        assert reverse("admin:key_dates") in client_of(editor).get(reverse("admin:index")).content.decode()
