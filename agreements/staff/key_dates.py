"""The page of key dates: what has passed and is not settled, and what comes within a year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from agreements.reminders.key_dates import KeyDue
from agreements.reminders.queries import due_for, due_for_all
from agreements.reminders.words import days_in_words, distance_in_words, title_in_words, what_in_words
from agreements.staff.forms import KeyDatesForm
from agreements.vocabulary.zone import day_in_baghdad

LONGEST: Final = 100
"""So many key dates of a group are listed; the rest is counted."""

_PERIODS: Final[tuple[tuple[int, str | Promise], ...]] = (
    (30, gettext_lazy("In the next 30 days")),
    (90, gettext_lazy("In the next 90 days")),
    (180, gettext_lazy("In the next 180 days")),
    (365, gettext_lazy("In the next 365 days")),
)


@dataclass(frozen=True)
class Row:
    """A key date as the page shows it."""

    due: KeyDue
    when: str
    distance: str
    title: str
    what: str


@dataclass(frozen=True)
class Group:
    """Key dates of one period; ``more`` are not listed."""

    name: str
    heading: str
    rows: tuple[Row, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def show_key_dates(request: HttpRequest) -> HttpResponse:
    today = day_in_baghdad(timezone.now())
    form = KeyDatesForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    furthest = _PERIODS[-1][0]
    user = cast(User, request.user)
    dues = due_for(user, today, furthest) if chosen.get("mine") else due_for_all(today, furthest)
    context = {
        **admin.site.each_context(request),
        "title": _("Key dates"),
        "form": form,
        "today": today,
        "is_filtered": any(chosen.values()),
        "groups": list(_groups([one for one in dues if chosen.get("kind") in ("", None, one.kind)], today)),
    }
    return render(request, "admin/agreements/reminders/key_dates.html", context)


def _groups(dues: Sequence[KeyDue], today: date) -> Iterator[Group]:
    past = [one for one in dues if one.is_past(today)]
    if past:
        past.sort(key=lambda one: one.when.latest, reverse=True)
        yield _group("past", _("Passed and not settled"), past, today)
    after = -1
    for days, heading in _PERIODS:
        # a day that is not known may have begun already: it belongs to the next days
        found = [one for one in dues if not one.is_past(today) and after < max(0, one.days_left(today)) <= days]
        if found:
            yield _group(f"days-{days}", str(heading), found, today)
        after = days


def _group(name: str, heading: str, dues: Sequence[KeyDue], today: date) -> Group:
    rows = tuple(
        Row(one, days_in_words(one.when), distance_in_words(one, today), title_in_words(one), what_in_words(one))
        for one in dues[:LONGEST]
    )
    return Group(name, heading, rows, len(dues))
