"""Which acts the desk offers a person on an agreement."""

from typing import Any

from agreements.editions.queries import current_edition
from agreements.publishing.workflow import TRANSITIONS, Transition
from agreements.register.models.agreements import Agreement

ASKS_FIRST = ("schedule", "withdraw")
"""Acts with a page of their own, because they need more than a note."""


def offered(agreement: Agreement, *, user: Any) -> list[Transition]:
    """The acts that the record's state and this person's role allow now."""
    fitting = [one for one in TRANSITIONS.values() if agreement.working_state in one.sources]
    allowed = [one for one in fitting if user.has_perm(one.permission)]
    return [one for one in allowed if _makes_sense(agreement, one, user)]


def _makes_sense(agreement: Agreement, transition: Transition, user: Any) -> bool:
    match transition.name:
        case "claim":
            return agreement.reviewer_id is None
        case "release":
            return agreement.reviewer_id is not None
        case "approve":
            return agreement.reviewer_id in (None, user.pk)
        case "withdraw":
            return current_edition(agreement.register_number) is not None
    return True
