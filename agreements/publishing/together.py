"""The same editorial act on many agreements: each by itself, through the same functions and rules as one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from agreements.publishing.errors import Refused, WrongState
from agreements.publishing.publish import publish_edition
from agreements.publishing.readiness import accept_warnings, readiness_of
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.publishing.workflow import TRANSITIONS
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.zone import day_in_baghdad

MOST: Final = 500
"""So many at once can still be looked through before."""

TOGETHER: Final[dict[str, Callable[..., Any]]] = {
    "submit": submit_agreement,
    "approve": approve_agreement,
    "publish": publish_edition,
}
"""The acts that can be done together, by their names in ``workflow.TRANSITIONS``."""


@dataclass(frozen=True)
class Seen:
    """An agreement as somebody had it before their eyes."""

    agreement_id: int
    revision: int


@dataclass(frozen=True)
class Done:
    """What became of one agreement; ``refusal`` says why nothing did, ``was_done`` that it was so before."""

    agreement_id: int
    refusal: Refused | None = None
    was_done: bool = False


def act_on_each(act: str, agreements: Sequence[Seen], *, by: User, at: datetime, reason: str = "") -> Iterator[Done]:
    """Act on each agreement in a transaction of its own: one that is refused keeps none of the others back.

    What is already where the act leads counts as done, so that a job that is run again does no harm. Agreements that
    are gone are passed over.

    Args:
        reason: why warnings may pass; with it, "approve" accepts those that are open on each.
    """
    for one in agreements:
        try:
            _act(act, one, by=by, at=at, reason=reason)
        except WrongState as refusal:
            was_done = refusal.found == TRANSITIONS[act].target
            yield Done(one.agreement_id, None if was_done else refusal, was_done)
        except Refused as refusal:
            yield Done(one.agreement_id, refusal)
        except Agreement.DoesNotExist:
            continue
        else:
            yield Done(one.agreement_id)


@transaction.atomic
def _act(act: str, one: Seen, *, by: User, at: datetime, reason: str) -> None:
    if act == "approve" and reason.strip():
        warnings = readiness_of(Agreement.objects.get(pk=one.agreement_id), on=day_in_baghdad(at)).warnings
        if warnings:
            accept_warnings(one.agreement_id, [warning.key for warning in warnings], by=by, at=at, reason=reason)
    TOGETHER[act](one.agreement_id, by=by, at=at, revision=one.revision)
