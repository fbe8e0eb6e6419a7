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

from agreements.formats.words import write_number
from agreements.reminders.key_dates import KeyDue
from agreements.reminders.words import days_in_words, distance_in_words, title_in_words, what_in_words
from agreements.vocabulary.languages import DIRECTIONS, Language

LONGEST: Final = 60
"""More key dates than this are counted, and looked up at the desk."""


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


def write_letter(dues: Sequence[KeyDue], *, on: date, language: str) -> Letter:
    """A digest of these key dates; ``on`` is the day in Baghdad that distances are counted from.

    Links are absolute and lead to the field at the desk, in the same language.
    """
    with override(language):
        count = write_number(len(dues), cast(Language, language))
        context = {
            "lines": [_line(due, on) for due in dues[:LONGEST]],
            "more": write_number(len(dues) - LONGEST, cast(Language, language)) if len(dues) > LONGEST else "",
            "language": language,
            "direction": DIRECTIONS[cast(Language, language)],
            "key_dates": settings.PUBLIC_ORIGIN + reverse("admin:key_dates"),
            "my_settings": settings.PUBLIC_ORIGIN + reverse("admin:my_settings"),
        }
        return Letter(
            subject=_("MOC Portal: key dates to look at (%(count)s)") % {"count": count},
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
