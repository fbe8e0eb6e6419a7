"""Failed jobs on the first page: what they were, why they failed, and another try."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from logging import getLogger
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult

from agreements.register.models.agreements import Agreement
from agreements.staff.panel import ROWS, Panel, Visit

logger = getLogger(__name__)

_MAKE_SUMMARIES: Final = "agreements.summaries.queue.make_summaries"
_RENEW: Final = "agreements.summaries.queue.renew_seals"
_PUBLISH: Final = "agreements.publishing.schedule.publish_on_schedule"

_LONGEST: Final = 200

_REASONS: Final[dict[str, str | Promise]] = {
    "moc_portal.worker.GivenUp": gettext_lazy("Every worker that ran it ended before it was done."),
    "builtins.MemoryError": gettext_lazy("The machine had too little memory."),
    "builtins.ModuleNotFoundError": gettext_lazy("This version of the portal does not know this job."),
    "builtins.ImportError": gettext_lazy("This version of the portal does not know this job."),
}
"""What some errors mean, by their class; others speak for themselves."""


class JobGone(Exception):
    """The job is not there any more as a failed one: somebody tried it again."""


class JobUnknown(Exception):
    """The running version of the portal has no such job."""


@dataclass(frozen=True)
class FailedJob:
    pk: UUID
    what: str
    why: str
    at: datetime | None


def failed_jobs(visit: Visit) -> Panel | None:
    """The newest failed jobs; all staff see them, ``may_retry`` tells who is offered another try."""
    failed = list(DBTaskResult.objects.failed().defer("return_value").order_by("-finished_at")[: ROWS + 1])
    numbers = _register_numbers(failed)
    content = {
        "jobs": [FailedJob(one.pk, _what(one, numbers), _why(one), one.finished_at) for one in failed[:ROWS]],
        "is_more": len(failed) > ROWS,
        "may_retry": visit.may("retry_job"),
    }
    return Panel(
        "jobs",
        gettext_lazy("Failed jobs"),
        content if failed else None,
        gettext_lazy("No job has failed."),
        "admin/agreements/desk/_jobs.html",
    )


@transaction.atomic
def retry_job(job_id: UUID, *, by: Any) -> UUID:
    """Queue a failed job anew, and forget the failed one; a second call finds it gone. Returns the new job's number.

    Raises:
        JobGone: there is no failed job of this number.
        JobUnknown: nothing can run it any more.
    """
    job = DBTaskResult.objects.select_for_update().failed().filter(pk=job_id).first()
    if job is None:
        raise JobGone(job_id)
    try:
        task = job.task
    except (ImportError, SuspiciousOperation) as error:
        raise JobUnknown(job.task_path) from error
    again = task.using(run_after=None).enqueue(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
    job.delete()
    logger.info("act=retry job=%s as=%s task=%s by=%s", job_id, again.id, job.task_path, by.pk)
    return UUID(str(again.id))


@require_POST
@permission_required("agreements.retry_job", raise_exception=True)
def try_again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    try:
        retry_job(job_id, by=request.user)
    except JobGone:
        messages.info(request, _("This job was already tried again."))
    except JobUnknown:
        messages.error(request, _("This version of the portal does not know this job, so it can’t run it."))
    else:
        messages.success(request, _("The job is queued again: a worker takes it up."))
    return redirect("admin:index")


def _register_numbers(jobs: Sequence[Any]) -> dict[Any, str]:
    """The register numbers of the agreements that scheduled publications name."""
    named = [_argument(one, 0) for one in jobs if one.task_path == _PUBLISH]
    pks = [pk for pk in named if isinstance(pk, int)]
    return dict(Agreement.objects.filter(pk__in=pks).values_list("pk", "register_number"))


def _what(job: Any, numbers: dict[Any, str]) -> str:
    describe: Callable[[], str] | None = {
        _MAKE_SUMMARIES: lambda: (
            _("PDFs of %(number)s, edition %(edition)s") % {"number": _argument(job, 0), "edition": _argument(job, 1)}
        ),
        _RENEW: lambda: _("New timestamps for sealed PDFs"),
        _PUBLISH: lambda: _("Scheduled publication of %(number)s") % {"number": numbers.get(_argument(job, 0), "–")},
    }.get(job.task_path)
    return describe() if describe else _("Job “%(name)s”") % {"name": job.task_path.rpartition(".")[2]}


def _argument(job: Any, place: int) -> Any:
    """One argument of a job; queued by an older version, it may have fewer."""
    arguments = job.args_kwargs.get("args", [])
    return arguments[place] if len(arguments) > place else ""


def _why(job: Any) -> str:
    """The error in one line: in our words where we have some, else in its own, without the place in the code."""
    if job.exception_class_path in _REASONS:
        return str(_REASONS[job.exception_class_path])
    lines = [line.strip() for line in job.traceback.splitlines() if line.strip()]
    last = lines[-1] if lines else ""
    name = job.exception_class_path.rpartition(".")[2]
    _place, said, words = last.partition(f"{name}: ")
    return (words if said else name)[:_LONGEST] or _("It left no word.")
