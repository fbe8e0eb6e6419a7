"""Dates that are known to the day, the month or the year, or not at all."""

import calendar
import re
from datetime import date
from enum import StrEnum
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, model_validator

_SHAPE: Final = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?", re.ASCII)


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NOT_STATED = "not_stated"


class InvalidPartialDate(ValueError):
    """The text is not a year, a month or a day of the calendar."""


class PartialDate(BaseModel):
    """A date as far as it is known: ``{"value": "2021-02", "precision": "month"}``.

    ``value`` is ISO 8601 cut at its precision, Gregorian calendar; ``None`` exactly when
    the precision is "not_stated".
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str | None = None
    precision: Precision = Precision.NOT_STATED

    @classmethod
    def parse(cls, text: str | None) -> Self:
        """Read "2021", "2021-02" or "2021-02-05"; ``None`` or "" is a date not stated.

        Raises:
            InvalidPartialDate: any other text, or a day that the calendar does not have.
        """
        if not text:
            return cls()
        return cls(value=text, precision=_precision_of(text))

    @model_validator(mode="after")
    def _value_fits_precision(self) -> Self:
        found = _precision_of(self.value) if self.value else Precision.NOT_STATED
        if found != self.precision:
            raise InvalidPartialDate(f"{self.value!r} is not a {self.precision}")
        return self

    @property
    def is_stated(self) -> bool:
        return self.value is not None

    @property
    def earliest(self) -> date | None:
        """The first day that it can mean."""
        if self.value is None:
            return None
        first_day = {Precision.YEAR: "-01-01", Precision.MONTH: "-01"}.get(self.precision, "")
        return date.fromisoformat(self.value + first_day)

    @property
    def latest(self) -> date | None:
        """The last day that it can mean."""
        first = self.earliest
        if first is None or self.precision is Precision.DAY:
            return first
        if self.precision is Precision.YEAR:
            return date(first.year, 12, 31)
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def in_order(start: PartialDate, end: PartialDate) -> bool:
    """Whether ``end`` can be on or after ``start``; true when either is not stated."""
    if start.earliest is None or end.latest is None:
        return True
    return start.earliest <= end.latest


def _precision_of(text: str) -> Precision:
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise InvalidPartialDate(text)
    year, month, day = match["year"], match["month"], match["day"]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise InvalidPartialDate(text) from error
    if day:
        return Precision.DAY
    return Precision.MONTH if month else Precision.YEAR
