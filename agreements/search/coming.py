"""The dates to come, in the order of the days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.db.models import Q, QuerySet

from agreements.search.thing_models import ComingDate, ComingKind

_PAGE: Final = 60


@dataclass(frozen=True)
class ComingMonth:
    """What falls into one month, or at the latest in it; ``first`` is the month's first day."""

    first: date
    dates: tuple[ComingDate, ...]


@dataclass(frozen=True)
class ComingPage:
    """A page of months; ``next_after`` is the row that the next page begins behind."""

    months: tuple[ComingMonth, ...]
    next_after: int | None


def coming_page(*, on: date, kind: ComingKind | None = None, after: int | None = None) -> ComingPage:
    """What may still come on or after a day in Baghdad, by the last day that each can mean.

    An unknown ``after`` begins at the beginning.
    """
    rows = _coming(on)
    if kind is not None:
        rows = rows.filter(kind=kind)
    last = ComingDate.objects.filter(pk=after).first() if after else None
    if last is not None:
        rows = rows.filter(Q(latest__gt=last.latest) | Q(latest=last.latest, pk__gt=last.pk))
    found = list(rows[: _PAGE + 1])
    shown = found[:_PAGE]
    return ComingPage(tuple(_by_month(shown)), shown[-1].pk if len(found) > _PAGE else None)


def next_dates(*, on: date, number: int) -> list[ComingDate]:
    """The first dates to come."""
    return list(_coming(on)[:number])


def _coming(on: date) -> QuerySet[ComingDate]:
    shown = Q(shown_from__isnull=True) | Q(shown_from__lte=on)
    return ComingDate.objects.filter(shown, latest__gte=on).order_by("latest", "pk")


def _by_month(rows: Iterable[ComingDate]) -> Iterable[ComingMonth]:
    for first, dates in groupby(rows, key=lambda row: row.latest.replace(day=1)):
        yield ComingMonth(first, tuple(dates))
