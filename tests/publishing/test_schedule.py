"""Publishing on schedule: at the moment, once, by workers that may be killed."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from agreements.editions.entries import LOG_LOCK
from agreements.editions.models import Edition
from agreements.publishing import errors
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.publishing.schedule import cancel_schedule, publish_due, publish_on_schedule, schedule_publication
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.edits import record_edit
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from agreements.vocabulary.kinds import WorkingState
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import StartWorker
from tests.databases import database_url, run_sql
from tests.people import make_user
from tests.published import accept_all_warnings, first_agreement

HOUR = timedelta(hours=1)


def approved(*, at: datetime) -> tuple[Agreement, User]:
    """An approved record, and the reviewer who may publish it."""
    agreement, reviewer = first_agreement(), make_user("reviewer")
    submit_agreement(agreement.pk, by=make_user("editor"), at=at)
    accept_all_warnings(agreement, by=reviewer, at=at)
    return approve_agreement(agreement.pk, by=reviewer, at=at), reviewer


@pytest.mark.django_db
class TestPublishDue:
    def test_publishes_in_the_name_of_who_planned_it(self, noon: datetime) -> None:
        agreement, reviewer = approved(at=noon)
        schedule_publication(agreement.pk, by=reviewer, at=noon, moment=noon + HOUR)

        edition = publish_due(agreement.pk, planned=noon + HOUR, at=noon + HOUR)

        assert edition is not None
        assert (edition.number, edition.entry.by) == (1, f"staff:{reviewer.pk}")
        agreement.refresh_from_db()
        assert (agreement.working_state, agreement.publish_at) == (WorkingState.PUBLISHED, None)

    def test_happens_once(self, noon: datetime) -> None:
        agreement, reviewer = approved(at=noon)
        schedule_publication(agreement.pk, by=reviewer, at=noon, moment=noon + HOUR)

        answers = [publish_due(agreement.pk, planned=noon + HOUR, at=noon + HOUR) for _ in range(3)]

        assert [answer is not None for answer in answers] == [True, False, False]

    @pytest.mark.parametrize("change", ["cancel", "edit", "withdraw", "another moment"])
    def test_lets_be_what_was_changed_after_it_was_planned(self, noon: datetime, change: str) -> None:
        agreement, reviewer = approved(at=noon)
        schedule_publication(agreement.pk, by=reviewer, at=noon, moment=noon + HOUR)
        match change:
            case "cancel":
                cancel_schedule(agreement.pk, by=reviewer, at=noon)
            case "edit":
                record_edit(Agreement.objects.get(pk=agreement.pk), by=reviewer, at=noon)
            case "withdraw":
                publish_due(agreement.pk, planned=noon + HOUR, at=noon)
                withdraw_agreement(agreement.pk, by=reviewer, at=noon, reason=LocalisedText(en="A mistake."))
            case _:
                schedule_publication(agreement.pk, by=reviewer, at=noon, moment=noon + 2 * HOUR)
        before = Edition.objects.count()

        assert publish_due(agreement.pk, planned=noon + HOUR, at=noon + HOUR) is None
        assert Edition.objects.count() == before

    def test_hands_back_what_is_no_longer_what_was_approved(self, noon: datetime) -> None:
        agreement, reviewer = approved(at=noon)
        schedule_publication(agreement.pk, by=reviewer, at=noon, moment=noon + HOUR)
        Organization.objects.update(name_ar="غير ذلك")

        assert publish_due(agreement.pk, planned=noon + HOUR, at=noon + HOUR) is None

        agreement.refresh_from_db()
        assert agreement.working_state == WorkingState.CHANGES_REQUESTED
        assert agreement.timeline.latest("pk").kind == "not_published"

    def test_a_moment_in_the_past_is_refused(self, noon: datetime) -> None:
        agreement, reviewer = approved(at=noon)

        with pytest.raises(errors.MomentPassed):
            schedule_publication(agreement.pk, by=reviewer, at=noon, moment=noon)


class TestWorkers:
    def test_publish_once_though_one_is_killed_in_the_act_and_two_take_over(
        self, committed_db: str, start_worker: StartWorker
    ) -> None:
        now = timezone.now()
        agreement, reviewer = approved(at=now)
        moment = now + timedelta(seconds=3)
        schedule_publication(agreement.pk, by=reviewer, at=now, moment=moment)
        publish_on_schedule.using(run_after=moment).enqueue(agreement.pk, moment.isoformat())  # as if queued twice
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOG_LOCK])  # stops a publication half way
            first = start_worker()
            wait_until(lambda: waits_for_the_log(committed_db), "the worker to publish")
            assert timezone.now() >= moment
            first.kill()
            first.wait()
            start_worker()
            start_worker()
            wait_until(lambda: waits_for_the_log(committed_db), "another worker to take over")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOG_LOCK])

        wait_until(lambda: not unfinished(), "both jobs to end")
        assert list(Edition.objects.values_list("register_number", "number")) == [(agreement.register_number, 1)]
        assert agreement.timeline.filter(kind="published").count() == 1


def waits_for_the_log(name: str) -> bool:
    waiting = run_sql(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted", url=database_url(name=name)
    )
    return bool(waiting[0][0])


def unfinished() -> bool:
    jobs = DBTaskResult.objects.filter(task_path__endswith="publish_on_schedule")
    return jobs.exclude(status="SUCCESSFUL").exists()


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)
