"""Key dates as calendars that anyone can subscribe to: those of one agreement, and all that are to come."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.editions.happenings import editions_in_log
from agreements.editions.models import Edition
from agreements.editions.public import public_edition
from agreements.formats.calendar import CalendarEntry, days_shown, entry_heading, write_calendar
from agreements.formats.words import name_edition, write_days
from agreements.opendata.files.answers import data_file, declared_licence, language_asked, of_edition
from agreements.search.coming import next_dates
from agreements.search.coming_dates import Coming, coming_dates, stated_dates
from agreements.vocabulary.zone import day_in_baghdad

AHEAD: Final = timedelta(days=2 * 365)
MOST_DATES: Final = 500
_AT_ONCE: Final = 50
_MEDIA_TYPE: Final = "text/calendar; charset=utf-8"


@data_file
def agreement_calendar(request: HttpRequest, register_number: str) -> HttpResponseBase:
    """All dates that an agreement's current edition states, past and to come."""
    edition, today = public_edition(register_number), day_in_baghdad(timezone.now())
    entries = entries_of(edition, on=today)
    name = f"{register_number}: {_title(edition)}"
    return of_edition(
        _answer(entries, name=name), edition, path=reverse("neutral:agreement_ics", args=[register_number])
    )


@data_file
def dates_calendar(request: HttpRequest) -> HttpResponseBase:
    """The dates to come within two years, the next five hundred at most."""
    today = day_in_baghdad(timezone.now())
    return _answer(_coming_entries(today), name=_("Key dates: MOC Portal"))


def entries_of(edition: Edition, *, on: date) -> list[CalendarEntry]:
    """The dates of an edition, and its renewals from a day in Baghdad on, in the active language."""
    return [_entry(edition, one) for one in stated_dates(edition.content, on=on)]


def _coming_entries(today: date) -> Iterator[CalendarEntry]:
    rows = next_dates(on=today, number=MOST_DATES)
    last = today + AHEAD if len(rows) < MOST_DATES else min(today + AHEAD, rows[-1].latest)
    sequences = sorted({row.sequence for row in rows if row.earliest <= last})
    batches = (sequences[start : start + _AT_ONCE] for start in range(0, len(sequences), _AT_ONCE))
    for edition in chain.from_iterable(map(editions_in_log, batches)):
        for one in coming_dates(edition.content, on=today):
            is_shown = one.shown_from is None or one.shown_from <= today
            if is_shown and one.when.earliest <= last:
                yield _entry(edition, one)


def _entry(edition: Edition, coming: Coming) -> CalendarEntry:
    language, origin = language_asked(), settings.PUBLIC_ORIGIN
    number, label = edition.register_number, str(coming.kind.label)
    what = coming.what.best(language) if coming.what else None
    own = what.text if what else ""
    first, last = days_shown(coming.when)
    named = name_edition(edition.number, edition.published_at, language)
    lines = (label, write_days(coming.when, language), own, _title(edition), f"{number}: {named}", _terms())
    return CalendarEntry(
        uid=f"{'.'.join(filter(None, (number.lower(), coming.kind.value, coming.item)))}@{urlsplit(origin).hostname}",
        first=first,
        last=last,
        summary=entry_heading(f"{label}: {own or _title(edition)} ({number})", coming.when),
        description="\n".join(line for line in lines if line),
        address=f"{origin}/{language}/agreements/{number}/",
        changed_at=edition.published_at,
        sequence=edition.number,
    )


def _title(edition: Edition) -> str:
    title = edition.content.title.best(language_asked())
    return title.text if title else edition.register_number


def _terms() -> str:
    licence = declared_licence()
    return _("Licence of the data: %(licence)s") % {"licence": licence} if licence else ""


def _answer(entries: Iterable[CalendarEntry], *, name: str) -> HttpResponse:
    described = "\n".join(filter(None, (settings.PUBLIC_ORIGIN + reverse("site:dates"), _terms())))
    written = write_calendar(entries, name=name, language=language_asked(), description=described)
    return HttpResponse(written, content_type=_MEDIA_TYPE)
