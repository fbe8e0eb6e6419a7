"""The first page's panel of what is due: publications that a worker makes by itself, reviews, key dates."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.register.models.agreements import Agreement
from agreements.reminders.key_dates import KeyDue
from agreements.reminders.queries import due_for
from agreements.reminders.words import days_in_words, distance_in_words, title_in_words, what_in_words
from agreements.staff.panel import (
    ROWS,
    Fact,
    Group,
    Panel,
    Row,
    Tone,
    Visit,
    few,
    group_of,
    groups_panel,
    moment_in_words,
    row_of,
)
from agreements.staff.waiting import due_fact
from agreements.vocabulary.kinds import WorkingState

_NEAR_DAYS: Final = 90
"""So far ahead the first page looks for key dates; their own page looks further."""

_SOON_DAYS: Final = 30


def due(visit: Visit) -> Panel:
    return groups_panel("due", gettext_lazy("Due"), _groups(visit), empty=gettext_lazy("Nothing is due."))


def _groups(visit: Visit) -> Iterator[Group]:
    yield _scheduled(visit)
    yield _reviews(visit)
    yield _key_dates(visit)


def _scheduled(visit: Visit) -> Group:
    found = few(Agreement.objects.filter(working_state=WorkingState.SCHEDULED).order_by("publish_at", "pk"))
    rows = [row_of(one, _when(one, visit)) for one in found]
    listed = {"working_state__exact": WorkingState.SCHEDULED.value}
    return group_of(gettext_lazy("To be published by itself"), found, rows, listed=listed)


def _when(agreement: Agreement, visit: Visit) -> Fact | None:
    if agreement.publish_at is None:
        return None
    moment = {"moment": moment_in_words(agreement.publish_at)}
    if agreement.publish_at < visit.at:
        return Fact(_("Was due on %(moment)s, Baghdad time: is a worker running?") % moment, "late")
    return Fact(_("On %(moment)s, Baghdad time") % moment)


def _reviews(visit: Visit) -> Group:
    reviews = Agreement.objects.filter(working_state=WorkingState.IN_REVIEW, review_due__isnull=False)
    found = few(reviews.order_by(F("review_due").asc(), "pk"))
    rows = [row_of(one, due_fact(one, visit)) for one in found]
    listed = {"working_state__exact": WorkingState.IN_REVIEW.value, "review_due__isnull": "False"}
    return group_of(gettext_lazy("Reviews with a date"), found, rows, listed=listed)


def _key_dates(visit: Visit) -> Group:
    """What is near or past and not settled, of agreements in this person's charge."""
    found = due_for(visit.user, visit.today, _NEAR_DAYS)
    more = f"{reverse('admin:key_dates')}?{urlencode({'mine': 'on'})}" if len(found) > ROWS else ""
    return Group(gettext_lazy("Key dates in your charge"), tuple(_key_date(one, visit) for one in found[:ROWS]), more)


def _key_date(due: KeyDue, visit: Visit) -> Row:
    tone: Tone = "late" if due.is_past(visit.today) else "warn" if due.days_left(visit.today) <= _SOON_DAYS else "plain"
    said = f"{due.kind.label}: {days_in_words(due.when)} · {distance_in_words(due, visit.today)}"
    return Row(due.register_number, what_in_words(due) or title_in_words(due), due.link, (Fact(said, tone),))
