"""Calendars that other programs subscribe to (RFC 5545, iCalendar)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from agreements.vocabulary.spans import DateSpan

LONGEST_SHOWN: Final = timedelta(days=62)
"""A day known to a month or less fills those days; a whole year would hide everything else in a calendar."""


@dataclass(frozen=True)
class CalendarEntry:
    """An entry for whole days, from ``first`` to ``last``.

    Attributes:
        uid: stays the same for the same thing, so that programs move an entry instead of doubling it.
        changed_at: when what it says last changed; ``sequence`` grows with each change.
    """

    uid: str
    first: date
    last: date
    summary: str
    description: str
    address: str
    changed_at: datetime
    sequence: int


def days_shown(when: DateSpan) -> tuple[date, date]:
    """The first and the last day of an entry for some day of a stretch: all of them, or the first of very many."""
    return when.earliest, when.latest if when.latest - when.earliest <= LONGEST_SHOWN else when.earliest


def entry_heading(heading: str, when: DateSpan) -> str:
    """What an entry is called: it says where the day itself is not known; in the active language."""
    return heading if when.is_day else _("%(heading)s – day not stated") % {"heading": heading}


def write_calendar(entries: Iterable[CalendarEntry], *, name: str, language: str, description: str = "") -> bytes:
    """The entries as one calendar; the same entries give the same bytes.

    They block nobody's time, and programs are asked to look again twice a day. ``description`` is about all of them.
    """
    calendar = Calendar()
    calendar.add("PRODID", f"-//MOC Portal//Key dates//{language.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", name)  # RFC 7986
    calendar.add("X-WR-CALNAME", name)  # what programs older than that read
    if description:
        calendar.add("DESCRIPTION", description)
        calendar.add("X-WR-CALDESC", vText(description))
    calendar.add("REFRESH-INTERVAL", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", entry.changed_at.astimezone(UTC))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTART", entry.first)
    event.add("DTEND", entry.last + timedelta(days=1))  # the first day after (3.6.1)
    event.add("SUMMARY", entry.summary)
    event.add("DESCRIPTION", entry.description)
    event.add("URL", entry.address)
    event.add("TRANSP", "TRANSPARENT")
    return event
