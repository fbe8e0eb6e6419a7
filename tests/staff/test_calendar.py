"""The calendar at its private address, as a calendar program reads it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar, Event

from agreements.register.models.agreements import Agreement, AgreementDate
from agreements.reminders.profile import choose, make_calendar_secret
from agreements.vocabulary.zone import day_in_baghdad
from tests.people import make_user
from tests.reminders.records import activity, agreement, obligation
from tests.staff.desk import change_page, client_of, form_of

pytestmark = pytest.mark.django_db

NEXT_YEAR = day_in_baghdad(timezone.now()).year + 1
DAY = timedelta(days=1)


def path_of(user: User) -> str:
    return f"/calendar/{make_calendar_secret(user, at=timezone.now())}.ics"


def events(user: User) -> dict[str, Event]:
    """The entries of this person's calendar, by what their identifiers say."""
    calendar = Calendar.from_ical(Client().get(path_of(user)).content)
    return {str(one["UID"]).partition(".")[2]: one for one in calendar.walk("VEVENT")}


def days(event: Event) -> tuple[date, date]:
    """First and last day; the standard's end is the first day after."""
    return event["DTSTART"].dt, event["DTEND"].dt - DAY


class TestCalendar:
    def test_holds_whole_days_that_block_nobody_s_time(self, editor: User) -> None:
        row = agreement(
            ("planned_end", f"{NEXT_YEAR}-06-30"), by=editor,
            renewal_kind="tacit", renewal_months=12, notice_length=1, notice_unit="months",
        )  # fmt: skip
        work = activity(row, f"{NEXT_YEAR}-03-05", title="Courses")

        found = events(editor)

        assert {name: days(one) for name, one in found.items()} == {
            f"activity.{work.key}@register.example": (date(NEXT_YEAR, 3, 5), date(NEXT_YEAR, 3, 5)),
            "notice@register.example": (date(NEXT_YEAR, 5, 30), date(NEXT_YEAR, 5, 30)),
            "renewal@register.example": (date(NEXT_YEAR, 6, 30), date(NEXT_YEAR, 6, 30)),
        }
        for one in found.values():
            assert one["DTSTART"].params["VALUE"] == "DATE"
            assert one["TRANSP"] == "TRANSPARENT"
        assert str(found[f"activity.{work.key}@register.example"]["SUMMARY"]) == (
            f"Activity ends: Courses ({row.register_number})"
        )

    def test_a_month_fills_its_days_and_says_that_the_day_is_not_stated(self, editor: User) -> None:
        obligation(agreement(by=editor), f"{NEXT_YEAR}-02", text="Send the list")

        (event,) = events(editor).values()

        first = date(NEXT_YEAR, 2, 1)
        assert days(event) == (first, date(NEXT_YEAR, 3, 1) - DAY)
        assert str(event["SUMMARY"]).endswith(" – day not stated")
        assert f"February {NEXT_YEAR} (the day is not stated)" in str(event["DESCRIPTION"])

    def test_a_year_stands_on_its_first_day_and_says_that_the_day_is_not_stated(self, editor: User) -> None:
        obligation(agreement(by=editor), str(NEXT_YEAR))

        (event,) = events(editor).values()

        assert days(event) == (date(NEXT_YEAR, 1, 1), date(NEXT_YEAR, 1, 1))
        assert str(event["SUMMARY"]).endswith(" – day not stated")
        assert f"{NEXT_YEAR} (the day is not stated)" in str(event["DESCRIPTION"])

    def test_invents_no_day_for_what_has_none(self, editor: User) -> None:
        row = agreement(("planned_end", ""), by=editor, notice_length=30, notice_unit="days", renewal_kind="tacit")
        obligation(row, "")

        assert events(editor) == {}

    def test_is_only_of_what_is_in_the_person_s_charge(self, editor: User, reviewer: User) -> None:
        obligation(agreement(by=reviewer), f"{NEXT_YEAR}-02-01")

        assert len(events(reviewer)) == 1
        assert events(editor) == {}

    @pytest.mark.parametrize(
        ("language", "name", "heading"),
        [
            ("ar", "التواريخ المهمة: بوابة مذكرات التعاون", "استحقاق التزام: أرسلوا القائمة"),
            ("ckb", "بەروارە گرنگەکان: دەروازەی یاداشتەکانی هاوکاری", "وادەی پابەندبوون: لیستەکە بنێرن"),
        ],
    )
    def test_speaks_the_person_s_language(self, editor: User, language: str, name: str, heading: str) -> None:
        duty = obligation(agreement(by=editor), f"{NEXT_YEAR}-02-01")
        duty.text_ar, duty.text_ckb = "أرسلوا القائمة", "لیستەکە بنێرن"
        duty.save()
        choose(editor, language=language, wants_digest=False)  # type: ignore[arg-type]

        answer = Client().get(path_of(editor), headers={"accept-language": "en"})

        calendar = Calendar.from_ical(answer.content)
        (event,) = calendar.walk("VEVENT")
        assert str(calendar["X-WR-CALNAME"]) == name
        assert str(event["SUMMARY"]).startswith(heading)
        assert f"/{language}/admin/" in str(event["URL"])

    def test_folds_long_lines_at_75_octets_and_ends_them_as_the_standard_says(self, editor: User) -> None:
        obligation(agreement(by=editor), f"{NEXT_YEAR}-02-01", text="الإبلاغ، ثم؛ " * 40 + "\nالنهاية")

        content = Client().get(path_of(editor)).content

        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert b"\n" not in content.replace(b"\r\n", b"")
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert "النهاية" in str(event["DESCRIPTION"])

    def test_moves_an_entry_where_the_day_is_corrected_and_says_that_it_changed(self, editor: User) -> None:
        row = agreement(("planned_end", f"{NEXT_YEAR}-06-30"), by=editor)
        ((name, before),) = events(editor).items()
        client = client_of(editor)
        number = AgreementDate.objects.get(agreement=row).pk
        sent = form_of(client, change_page(row)) | {"dates-0-date": f"{NEXT_YEAR}-07-31", "dates-0-id": number}

        assert client.post(change_page(row), sent).status_code == 302

        ((same, after),) = events(editor).items()
        assert (same, days(after)[0]) == (name, date(NEXT_YEAR, 7, 31))
        assert after["SEQUENCE"] > before["SEQUENCE"]

    def test_gives_the_same_bytes_for_the_same_register(self, editor: User) -> None:
        obligation(agreement(by=editor), f"{NEXT_YEAR}-02-01")
        path = path_of(editor)

        assert Client().get(path).content == Client().get(path).content

    def test_asks_no_more_of_the_database_for_more_dates(self, editor: User) -> None:
        path = path_of(editor)

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                Client().get(path)
            return len(queries)

        obligation(agreement(by=editor), f"{NEXT_YEAR}-02-01")
        few = asked()
        for _ in range(10):
            obligation(agreement(by=editor), f"{NEXT_YEAR}-02-01")

        assert asked() == few


class TestAddress:
    def test_answers_without_a_session_and_sets_none(self, editor: User) -> None:
        answer = Client().get(path_of(editor))

        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies

    @pytest.mark.parametrize("secret", ["x" * 43, "x", "x" * 44, "é" * 43, "%00" * 43, "..%2F" * 9])
    def test_that_is_wrong_is_not_found(self, editor: User, secret: str) -> None:
        path_of(editor)

        answer = Client().get(f"/calendar/{secret}.ics")

        assert answer.status_code == 404
        assert not answer.cookies

    def test_what_is_no_secret_costs_no_query(self, db: None) -> None:
        with CaptureQueriesContext(connection) as queries:
            Client().get("/calendar/guess.ics")

        assert len(queries) == 0

    def test_ends_with_the_person_s_right_to_read(self, editor: User) -> None:
        path = path_of(editor)
        editor.groups.clear()
        assert Client().get(path).status_code == 404

        gone = make_user("auditor")
        path = path_of(gone)
        User.objects.filter(pk=gone.pk).update(is_active=False)
        assert Client().get(path).status_code == 404

    def test_can_only_be_read(self, editor: User) -> None:
        path = path_of(editor)

        assert Client().post(path).status_code == 405
        assert Client().head(path).status_code == 200

    def test_says_nothing_of_what_is_withdrawn(self, editor: User) -> None:
        row = agreement(by=editor)
        obligation(row, f"{NEXT_YEAR}-02-01")
        Agreement.objects.filter(pk=row.pk).update(working_state="withdrawn")

        assert events(editor) == {}
