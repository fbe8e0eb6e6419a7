"""The order of the dates in an agreement's life, and what contradicts it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agreements.vocabulary.dates import PartialDate, in_order
from agreements.vocabulary.kinds import DateKind

_ENDS: Final = (DateKind.PLANNED_END, DateKind.ENDED, DateKind.TERMINATED)
_IN_ORDER: Final = (
    (DateKind.SIGNED, DateKind.IN_FORCE),
    *((start, end) for start in (DateKind.SIGNED, DateKind.IN_FORCE) for end in _ENDS),
)
"""Pairs of which the second can't come before the first. An announcement may come at any time."""

_MAY_BE_MEANT: Final = (DateKind.SIGNED, DateKind.IN_FORCE)
"""An agreement can be applied to a time before it was signed (Vienna Convention on the Law of Treaties, 28)."""

Dates = Sequence[tuple[DateKind, PartialDate]]


@dataclass(frozen=True)
class Contradiction:
    """Two dates that can't both be right; ``index`` is the second one's place in the list.

    ``excludes``: they can't both be there at all, whatever their order.
    """

    first: DateKind
    second: DateKind
    index: int
    excludes: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether no source can say so, so that not even a draft may hold it."""
        return (self.first, self.second) != _MAY_BE_MEANT


def contradictions(dates: Dates) -> tuple[Contradiction, ...]:
    """All that contradicts itself in the dates of one agreement."""
    return (*_out_of_order(dates), *_resumed_too_early(dates), *_two_ends(dates))


def _out_of_order(dates: Dates) -> Iterator[Contradiction]:
    for first, second in _IN_ORDER:
        starts = [date for kind, date in dates if kind == first]
        for index, (kind, date) in enumerate(dates):
            if kind == second and not all(in_order(start, date) for start in starts):
                yield Contradiction(first, second, index)


def _resumed_too_early(dates: Dates) -> Iterator[Contradiction]:
    suspended = [date for kind, date in dates if kind == DateKind.SUSPENDED]
    for index, (kind, date) in enumerate(dates):
        if kind == DateKind.RESUMED and suspended and not any(in_order(start, date) for start in suspended):
            yield Contradiction(DateKind.SUSPENDED, DateKind.RESUMED, index)


def _two_ends(dates: Dates) -> Iterator[Contradiction]:
    kinds = [kind for kind, _date in dates]
    if DateKind.ENDED in kinds and DateKind.TERMINATED in kinds:
        yield Contradiction(DateKind.ENDED, DateKind.TERMINATED, kinds.index(DateKind.TERMINATED), excludes=True)
