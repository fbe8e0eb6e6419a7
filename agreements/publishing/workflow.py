"""The editorial life of a record: every act, from which states it starts, where it leads, who may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.publishing.errors import ChangedMeanwhile, NoteMissing, WrongState
from agreements.register.models.agreements import Agreement
from agreements.register.models.editorial import TimelineEntry
from agreements.vocabulary.kinds import EventKind, WorkingState

_S = WorkingState


@dataclass(frozen=True)
class Transition:
    """One act. Without a ``target`` the record stays in its state."""

    name: str
    label: str | Promise
    sources: tuple[WorkingState, ...]
    target: WorkingState | None
    permission: str
    event: EventKind
    needs_note: bool = False


_TABLE: Final = (
    Transition(
        "submit",
        _("Submit for review"),
        (_S.DRAFT, _S.CHANGES_REQUESTED, _S.PUBLISHED, _S.WITHDRAWN),
        _S.IN_REVIEW,
        "agreements.submit_agreement",
        EventKind.SUBMITTED,
    ),
    Transition(
        "claim", _("Claim the review"), (_S.IN_REVIEW,), None, "agreements.approve_agreement", EventKind.CLAIMED
    ),
    Transition(
        "release", _("Give the review back"), (_S.IN_REVIEW,), None, "agreements.approve_agreement", EventKind.RELEASED
    ),
    Transition(
        "approve", _("Approve"), (_S.IN_REVIEW,), _S.APPROVED, "agreements.approve_agreement", EventKind.APPROVED
    ),
    Transition(
        "return",
        _("Ask for changes"),
        (_S.IN_REVIEW, _S.APPROVED, _S.SCHEDULED),
        _S.CHANGES_REQUESTED,
        "agreements.approve_agreement",
        EventKind.RETURNED,
        needs_note=True,
    ),
    Transition(
        "publish",
        _("Publish now"),
        (_S.APPROVED, _S.SCHEDULED),
        _S.PUBLISHED,
        "agreements.publish_agreement",
        EventKind.PUBLISHED,
    ),
    Transition(
        "schedule",
        _("Publish later"),
        (_S.APPROVED, _S.SCHEDULED),
        _S.SCHEDULED,
        "agreements.publish_agreement",
        EventKind.SCHEDULED,
    ),
    Transition(
        "unschedule",
        _("Cancel the schedule"),
        (_S.SCHEDULED,),
        _S.APPROVED,
        "agreements.publish_agreement",
        EventKind.UNSCHEDULED,
    ),
    Transition(
        "withdraw",
        _("Withdraw from the public"),
        tuple(WorkingState),
        _S.WITHDRAWN,
        "agreements.withdraw_agreement",
        EventKind.WITHDRAWN,
    ),
)

TRANSITIONS: Final = {one.name: one for one in _TABLE}
"""By name, which is also the end of the act's address at the desk."""


def begin(agreement_id: int, act: str, *, revision: int | None = None, note: str = "") -> Agreement:
    """Lock the record for an act and make sure that the act may start.

    Args:
        revision: what the person had before their eyes; ``None`` where nobody looked.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState: the act does not start from the record's state.
        ChangedMeanwhile: the record was edited since that revision.
        NoteMissing: the act needs a note.
    """
    transition = TRANSITIONS[act]
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    if agreement.working_state not in transition.sources:
        raise WrongState(agreement.register_number, found=agreement.working_state, needed=transition.sources)
    if revision is not None and revision != agreement.revision:
        raise ChangedMeanwhile(agreement.register_number)
    if transition.needs_note and not note.strip():
        raise NoteMissing(agreement.register_number)
    return agreement


def finish(
    agreement: Agreement,
    act: str,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    until: datetime | None = None,
    edition_number: int | None = None,
) -> None:
    """Move the locked record to the act's target, and enter the act into its timeline."""
    transition = TRANSITIONS[act]
    if transition.target is not None:
        agreement.working_state = transition.target
    agreement.save()
    enter(agreement, transition.event, by=by, at=at, note=note, until=until, edition_number=edition_number)


def enter(
    agreement: Agreement,
    event: EventKind,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    until: datetime | None = None,
    edition_number: int | None = None,
    by_name: str = "",
) -> TimelineEntry:
    """Add to the record's timeline; ``by`` is ``None`` for what the portal did by itself.

    Args:
        by_name: who did it without an account, instead of ``by``.
    """
    return TimelineEntry.objects.create(
        agreement=agreement,
        kind=event,
        by=by,
        by_name=by_name,
        at=at,
        note=note.strip(),
        until=until,
        edition_number=edition_number,
    )
