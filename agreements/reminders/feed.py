"""A person's key dates as a calendar that their own programs read."""

from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements.formats.calendar import CalendarEntry, days_shown, entry_heading, write_calendar
from agreements.reminders.key_dates import KeyDue
from agreements.reminders.models import StaffProfile
from agreements.reminders.queries import due_for
from agreements.reminders.words import days_in_words, title_in_words, what_in_words

AHEAD_DAYS: Final = 2 * 365


def calendar_of(profile: StaffProfile, *, today: date) -> bytes:
    """The key dates in this person's charge, past ones that are not settled and those of two years ahead.

    In their language; the same register gives the same bytes.
    """
    with override(profile.language):
        dues = due_for(profile.user, today, AHEAD_DAYS)
        changed = _last_changes({due.agreement_id for due in dues})
        entries = [_entry(due, changed[due.agreement_id]) for due in dues]
        return write_calendar(entries, name=_("Key dates: MOC Portal"), language=profile.language)


def _entry(due: KeyDue, changed_at: datetime) -> CalendarEntry:
    host = urlsplit(settings.PUBLIC_ORIGIN).hostname or ""
    name = ".".join(part for part in (due.register_number.lower(), due.kind.value, due.item) if part)
    first, last = days_shown(due.when)
    heading = f"{due.kind.label}: {what_in_words(due) or title_in_words(due)} ({due.register_number})"
    lines = (str(due.kind.label), days_in_words(due.when), what_in_words(due), title_in_words(due))
    return CalendarEntry(
        uid=f"{name}@{host}",
        first=first,
        last=last,
        summary=entry_heading(heading, due.when),
        description="\n".join(line for line in lines if line),
        address=settings.PUBLIC_ORIGIN + due.link,
        changed_at=changed_at,
        sequence=due.revision,
    )


def _last_changes(numbers: set[int]) -> dict[int, datetime]:
    """When each agreement last changed, from the audit trail."""
    events: Any = apps.get_model("agreements", "AgreementEvent")
    rows = events.objects.filter(pgh_obj_id__in=numbers).values_list("pgh_obj_id").annotate(Max("pgh_created_at"))
    return dict(rows)
