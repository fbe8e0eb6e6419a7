"""Days that something falls on, where only the month, the year or a stretch of days is known."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from agreements.vocabulary.dates import PartialDate


@dataclass(frozen=True, order=True)
class DateSpan:
    """Some day from ``earliest`` to ``latest``, both included; the day itself where they are equal."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"{self.latest} is before {self.earliest}")

    @classmethod
    def of(cls, when: PartialDate) -> "DateSpan | None":
        """All days that a partial date can mean; ``None`` where it is not stated."""
        if when.earliest is None or when.latest is None:
            return None
        return cls(when.earliest, when.latest)

    @property
    def is_day(self) -> bool:
        return self.earliest == self.latest

    @property
    def as_partial_date(self) -> PartialDate | None:
        """The same as a day, a month or a year; ``None`` for any other stretch of days."""
        first, last = self.earliest, self.latest
        iso = first.isoformat()
        if self.is_day:
            return PartialDate.parse(iso)
        if first.day != 1 or first.year != last.year:
            return None
        if (first.month, last.month, last.day) == (1, 12, 31):
            return PartialDate.parse(iso[:4])
        if first.month == last.month and _is_last_of_month(last):
            return PartialDate.parse(iso[:7])
        return None

    def plus_months(self, months: int) -> "DateSpan":
        """So many months later; whole months stay whole months, as the end of "March 2027" is that of "April 2027".

        Raises:
            OverflowError: the calendar ends before.
        """
        latest = plus_months(self.latest, months)
        if self.earliest.day == 1 and _is_last_of_month(self.latest):
            latest = latest.replace(day=calendar.monthrange(latest.year, latest.month)[1])
        return DateSpan(plus_months(self.earliest, months), latest)

    def plus_days(self, days: int) -> "DateSpan":
        """So many days later.

        Raises:
            OverflowError: the calendar ends before.
        """
        step = timedelta(days=days)
        return DateSpan(self.earliest + step, self.latest + step)


def plus_months(day: date, months: int) -> date:
    """The same day so many months later or, below zero, earlier; the month's last day where it has no such day.

    31 January and one month is 28 February (29 in a leap year). Add several months at once, not
    one by one: 31 January and two months is 31 March.

    Raises:
        OverflowError: before the year 1 or after 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{months} months from {day}")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _is_last_of_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
