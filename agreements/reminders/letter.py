"""The e-mail of reminders, as text and with mark-up, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements.correspondence.models import Report
from agreements.formats.words import write_day, write_number
from agreements.reminders.key_dates import KeyDue
from agreements.reminders.words import days_in_words, distance_in_words, title_in_words, what_in_words
from agreements.vocabulary.languages import DIRECTIONS, Language
from agreements.vocabulary.zone import day_in_baghdad

LONGEST: Final = 60
"""More key dates or reports than this are counted, and looked up at the desk."""


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Line:
    """A key date in words."""

    kind: str
    when: str
    distance: str
    is_past: bool
    register_number: str
    title: str
    what: str
    address: str


@dataclass(frozen=True)
class ReportLine:
    """A reader's report, without what its sender wrote: that is read at the desk only."""

    reference: str
    register_number: str
    section: str
    received: str
    address: str


def write_letter(dues: Sequence[KeyDue], reports: Sequence[Report], *, on: date, language: str) -> Letter:
    """A digest of these key dates and new reports; ``on`` is the day in Baghdad that distances are counted from.

    Links are absolute and lead to the field or the report at the desk, in the same language.
    """
    with override(language):
        context = {
            "lines": [_line(due, on) for due in dues[:LONGEST]],
            "more": _beyond(len(dues), cast(Language, language)),
            "reports": [_report_line(one, cast(Language, language)) for one in reports[:LONGEST]],
            "more_reports": _beyond(len(reports), cast(Language, language)),
            "language": language,
            "direction": DIRECTIONS[cast(Language, language)],
            "key_dates": settings.PUBLIC_ORIGIN + reverse("admin:key_dates"),
            "all_reports": settings.PUBLIC_ORIGIN + reverse("admin:agreements_report_changelist"),
            "my_settings": settings.PUBLIC_ORIGIN + reverse("admin:my_settings"),
        }
        return Letter(
            subject=_subject(len(dues), len(reports), cast(Language, language)),
            text=render_to_string("reminders/digest.txt", context),
            html=render_to_string("reminders/digest.html", context),
        )


def _line(due: KeyDue, on: date) -> Line:
    return Line(
        kind=str(due.kind.label),
        when=days_in_words(due.when),
        distance=distance_in_words(due, on),
        is_past=due.is_past(on),
        register_number=due.register_number,
        title=title_in_words(due),
        what=what_in_words(due),
        address=settings.PUBLIC_ORIGIN + due.link,
    )


def _report_line(report: Report, language: Language) -> ReportLine:
    return ReportLine(
        reference=report.reference,
        register_number=report.register_number,
        section=report.get_section_display() if report.section else "",
        received=write_day(day_in_baghdad(report.received_at), language),
        address=settings.PUBLIC_ORIGIN + reverse("admin:agreements_report_change", args=[report.pk]),
    )


def _beyond(count: int, language: Language) -> str:
    return write_number(count - LONGEST, language) if count > LONGEST else ""


def _subject(dues: int, reports: int, language: Language) -> str:
    count = {"count": write_number(dues + reports, language)}
    if not reports:
        return _("MOC Portal: key dates to look at (%(count)s)") % count
    if not dues:
        return _("MOC Portal: readers’ reports to look at (%(count)s)") % count
    return _("MOC Portal: key dates and readers’ reports to look at (%(count)s)") % count
