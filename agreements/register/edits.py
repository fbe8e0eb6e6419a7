"""What every change to an agreement does to its working state."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db.models import Case, F, Value, When

from agreements.register.models.agreements import Agreement
from agreements.register.models.editorial import TimelineEntry
from agreements.vocabulary.kinds import EventKind, WorkingState

_UNDER_REVIEW: Final = (WorkingState.IN_REVIEW, WorkingState.APPROVED, WorkingState.SCHEDULED)
_KEPT: Final = ("last_edited_by", "working_state", "approved_by", "publish_at", "approved_hash", "revision")


def record_edit(agreement: Agreement, *, by: User, at: datetime) -> None:
    """Note who last edited the agreement or one of its parts, and make it a draft again.

    What was submitted, approved or scheduled is not what stands there now, so review starts over, and
    the timeline says so; a record that changes were asked for keeps that state until it is submitted.
    The public keeps its edition meanwhile.
    """
    record_edits([agreement.pk], by=by, at=at)
    agreement.refresh_from_db(fields=_KEPT)


def record_edits(agreement_ids: Collection[int], *, by: User, at: datetime) -> None:
    """The same for many agreements, which the caller has locked; three queries whatever their number."""
    edited = Agreement.objects.filter(pk__in=agreement_ids)
    reviewed = edited.filter(working_state__in=_UNDER_REVIEW).values_list("pk", flat=True)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(agreement_id=pk, kind=EventKind.EDITED, by=by, at=at) for pk in reviewed
    )
    edited.update(
        working_state=Case(
            When(working_state=WorkingState.CHANGES_REQUESTED, then=F("working_state")),
            default=Value(WorkingState.DRAFT.value),
        ),
        last_edited_by=by,
        approved_by=None,
        publish_at=None,
        approved_hash="",
        revision=F("revision") + 1,
    )
