"""The terms that days are computed from: how an agreement is renewed, left and reviewed."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import NoticeUnit, RenewalKind
from agreements.vocabulary.spans import DateSpan

MAX_MONTHS: Final = 1200
"""No renewal and no review is farther away than a century."""

MAX_NOTICE: Final = 3650
"""Ten years in days."""

_RENEWED: Final = (RenewalKind.TACIT, RenewalKind.BY_AGREEMENT)

Months = Annotated[int, Field(ge=1, le=MAX_MONTHS)]


class Notice(BaseModel):
    """How long before the end of a term notice must be given: ``{"length": 6, "unit": "months"}``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    length: Annotated[int, Field(ge=1, le=MAX_NOTICE)]
    unit: NoticeUnit


class Terms(BaseModel):
    """What the text says of renewal, notice and review; ``None`` is "not stated"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    renewal: RenewalKind = RenewalKind.NOT_STATED
    renewal_months: Months | None = None
    notice: Notice | None = None
    review_months: Months | None = None

    @model_validator(mode="after")
    def _length_only_where_renewed(self) -> "Terms":
        if self.renewal_months is not None and self.renewal not in _RENEWED:
            raise ValueError(f"a renewal that is {self.renewal} has no length")
        return self


@dataclass(frozen=True)
class Term:
    """One term of an agreement: the first (number 0), or its n-th renewal.

    ``notice`` is the last day to give notice in it; ``None`` where no period is stated or none is needed.
    """

    number: int
    end: DateSpan
    notice: DateSpan | None


def current_term(planned_end: PartialDate, terms: Terms, *, on: date) -> Term | None:
    """The term that runs on a day, as far as the terms tell; ``None`` where no end can be told.

    Without tacit renewal that is the first term, also after its end. With it the next one follows on
    the day after, so the term is the first that can still run on ``on``; after the first term there is
    none where the length of the renewals is not stated.
    """
    first = DateSpan.of(planned_end)
    if first is None:
        return None
    number, end = 0, first
    if terms.renewal == RenewalKind.TACIT and first.latest < on:
        if terms.renewal_months is None:
            return None
        try:
            number, end = _first_until(first, terms.renewal_months, on)
        except OverflowError:
            return None
    return Term(number, end, last_day_for_notice(end, terms))


def last_day_for_notice(end: DateSpan, terms: Terms) -> DateSpan | None:
    """The end less the notice period: in months the same day of an earlier month, or that month's last day.

    An agreement that is not renewed ends by itself, so no notice is needed.
    """
    if terms.notice is None or terms.renewal == RenewalKind.NONE:
        return None
    try:
        if terms.notice.unit == NoticeUnit.MONTHS:
            return end.plus_months(-terms.notice.length)
        return end.plus_days(-terms.notice.length)
    except OverflowError:
        return None


def next_review(last: PartialDate, terms: Terms, *, on: date) -> tuple[int, DateSpan] | None:
    """The next review and its number, counted from the last one or from the agreement's beginning.

    ``None`` where the clause or that date is not stated.
    """
    start = DateSpan.of(last)
    if start is None or terms.review_months is None:
        return None
    try:
        number, when = _first_until(start, terms.review_months, on)
        return (number, when) if number else (1, start.plus_months(terms.review_months))
    except OverflowError:
        return None


def _first_until(start: DateSpan, months: int, on: date) -> tuple[int, DateSpan]:
    """The first of ``start``, ``start`` and n months, and 2n… that can still be on ``on``; which, and the days."""
    apart = (on.year - start.latest.year) * 12 + on.month - start.latest.month
    number = max(0, apart // months)
    while (span := start.plus_months(number * months)).latest < on:
        number += 1
    return number, span
