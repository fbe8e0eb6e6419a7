"""Sealing and renewing in the background."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from agreements.editions.models import Edition
from agreements.editions.queries import numbered_edition
from agreements.summaries.errors import ServiceFailed
from agreements.vocabulary.languages import LANGUAGES

RETRY_AFTER: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
"""A timestamp authority that is away for a day or two costs no seal; after that the job fails and stays visible."""

_A_RUN: Final = 200
"""How many seals one job renews, so that it does not keep a worker from what was just published."""

_PAUSE: Final = timedelta(hours=20)
"""How long after the last renewal job the next is queued: once a day, whatever came of it."""

logger = logging.getLogger(__name__)


def queue_summaries(edition: Edition) -> None:
    """Have a worker make the edition's summaries once the current transaction is committed."""
    make_summaries.enqueue(edition.register_number, edition.number)


@task()
def make_summaries(register_number: str, number: int, attempt: int = 1) -> int:
    """Make what is missing of an edition's summaries; safe to run again.

    Where a service does not answer it is tried again later (``RETRY_AFTER``); what was made stays.

    Returns:
        How many languages have one now; 0 where it is tried again.

    Raises:
        ServiceFailed: a service has been away for too long.
    """
    from agreements.summaries.store import summary_for  # noqa: PLC0415  # what seals is a third of all that is loaded

    edition = numbered_edition(register_number, number)
    if edition is None:
        return 0
    try:
        return len([summary_for(edition, language, at=timezone.now()) for language in LANGUAGES])
    except ServiceFailed as failure:
        if attempt > len(RETRY_AFTER):
            raise
        again = timezone.now() + RETRY_AFTER[attempt - 1]
        make_summaries.using(run_after=again).enqueue(register_number, number, attempt + 1)
        logger.warning(
            "act=retry_summaries edition=%s/%d attempt=%d cause=%s", register_number, number, attempt, failure
        )
        return 0


def queue_due_renewals(*, at: datetime) -> bool:
    """Queue a job that renews long-term seals, if some are due and none was queued today; whether one was.

    A worker calls it about every minute. Two that look at once may queue two jobs: the second finds nothing to do.
    """
    from agreements.summaries.renewals import due_for_renewal  # noqa: PLC0415

    if not due_for_renewal(at=at).exists():  # first: mostly nothing is, and an index says so
        return False
    jobs = DBTaskResult.objects.filter(task_path=renew_seals.module_path)
    waiting = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    if jobs.filter(Q(enqueued_at__gt=at - _PAUSE) | Q(status__in=waiting)).exists():
        return False
    renew_seals.enqueue()
    return True


@task()
def renew_seals() -> int:
    """Renew what is due, and queue the rest; how many were renewed.

    Raises:
        ServiceFailed: one could not be renewed; those before it were, and tomorrow's job goes on.
    """
    from agreements.summaries.renewals import renew_due  # noqa: PLC0415

    done = renew_due(at=timezone.now(), at_most=_A_RUN)
    if done.failures:
        raise ServiceFailed(f"{done.count} seals were renewed, then one failed. {done.failures[0]}")
    if done.is_more:
        renew_seals.enqueue()
    return done.count
