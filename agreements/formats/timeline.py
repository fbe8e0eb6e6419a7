"""Activities over time, as bars: pure; drawn by ``components/_timeline.html``.

    timeline = draw_timeline(content.activities, as_of=day, language=language)
    {% include "components/_timeline.html" with timeline=timeline only %}

A bar is full where an activity surely was or is, and pale where a date is known to the month or the year
only, or not at all. Places along the axis are percentages of its length, from its start side. Time runs the
way the language is read: from right to left on a page in Arabic or Kurdish, as its tables and sentences do,
so ``x`` is mirrored here, once, for all parts of the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext

from agreements.editions.content import Activity
from agreements.formats.words import in_digits_of, write_partial_date
from agreements.vocabulary.dates import PartialDate, Precision
from agreements.vocabulary.kinds import ActivityStatus
from agreements.vocabulary.languages import DIRECTIONS, Language

_MOST_TICKS: Final = 7
"""What a phone's width has room for."""

_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)

_TAIL: Final = 7.0
"""How far a bar goes on, in percent, where no end or no start is stated."""


class Look(StrEnum):
    """How a stretch of a bar is drawn: status is told by shape, not by colour alone."""

    FULL = "full"  # surely done, or going on
    OUTLINE = "outline"  # planned, or still to come
    DASHED = "dashed"  # suspended
    STRUCK = "struck"  # cancelled
    THIN = "thin"  # status not stated
    SOFT = "soft"  # the date is not known to the day


_LOOKS: Final = {
    ActivityStatus.PLANNED: Look.OUTLINE,
    ActivityStatus.UNDER_WAY: Look.FULL,
    ActivityStatus.COMPLETED: Look.FULL,
    ActivityStatus.SUSPENDED: Look.DASHED,
    ActivityStatus.CANCELLED: Look.STRUCK,
    ActivityStatus.NOT_STATED: Look.THIN,
}


@dataclass(frozen=True)
class Stretch:
    """A piece of a bar, in percent of the axis from the drawing's left edge."""

    look: Look
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """``said`` is the bar in the words of the language: its period, and its status where that is stated."""

    activity: Activity
    said: str
    stretches: tuple[Stretch, ...]
    notes: tuple[float, ...]  # where progress was noted


@dataclass(frozen=True)
class Timeline:
    """``years`` name the equal parts of the axis, from its start side; ``today`` is ``None`` far outside of it."""

    bars: tuple[Bar, ...]
    undated: tuple[Activity, ...]
    years: tuple[str, ...]
    grid: tuple[float, ...]
    today: float | None
    as_of: date

    @property
    def looks(self) -> frozenset[Look]:
        """What the legend has to explain."""
        return frozenset(stretch.look for bar in self.bars for stretch in bar.stretches)

    @property
    def has_notes(self) -> bool:
        return any(bar.notes for bar in self.bars)


def draw_timeline(activities: Sequence[Activity], *, as_of: date, language: Language) -> Timeline | None:
    """The bars of these activities, in their order; ``None`` where none has a date. Labels are in the active language.

    ``as_of`` is the day in Baghdad that is marked as today, and up to which work under way is drawn as done.
    """
    dated = [one for one in activities if one.start.is_stated or one.end.is_stated]
    if not dated:
        return None
    axis = _Axis.around(dated, as_of, language)
    return Timeline(
        bars=tuple(Bar(one, _said(one, language), _stretches(one, as_of, axis), _notes(one, axis)) for one in dated),
        undated=tuple(one for one in activities if one not in dated),
        years=tuple(in_digits_of(str(axis.first + number * axis.step), language) for number in range(axis.parts)),
        grid=tuple(axis.place(axis.first + number * axis.step) for number in range(1, axis.parts)),
        today=axis.place(_start_of(as_of)) if axis.first <= as_of.year < axis.end else None,
        as_of=as_of,
    )


@dataclass(frozen=True)
class _Axis:
    """Whole years in equal parts; years are numbers with a fraction, so that the calendar's end is no edge."""

    first: int
    step: int
    parts: int
    is_mirrored: bool

    @classmethod
    def around(cls, activities: Sequence[Activity], as_of: date, language: Language) -> "_Axis":
        whens = [when for one in activities for when in (one.start, one.end, *(note.noted_on for note in one.progress))]
        years = [day.year for when in whens for day in (when.earliest, when.latest) if day]
        first, last = min(years), max(years)
        if first - 1 <= as_of.year <= last + 1:
            first, last = min(first, as_of.year), max(last, as_of.year)
        step = next(step for step in _STEPS if -(-(last + 1 - first) // step) <= _MOST_TICKS)
        return cls(first, step, -(-(last + 1 - first) // step), DIRECTIONS[language] == "rtl")

    @property
    def end(self) -> int:
        return self.first + self.step * self.parts

    def share(self, year: float) -> float:
        """Percent of the axis from its start side, within it."""
        return max(0.0, min(100.0, (year - self.first) / (self.end - self.first) * 100))

    def place(self, year: float) -> float:
        share = self.share(year)
        return round(100 - share if self.is_mirrored else share, 2)

    def stretch(self, look: Look, start: float, end: float) -> Stretch:
        """From share to share; never so short that it can't be seen."""
        width = max(end - start, 0.4)
        start = min(start, 100 - width)
        return Stretch(look, round(100 - start - width if self.is_mirrored else start, 2), round(width, 2))


@dataclass(frozen=True)
class _Extent:
    """Shares of the axis: an activity may reach from ``start`` to ``end``, and surely does between the inner two."""

    start: float
    sure_start: float
    sure_end: float
    end: float

    @classmethod
    def of(cls, activity: Activity, today: float, axis: _Axis) -> "_Extent":
        """An end that is not stated is a tail behind what is sure; so is a start, before it."""
        start, end = _span(activity.start, axis), _span(activity.end, axis)
        if start and end:
            return cls(start[0], _sure(activity.start, start)[0], _sure(activity.end, end)[1], end[1])
        if start:
            sure_end = max(start[1], today) if activity.status is ActivityStatus.UNDER_WAY else start[1]
            return cls(start[0], _sure(activity.start, start)[0], sure_end, min(100.0, sure_end + _TAIL))
        known = end or (0.0, 0.0)
        return cls(max(0.0, known[0] - _TAIL), known[0], _sure(activity.end, known)[1], known[1])


def _stretches(activity: Activity, as_of: date, axis: _Axis) -> tuple[Stretch, ...]:
    """Work under way is done up to today, and to come after."""
    look, today = _LOOKS[activity.status], axis.share(_start_of(as_of))
    extent = _Extent.of(activity, today, axis)
    if extent.sure_start > extent.sure_end:  # both in one year, say: nothing in between is sure
        return (axis.stretch(Look.SOFT, extent.start, extent.end),)
    turn = extent.sure_end
    if activity.status is ActivityStatus.UNDER_WAY:
        turn = min(max(today, extent.sure_start), extent.sure_end)
    pieces = (
        (Look.SOFT, extent.start, extent.sure_start),
        (look, extent.sure_start, turn),
        (Look.OUTLINE, turn, extent.sure_end),
        (Look.SOFT, extent.sure_end, extent.end),
    )
    return tuple(axis.stretch(kind, start, end) for kind, start, end in pieces if end > start)


def _sure(when: PartialDate, span: tuple[float, float]) -> tuple[float, float]:
    """From when on, and up to when, something surely is that begins and ends on a date: only within a known day."""
    start, end = span
    return (start, end) if when.precision == Precision.DAY else (end, start)


def _said(activity: Activity, language: Language) -> str:
    whens = dict.fromkeys((activity.start, activity.end))  # a year that holds both is said once
    period = " – ".join(write_partial_date(when, language) or gettext("Not stated") for when in whens)
    status = "" if activity.status is ActivityStatus.NOT_STATED else f" · {activity.status.label}"
    return f"{period}{status}"


def _notes(activity: Activity, axis: _Axis) -> tuple[float, ...]:
    """A note of which only the month or the year is known stands in the middle of it."""
    days = [(one.noted_on.earliest, one.noted_on.latest) for one in activity.progress]
    return tuple(axis.place((_start_of(first) + _end_of(last)) / 2) for first, last in days if first and last)


def _span(when: PartialDate, axis: _Axis) -> tuple[float, float] | None:
    if when.earliest is None or when.latest is None:
        return None
    return axis.share(_start_of(when.earliest)), axis.share(_end_of(when.latest))


def _start_of(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / _days_in(day.year)


def _end_of(day: date) -> float:
    return day.year + day.timetuple().tm_yday / _days_in(day.year)


def _days_in(year: int) -> int:
    return date(year, 12, 31).timetuple().tm_yday
