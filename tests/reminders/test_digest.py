"""Digests: who is told of what, once at each distance."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from agreements.editions.models import Edition
from agreements.register.models.agreements import AgreementDate
from agreements.reminders.digest import make_digest, make_digests
from agreements.reminders.models import OVERDUE, Digest, Reminder
from agreements.reminders.profile import choose
from tests.reminders.records import agreement, obligation, person
from tests.reports import WRONG, reported

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
END = date(2027, 11, 23)
"""A year after the tests' day."""


def leads() -> list[int]:
    return list(Reminder.objects.order_by("pk").values_list("lead_days", flat=True))


class TestMakeDigests:
    def test_tells_once_at_each_distance(self, noon: datetime) -> None:
        agreement(("planned_end", END.isoformat()), by=person())

        for day in range(175, 375):  # from 190 days before it to ten days after
            make_digests(at=noon + day * DAY)

        assert leads() == [180, 90, 30, 7, OVERDUE]
        days = [(END - one.digest.day).days for one in Reminder.objects.order_by("pk")]
        assert days == [180, 90, 30, 7, -1]

    def test_after_days_off_it_tells_what_is_due_once_and_not_four_times(self, noon: datetime) -> None:
        agreement(("planned_end", END.isoformat()), by=person())

        make_digests(at=noon + 340 * DAY)
        make_digests(at=noon + 341 * DAY)

        assert leads() == [30]

    def test_tells_again_where_the_day_was_corrected(self, noon: datetime) -> None:
        agreement(("planned_end", "2026-12-20"), by=person())
        make_digests(at=noon)
        AgreementDate.objects.update(date="2026-12-21")

        make_digests(at=noon + DAY)

        assert leads() == [30, 30]

    def test_is_one_a_person_and_day(self, noon: datetime) -> None:
        someone = person()
        row = agreement(("planned_end", "2026-12-20"), by=someone)
        obligation(row, "2026-11-30")
        make_digests(at=noon)
        obligation(row, "2026-11-29")

        assert make_digests(at=noon + timedelta(hours=2)) == []
        assert len(make_digests(at=noon + DAY)) == 1
        assert leads() == [7, 30, 7]

    def test_goes_by_the_earliest_day_and_says_that_the_day_is_not_stated(self, noon: datetime) -> None:
        obligation(agreement(by=person()), "2026-12")

        (digest,) = make_digests(at=noon + DAY)

        assert leads() == [7]
        assert "December 2026 (the day is not stated)" in digest.text

    def test_a_month_that_has_begun_is_not_overdue(self, noon: datetime) -> None:
        obligation(agreement(by=person()), "2026-11")

        (digest,) = make_digests(at=noon)

        assert leads() == [7]
        assert "any day now" in digest.text

    @pytest.mark.parametrize("why", ["no address", "does not want it", "left", "no role"])
    def test_leaves_alone_who_can_not_or_need_not_be_told(self, noon: datetime, why: str) -> None:
        someone = person(email="" if why == "no address" else None)
        agreement(("planned_end", "2026-12-20"), by=someone)
        match why:
            case "does not want it":
                choose(someone, language="en", wants_digest=False)
            case "left":
                someone.is_active = False
                someone.save()
            case "no role":
                someone.groups.clear()

        assert make_digests(at=noon) == []
        assert not DBTaskResult.objects.exists()

    @pytest.mark.parametrize(
        ("language", "words", "direction"),
        [("en", "Planned end", "ltr"), ("ar", "الانتهاء المقرر", "rtl"), ("ckb", "کۆتایی پلانکراو", "rtl")],
    )
    def test_is_written_in_their_language(self, noon: datetime, language: str, words: str, direction: str) -> None:
        someone = person()
        choose(someone, language=language, wants_digest=True)  # type: ignore[arg-type]
        agreement(("planned_end", "2026-12-20"), by=someone, title_ar="مذكرة", title_ckb="یاداشت")

        (digest,) = make_digests(at=noon)

        assert words in digest.text
        assert f'<html lang="{language}" dir="{direction}">' in digest.html
        assert f"https://register.example/{language}/admin/agreements/agreement/" in digest.text

    def test_escapes_what_people_wrote(self, noon: datetime) -> None:
        agreement(("planned_end", "2026-12-20"), by=person(), title_en="<script>alert(1)</script>")

        (digest,) = make_digests(at=noon)

        assert "<script>" not in digest.html
        assert "<script>alert(1)</script>" in digest.text

    def test_counts_what_does_not_fit(self, noon: datetime) -> None:
        row = agreement(by=person())
        for number in range(65):
            obligation(row, "2026-12-01", text=f"Duty {number}")

        (digest,) = make_digests(at=noon)

        assert digest.subject == "MOC Portal: key dates to look at (65)"
        assert "Not listed here: 5." in digest.text
        assert Reminder.objects.count() == 65

    @override_settings(REMINDER_DAYS=(400, 1))
    def test_the_setting_says_when(self, noon: datetime) -> None:
        agreement(("planned_end", END.isoformat()), by=person())

        make_digests(at=noon)

        assert leads() == [400]


class TestReports:
    def test_are_told_once_to_those_in_charge_without_what_a_stranger_wrote(self, noon: datetime) -> None:
        someone = person()
        row = agreement(by=someone)
        person("auditor")
        report = reported(Edition(register_number=row.register_number, number=1, content_hash="0" * 64), at=noon)
        choose(someone, language="ar", wants_digest=True)

        (digest,) = make_digests(at=noon + timedelta(hours=1))
        nothing_new = make_digests(at=noon + DAY)

        assert (digest.person, nothing_new) == (someone, [])
        address = f"https://register.example/ar/admin/agreements/report/{report.pk}/change/"
        assert all(f"{report.reference}" in text and address in text for text in (digest.text, digest.html))
        assert WRONG not in digest.text + digest.html
        assert "Rana" not in digest.text + digest.html

    def test_that_somebody_has_looked_at_are_left_to_them(self, noon: datetime) -> None:
        row = agreement(by=person())
        edition = Edition(register_number=row.register_number, number=1, content_hash="0" * 64)
        reported(edition, at=noon, state="seen", seen_at=noon, seen_by=person("reviewer"))

        assert make_digests(at=noon + DAY) == []


class TestMakeDigest:
    def test_writes_nothing_at_all_where_the_mail_can_not_be_queued(
        self, noon: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        someone = person()
        agreement(("planned_end", "2026-12-20"), by=someone)

        def fail(*_args: object) -> None:
            raise RuntimeError("no queue")

        monkeypatch.setattr("agreements.reminders.digest.deliver_digest", type("Task", (), {"enqueue": fail}))
        with pytest.raises(RuntimeError):
            make_digest(someone, at=noon)

        assert not Digest.objects.exists()
        assert not Reminder.objects.exists()


class TestSendReminders:
    def test_says_what_it_would_do_and_then_does_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        someone = person()
        agreement(("planned_end", "2020-12-20"), by=someone)

        call_command("send_reminders", "--dry-run")
        assert f"{someone.username}: 1 key dates, 0 reports" in capsys.readouterr().out
        assert not Digest.objects.exists()

        call_command("send_reminders")
        assert "1 digests are queued" in capsys.readouterr().out
        call_command("send_reminders")
        assert "0 digests are queued" in capsys.readouterr().out
