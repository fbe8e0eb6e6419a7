"""Calendars that other programs subscribe to (RFC 5545, iCalendar)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event


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


def write_calendar(entries: Iterable[CalendarEntry], *, name: str, language: str) -> bytes:
    """The entries as one calendar; the same entries give the same bytes.

    They block nobody's time, and programs are asked to look again twice a day.
    """
    calendar = Calendar()
    calendar.add("PRODID", f"-//MOC Portal//Key dates//{language.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", name)  # RFC 7986
    calendar.add("X-WR-CALNAME", name)  # what programs older than that read
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
