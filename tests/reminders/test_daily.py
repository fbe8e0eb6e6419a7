"""The day's reminders are queued once, by whichever worker looks first."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from agreements.reminders.daily import queue_todays_reminders
from agreements.reminders.models import DailyRun, Digest, DigestDelivery
from moc_portal import settings as portal
from tests.conftest import StartWorker
from tests.reminders.records import agreement, person
from tests.wait import wait_until


@pytest.mark.django_db
class TestQueueTodaysReminders:
    def test_queues_once_a_day(self, noon: datetime) -> None:
        hours = [noon + timedelta(hours=hour) for hour in range(0, 48, 3)]

        queued = [at for at in hours if queue_todays_reminders(at=at)]

        assert queued == [noon, noon + timedelta(hours=21), noon + timedelta(hours=45)]
        assert DBTaskResult.objects.count() == 3

    def test_waits_for_the_morning_in_baghdad(self, noon: datetime) -> None:
        assert not queue_todays_reminders(at=noon.replace(hour=6, minute=59))
        assert queue_todays_reminders(at=noon.replace(hour=7))

    def test_notes_nothing_where_there_is_no_mail_server(self, noon: datetime, settings: Settings) -> None:
        settings.REMINDS_BY_MAIL = False

        assert not queue_todays_reminders(at=noon)
        assert not DailyRun.objects.exists()


def test_of_workers_that_look_at_once_one_queues(committed_db: str, noon: datetime) -> None:
    queued = []
    together = threading.Barrier(4)

    def look() -> None:
        together.wait()
        queued.append(queue_todays_reminders(at=noon))
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(queued) == [False, False, False, True]
    assert DBTaskResult.objects.count() == 1


class TestWorker:
    def test_as_it_is_run_it_reminds_without_being_told(
        self, start_worker: StartWorker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TEST_PERIODIC", "tests.portal.jobs.remind_as_if_at_noon")
        someone = person()
        agreement(("planned_end", "2020-01-01"), by=someone)

        start_worker()
        start_worker()

        wait_until(DigestDelivery.objects.exists, "the mail")
        assert [one.person for one in Digest.objects.all()] == [someone]
        assert DailyRun.objects.count() == 1

    def test_asks_the_reminders_about_every_minute(self) -> None:
        assert queue_todays_reminders in [import_string(path) for path in portal.PERIODIC]
