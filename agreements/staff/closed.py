"""What the other side reads where a link does not work: in three languages, and nothing of what it was for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.correspondence.limits import TooOften
from agreements.formats.words import write_time
from agreements.vocabulary.languages import DIRECTIONS, LANGUAGES, Direction, Language
from agreements.vocabulary.zone import BAGHDAD

_WORDS: Final[dict[int, tuple[str | Promise, str | Promise]]] = {
    400: (
        _("This request can’t be read"),
        _("The address or what was sent with it is damaged. Try again."),
    ),
    404: (
        _("This link does not work"),
        _("Perhaps it was cut off on its way: copy the whole of it. If it still does not work, ask the person who "
          "sent it to you for a new one."),
    ),
    410: (
        _("This link is no longer open"),
        _("Its time is over, or it was closed. If you still want to answer, ask the person who sent it to you for a "
          "new one."),
    ),
    429: (
        _("Too many attempts"),
        _("Please wait until %(time)s in Baghdad, then open the link again. If that does not help, ask the person who "
          "sent it to you."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """The same words in one language."""

    language: Language
    direction: Direction
    heading: str
    explanation: str


def closed_page(request: HttpRequest, status: int, *, until: datetime | None = None) -> HttpResponse:
    """The page for a status of the table, first in the language of the address.

    Args:
        until: when it will be open again, where the words name that.
    """
    here = get_language()
    first, *others = (_said(language, status, until) for language in sorted(LANGUAGES, key=lambda one: one != here))
    return render(request, "confirm/closed.html", {"first": first, "others": others}, status=status)


def too_often_page(request: HttpRequest, refusal: TooOften) -> HttpResponse:
    """429, saying when to come back (RFC 6585, section 4)."""
    response = closed_page(request, 429, until=refusal.until)
    response["Retry-After"] = refusal.retry_after(at=timezone.now())
    return response


def _said(language: Language, status: int, until: datetime | None) -> Said:
    with translation.override(language):
        heading, explanation = (str(one) for one in _WORDS[status])
    if until is not None:
        explanation %= {"time": write_time(until.astimezone(BAGHDAD), language)}
    return Said(language, DIRECTIONS[language], heading, explanation)
