"""Dates of activities. Only days that are known stand in ``iso-date``; the standard asks for a start in any case.

Where no day of the start is known, another known day stands there, and a narrative says which one it is. A month or
a year is told in words (``descriptions.py``) and never rounded to a day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date
from functools import cache
from typing import Final

from django.utils.translation import gettext

from agreements.editions.content import AgreementContent
from agreements.formats.iati import codes
from agreements.formats.iati.elements import Element, add, in_each_language, narrate
from agreements.formats.iati.subject import Subject
from agreements.formats.words import write_partial_date
from agreements.vocabulary.dates import PartialDate, Precision
from agreements.vocabulary.kinds import DateKind
from agreements.vocabulary.languages import Language, LocalisedText

Say = Callable[[Language], str]


@dataclass(frozen=True)
class Start:
    """A day to begin with, and what it is the day of; no note where it is the start itself."""

    day: date
    note: LocalisedText | None = None


@cache
def _fixed(say: Say) -> LocalisedText:
    """A note that is always the same, put together once a process: a register has millions."""
    return in_each_language(say)


def _in_force(_language: Language) -> str:
    return gettext("The day of entry into force.")


def _signed(_language: Language) -> str:
    return gettext("The day of signature.")


def _announced(_language: Language) -> str:
    return gettext("The day of the announcement. No source states the day of signature or of entry into force.")


def _published(_language: Language) -> str:
    return gettext("The day on which this edition was published. No source states a day on which it began.")


def _ended(_language: Language) -> str:
    return gettext("The day on which it ended or was to end. No source states a day on which it began.")


def _of_the_agreement(_language: Language) -> str:
    return gettext("The day given for the agreement. No source states the day on which this work began or will begin.")


def _instead_of(start: PartialDate) -> LocalisedText:
    """What is said of the agreement's day where the work's start is known to the month, the year, or not at all."""
    if not start.is_stated:
        return _fixed(_of_the_agreement)

    return in_each_language(lambda language: _only_known_as(language) % {"date": write_partial_date(start, language)})


def _only_known_as(_language: Language) -> str:
    return gettext("The day given for the agreement. The start of this work is only known as: %(date)s.")


STARTS: Final[tuple[tuple[DateKind, Say], ...]] = (
    (DateKind.IN_FORCE, _in_force),
    (DateKind.SIGNED, _signed),
    (DateKind.ANNOUNCED, _announced),
)
"""What stands for a start, in this order, and how it is told; who reads such a file knows by it which date it is."""

NO_STARTS: Final[tuple[Say, ...]] = (_published, _ended, _of_the_agreement, _only_known_as)
"""How a day is told that is no start at all; the last goes on with what is known."""


def known_day(when: PartialDate) -> date | None:
    """The day, where it is known to the day."""
    return when.earliest if when.precision is Precision.DAY else None


def add_agreement_dates(activity: Element, subject: Subject, *, status: str) -> None:
    """Start, planned end and actual end of the agreement, whose start is planned where its status is."""
    planned, ended = _day_of(subject.content, DateKind.PLANNED_END), _actual_end(subject)
    start, kind = agreement_start(subject, before=ended), codes.ACTUAL_START
    if status == codes.PIPELINE:
        coming = _day_of(subject.content, DateKind.IN_FORCE)
        start = Start(coming, _fixed(_in_force)) if coming is not None else start
        kind = codes.PLANNED_START
    _add_date(activity, kind, start.day, start.note)
    if planned is not None and (planned >= start.day or kind == codes.ACTUAL_START):
        _add_date(activity, codes.PLANNED_END, planned)
    if ended is not None:
        _add_date(activity, codes.ACTUAL_END, ended)


def agreement_start(subject: Subject, *, before: date | None = None) -> Start:
    """The first day in the order entry into force, signature, announcement that is known and has come.

    ``before`` is the day it ended on: a later day can't have been its start.
    """
    latest = min(before or subject.as_of, subject.as_of)
    for kind, say in STARTS:
        day = _day_of(subject.content, kind)
        if day is not None and day <= latest:
            return Start(day, _fixed(say))
    # In UTC, as validators compare it: a day in Baghdad begins three hours before it does there.
    published = subject.published_at.astimezone(UTC).date()
    return (
        Start(before, _fixed(_ended))
        if before is not None and before < published
        else Start(published, _fixed(_published))
    )


def add_work_dates(activity: Element, subject: Subject, *, start: PartialDate, end: PartialDate, status: str) -> None:
    """Start and end of work under the agreement: planned or actual, by its status and by the day."""
    first, last = known_day(start), known_day(end)
    if first is not None and last is not None and last < first:
        last = None
    begun = Start(first) if first is not None else _start_from_agreement(subject, start, last)
    has_begun = begun.day <= subject.as_of and status != codes.PIPELINE
    _add_date(activity, codes.ACTUAL_START if has_begun else codes.PLANNED_START, begun.day, begun.note)
    if last is not None:
        has_ended = last <= subject.as_of and status in (codes.CLOSED, codes.CANCELLED)
        _add_date(activity, codes.ACTUAL_END if has_ended else codes.PLANNED_END, last)


def _start_from_agreement(subject: Subject, start: PartialDate, last: date | None) -> Start:
    day = agreement_start(subject, before=_actual_end(subject)).day
    return Start(last, _fixed(_ended)) if last is not None and last < day else Start(day, _instead_of(start))


def _actual_end(subject: Subject) -> date | None:
    """The first recorded day on which it ended or was terminated, once it has come."""
    days = (_day_of(subject.content, kind) for kind in (DateKind.ENDED, DateKind.TERMINATED))
    return min((day for day in days if day is not None and day <= subject.as_of), default=None)


def _day_of(content: AgreementContent, kind: DateKind) -> date | None:
    found = content.date_of(kind)
    return known_day(found.date) if found is not None else None


def _add_date(activity: Element, kind: str, day: date, note: LocalisedText | None = None) -> None:
    element = add(activity, "activity-date", {"iso-date": day.isoformat(), "type": kind})
    if note is not None:
        narrate(element, note)
