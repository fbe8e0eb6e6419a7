"""What no source states of any part of a list: said once below it instead of in every row."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from agreements.editions.content import AgreementContent

_COLUMNS: Final[dict[str, tuple[Callable[[AgreementContent], Sequence[Any]], Callable[[Any], bool]]]] = {
    "activity_area": (lambda content: content.activities, lambda one: bool(one.area)),
    "funding_kind": (lambda content: content.funding, lambda one: one.kind != "not_stated"),
    "funding_period": (lambda content: content.funding, lambda one: one.start.is_stated or one.end.is_stated),
    "signed_on": (lambda content: content.signatories, lambda one: one.signed_on.is_stated),
    "obligation_due": (lambda content: content.obligations, lambda one: one.due.is_stated),
    "obligation_status": (lambda content: content.obligations, lambda one: one.status != "not_stated"),
}
"""By its name in templates: the rows, and whether one of them states it."""


def unknown_columns(content: AgreementContent) -> frozenset[str]:
    """The columns in which no row would say anything."""
    return frozenset(
        name for name, (rows, is_stated) in _COLUMNS.items() if not any(is_stated(one) for one in rows(content))
    )
