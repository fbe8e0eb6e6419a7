"""The background worker: runs the jobs that django-tasks queues in PostgreSQL.

django-tasks-db's own worker polls, and leaves the job of a killed worker running for ever. This
one is woken by the database, and tells the living from the dead by an advisory lock that the
running worker's connection holds: PostgreSQL frees it the moment the connection is gone. The job
writes through the same connection, so whoever lost the lock can't write either.
"""

import logging
import os
import select
import signal
import time
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

CHANNEL: Final = "moc_jobs"
"""What a trigger on the queue notifies (migration 0003)."""

POLL_S: Final = 5
"""How long at most until jobs that are due, or were left behind, are looked for again."""

PERIOD_S: Final = 60
"""How often what comes due by the clock (``settings.PERIODIC``) is asked for."""

ATTEMPTS: Final = 5
"""A job whose worker died this often is given up: it would kill the next one too."""

# A machine that lost its power closes no connection; PostgreSQL then asks, and frees the lock in 20 s.
_NOTICE_DEATH: Final = (
    "SET tcp_keepalives_idle = 8; SET tcp_keepalives_interval = 4; SET tcp_keepalives_count = 3; "
    "SET client_connection_check_interval = '5s'"
)

logger = logging.getLogger("agreements.worker")


class GivenUp(Exception):
    """The workers that ran this job were killed again and again."""


class Worker:
    """Runs jobs one at a time until told to stop; any number of workers may share the queue."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self.stopping = False
        self._next_period = 0.0
        self._wake_up, self._waker = os.pipe()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; a running job is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        logger.info("act=work worker=%s", self.worker_id)
        while not self.stopping:
            try:
                self._listen()
                while not self.stopping:
                    self._keep_time()
                    if not self.run_next():
                        self._wait()
            except Error as error:
                logger.warning("act=reconnect worker=%s error=%s", self.worker_id, type(error).__name__)
                connection.close()
                select.select([self._wake_up], [], [], 1)

    def run_next(self) -> bool:
        """Run one job that is due or was left behind; false when there is none.

        Raises:
            django.db.Error: the connection is lost; whatever ran is left behind for any worker.
        """
        for job_id in self._candidates():
            if not _lock("pg_try_advisory_lock", job_id):
                continue
            try:
                job = self._claim(job_id)
                if job is not None:
                    self._run(job)
                    return True
            finally:
                if connection.connection is not None:
                    _lock("pg_advisory_unlock", job_id)
        return False

    def _candidates(self) -> list[UUID]:
        ready = DBTaskResult.objects.ready().values_list("pk", flat=True)[:20]
        running = DBTaskResult.objects.running().values_list("pk", flat=True)
        return [*ready, *running]

    def _claim(self, job_id: UUID) -> "DBTaskResult[Any, Any] | None":
        """Take the job, which nobody else holds now; ``None`` when it was finished meanwhile."""
        with transaction.atomic():
            job = DBTaskResult.objects.select_for_update().filter(pk=job_id).first()
            if job is None or job.status not in (TaskResultStatus.READY, TaskResultStatus.RUNNING):
                return None
            if len(job.worker_ids) >= ATTEMPTS:
                job.set_failed(GivenUp(f"{ATTEMPTS} workers ended while running it"))
                logger.error("act=give_up job=%s task=%s", job.pk, job.task_path)
                return None
            job.claim(self.worker_id)
            return job

    def _run(self, job: "DBTaskResult[Any, Any]") -> None:
        logger.info("act=start job=%s task=%s attempt=%d", job.pk, job.task_path, len(job.worker_ids))
        try:
            result = job.task_result
            job.set_successful(job.task.call(*result.args, **result.kwargs))
        except Exception as error:
            if not connection.is_usable():
                raise Error("the connection was lost while the job ran") from error
            job.set_failed(error)
            logger.exception("act=fail job=%s task=%s", job.pk, job.task_path)
        else:
            logger.info("act=finish job=%s task=%s", job.pk, job.task_path)

    def _keep_time(self) -> None:
        """Once a minute, ask what comes due by the clock; it queues jobs, and one that fails stops nothing."""
        if time.monotonic() < self._next_period:
            return
        self._next_period = time.monotonic() + PERIOD_S
        for path in settings.PERIODIC:
            try:
                import_string(path)(at=timezone.now())
            except Exception as error:
                if not connection.is_usable():
                    raise Error("the connection was lost while the clock was looked at") from error
                logger.exception("act=fail periodic=%s", path)

    def _listen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}; {_NOTICE_DEATH}")

    def _wait(self) -> None:
        """Until something is queued, it is time to look again, or a signal arrives."""
        raw = connection.connection
        if not raw.notifies:
            select.select([raw, self._wake_up], [], [], POLL_S)
        with connection.wrap_database_errors:
            raw.poll()
        raw.notifies.clear()

    def _stop(self, _number: int, _frame: object) -> None:
        self.stopping = True
        os.write(self._waker, b"\0")  # Python resumes an interrupted select()


def _lock(function: str, job_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [int.from_bytes(job_id.bytes[:8], "big", signed=True)])
        return bool(cursor.fetchone()[0])
