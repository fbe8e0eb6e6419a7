"""Publishing at a given moment, so that both sides can announce together: by a worker, exactly once."""

from datetime import datetime
from typing import cast

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from agreements.editions.models import Edition
from agreements.publishing.blocking import blocking_problems
from agreements.publishing.errors import ContentIncomplete, MomentPassed, PublishRefused
from agreements.publishing.publish import freeze
from agreements.publishing.scanned import scanned_first
from agreements.publishing.snapshot import build_content
from agreements.publishing.workflow import begin, enter, finish
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.kinds import EventKind, WorkingState


@scanned_first
@transaction.atomic
def schedule_publication(
    agreement_id: int, *, by: User, at: datetime, moment: datetime, note: str = "", revision: int | None = None
) -> Agreement:
    """Have an approved agreement published at ``moment`` (aware), instead of any moment planned before.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState, ChangedMeanwhile: see ``workflow.begin``.
        MomentPassed: the moment is not in the future.
        ContentIncomplete: it could not be published as it stands.
    """
    agreement = begin(agreement_id, "schedule", revision=revision)
    if moment <= at:
        raise MomentPassed(agreement.register_number)
    problems = blocking_problems(agreement, build_content(agreement))
    if problems:
        raise ContentIncomplete(problems)
    agreement.publish_at = moment
    finish(agreement, "schedule", by=by, at=at, note=note, until=moment)
    publish_on_schedule.using(run_after=moment).enqueue(agreement.pk, moment.isoformat())
    return agreement


@transaction.atomic
def cancel_schedule(
    agreement_id: int, *, by: User, at: datetime, note: str = "", revision: int | None = None
) -> Agreement:
    """Let an approved agreement wait again until somebody publishes it.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState, ChangedMeanwhile: see ``workflow.begin``.
    """
    agreement = begin(agreement_id, "unschedule", revision=revision)
    agreement.publish_at = None
    finish(agreement, "unschedule", by=by, at=at, note=note)
    return agreement


@scanned_first
@transaction.atomic
def publish_due(agreement_id: int, *, planned: datetime, at: datetime) -> Edition | None:
    """Publish what was scheduled for ``planned``; nothing where that was cancelled, changed or done.

    The lock on the record and its state make it happen once, however many workers try. What can't
    be published goes back to its editors, and the timeline says so.
    """
    agreement = Agreement.objects.select_for_update().filter(pk=agreement_id).first()
    if agreement is None or agreement.working_state != WorkingState.SCHEDULED or agreement.publish_at != planned:
        return None
    scheduled = agreement.timeline.filter(kind=EventKind.SCHEDULED, until=planned).latest("at", "pk")
    try:
        with transaction.atomic():
            return freeze(agreement, by=cast(User, scheduled.by), at=at)
    except PublishRefused:
        agreement.refresh_from_db()
        agreement.working_state = WorkingState.CHANGES_REQUESTED
        agreement.approved_by = agreement.publish_at = None
        agreement.approved_hash = ""
        agreement.save()
        enter(agreement, EventKind.NOT_PUBLISHED, by=None, at=at)
        return None


@task()
def publish_on_schedule(agreement_id: int, planned: str) -> int | None:
    """The worker's part; ``planned`` in ISO 8601. Returns the number of the edition it published."""
    edition = publish_due(agreement_id, planned=datetime.fromisoformat(planned), at=timezone.now())
    return edition.number if edition else None
