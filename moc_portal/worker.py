"""The background worker: runs the jobs that django-tasks queues in PostgreSQL.

django-tasks-db's own worker polls, and leaves the job of a killed worker running for ever. This
one is woken by the database, and tells the living from the dead by an advisory lock that the
running worker's connection holds: PostgreSQL frees it the moment the connection is gone.
"""

import logging
import select
import signal
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

CHANNEL: Final = "moc_jobs"
"""What a trigger on the queue notifies (migration 0003)."""

POLL_S: Final = 5
"""How long at most until jobs that are due, or were left behind, are looked for again."""

ATTEMPTS: Final = 5
"""A job whose worker died this often is given up: it would kill the next one too."""

logger = logging.getLogger("agreements.worker")


class GivenUp(Exception):
    """The workers that ran this job were killed again and again."""


class Worker:
    """Runs jobs one at a time until told to stop; any number of workers may share the queue."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self.stopping = False

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; a running job is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self.stopping:
            try:
                self._listen()
                while not self.stopping:
                    if not self.run_next():
                        self._wait()
            except DatabaseError:
                logger.warning("act=reconnect worker=%s", self.worker_id)
                connection.close()
                select.select([], [], [], 1)

    def run_next(self) -> bool:
        """Run one job that is due or was left behind; false when there is none."""
        for job_id in self._candidates():
            key = _lock_key(job_id)
            if not _try_lock(key):
                continue
            try:
                job = self._claim(job_id)
                if job is not None:
                    self._run(job)
                    return True
            finally:
                _unlock(key)
        return False

    def _candidates(self) -> list[UUID]:
        ready = DBTaskResult.objects.ready().values_list("pk", flat=True)[:20]
        running = DBTaskResult.objects.running().values_list("pk", flat=True)
        return [*ready, *running]

    def _claim(self, job_id: UUID) -> "DBTaskResult | None":
        """Take the job, which nobody else holds now; ``None`` when it was finished meanwhile."""
        with transaction.atomic():
            job = DBTaskResult.objects.select_for_update().get(pk=job_id)
            if job.status not in (TaskResultStatus.READY, TaskResultStatus.RUNNING):
                return None
            if len(job.worker_ids) >= ATTEMPTS:
                job.set_failed(GivenUp(f"{ATTEMPTS} workers ended while running it"))
                return None
            job.claim(self.worker_id)
            return job

    def _run(self, job: "DBTaskResult") -> None:
        result = job.task_result
        logger.info("act=start job=%s task=%s attempt=%d", job.pk, job.task_path, len(job.worker_ids))
        try:
            returned = job.task.call(*result.args, **result.kwargs)
        except Exception as error:
            if connection.needs_rollback or not connection.is_usable():
                connection.close()
            job.set_failed(error)
            logger.exception("act=fail job=%s task=%s", job.pk, job.task_path)
        else:
            job.set_successful(returned)
            logger.info("act=finish job=%s task=%s", job.pk, job.task_path)

    def _listen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")

    def _wait(self) -> None:
        raw = connection.connection
        select.select([raw], [], [], POLL_S)
        raw.poll()
        raw.notifies.clear()

    def _stop(self, _number: int, _frame: object) -> None:
        self.stopping = True


def _lock_key(job_id: UUID) -> int:
    return int.from_bytes(job_id.bytes[:8], "big", signed=True)


def _try_lock(key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        return bool(cursor.fetchone()[0])


def _unlock(key: int) -> None:
    if connection.connection is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
