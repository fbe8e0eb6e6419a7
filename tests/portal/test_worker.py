"""The worker as it is run: in processes of its own, killed for real."""

import signal
import subprocess
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from moc_portal.worker import ATTEMPTS, POLL_S, Worker
from tests.portal import jobs

StartWorker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def queue(committed_db: str) -> str:
    """A database of its own with an empty queue and a table for the jobs' traces."""
    with connection.cursor() as cursor:
        cursor.execute(jobs.TRACES)
    return committed_db


@pytest.fixture
def start_worker(queue: str, start_worker: StartWorker) -> StartWorker:  # the queue comes first
    return start_worker


def status_of(name: str) -> str:
    return str(DBTaskResult.objects.get(args_kwargs__args=[name]).status)


def seconds_for_jobs(count: int) -> float:
    """How long an idle worker takes for jobs that are queued one after the other; unwoken it would look for each."""
    began = time.monotonic()
    for number in range(count):
        with transaction.atomic():
            jobs.note.enqueue(f"woken {number}")
        jobs.wait_for(f"woken {number}", "done")
    return time.monotonic() - began


class TestRunWorker:
    def test_is_woken_by_a_job_that_is_queued_in_a_transaction(self, start_worker: StartWorker) -> None:
        start_worker()
        jobs.note.enqueue("first")
        jobs.wait_for("first", "done")

        assert seconds_for_jobs(6) < 5 * POLL_S

    def test_takes_up_the_job_of_a_killed_worker(self, start_worker: StartWorker) -> None:
        jobs.hold.enqueue("job")
        first = start_worker()
        jobs.wait_for("job", "begun")

        first.kill()
        start_worker()
        jobs.wait_for("job", "begun", times=2)
        jobs.trace("job", "open")

        jobs.wait_for("job", "done")
        assert jobs.traces("job").count("done") == 1

    def test_leaves_a_running_job_to_its_worker(self, start_worker: StartWorker) -> None:
        jobs.hold.enqueue("job")
        start_worker()
        jobs.wait_for("job", "begun")

        assert not Worker("second").run_next()

        assert jobs.traces("job") == ["begun"]

    def test_two_workers_run_every_job_once(self, start_worker: StartWorker) -> None:
        for number in range(100):
            jobs.note.enqueue(f"job {number}")

        for _ in range(2):
            start_worker()
        for number in range(100):
            jobs.wait_for(f"job {number}", "done")

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), count(DISTINCT name) FROM traces")
            assert cursor.fetchone() == (100, 100)

    def test_finishes_the_running_job_before_it_obeys_sigterm(self, start_worker: StartWorker) -> None:
        jobs.hold.enqueue("job")
        worker = start_worker()
        jobs.wait_for("job", "begun")

        worker.send_signal(signal.SIGTERM)
        jobs.trace("job", "open")

        assert worker.wait(40) == 0
        assert status_of("job") == TaskResultStatus.SUCCESSFUL

    def test_an_idle_worker_obeys_sigterm(self, start_worker: StartWorker) -> None:
        jobs.note.enqueue("job")
        worker = start_worker()
        jobs.wait_for("job", "done")

        worker.send_signal(signal.SIGTERM)

        assert worker.wait(40) == 0

    def test_listens_again_after_the_database_went_away(self, start_worker: StartWorker, queue: str) -> None:
        jobs.note.enqueue("before")
        start_worker()
        jobs.wait_for("before", "done")

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [queue],
            )
        jobs.note.enqueue("after")

        jobs.wait_for("after", "done")
        assert seconds_for_jobs(6) < 5 * POLL_S

    def test_runs_a_job_again_whose_connection_was_lost(self, start_worker: StartWorker) -> None:
        jobs.lose_connection.enqueue("job")

        start_worker()

        jobs.wait_for("job", "done")
        assert jobs.traces("job") == ["lost", "lost", "done"]


class TestRunNext:
    def test_keeps_the_error_of_a_failed_job_and_goes_on(self, queue: str) -> None:
        jobs.fail.enqueue("bad")
        jobs.note.enqueue("good")
        worker = Worker("one")

        assert worker.run_next()
        assert worker.run_next()
        assert not worker.run_next()

        assert status_of("bad") == TaskResultStatus.FAILED
        assert status_of("good") == TaskResultStatus.SUCCESSFUL

    def test_fails_a_job_whose_code_is_gone(self, queue: str) -> None:
        jobs.note.enqueue("job")
        DBTaskResult.objects.update(task_path="agreements.gone.job")

        Worker("one").run_next()

        assert status_of("job") == TaskResultStatus.FAILED

    def test_gives_up_a_job_that_kills_its_workers(self, start_worker: StartWorker) -> None:
        jobs.kill_own_worker.enqueue("job")
        for _ in range(ATTEMPTS):
            start_worker().wait(60)

        assert not Worker("last").run_next()

        assert jobs.traces("job").count("killed") == ATTEMPTS
        assert status_of("job") == TaskResultStatus.FAILED


class TestClock:
    def test_what_fails_stops_neither_the_others_nor_the_jobs(
        self, start_worker: StartWorker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        names = ("fail_by_the_clock", "trace_by_the_clock")
        monkeypatch.setenv("TEST_PERIODIC", " ".join(f"tests.portal.jobs.{name}" for name in names))
        start_worker()
        jobs.note.enqueue("job")

        jobs.wait_for("job", "done")

        assert jobs.traces("clock") == ["failed", "asked"]
