"""Legal statuses that change by the day, without an edition: entries are kept right for today in Baghdad."""

from datetime import date, datetime
from typing import Final

from django.db import transaction

from agreements.search.index import count_values, lock_index
from agreements.search.models import Facet, FacetValue, SearchEntry
from agreements.vocabulary.zone import day_in_baghdad

_AT_ONCE: Final = 500


def derive_due_statuses(*, at: datetime) -> int:
    """Bring the statuses that changed by this moment's day in Baghdad up to date; how many there were.

    A worker calls it every minute, and a search before it looks, so that no reader sees yesterday's status.
    Where nothing is due it costs one look into a small index.
    """
    today, done = day_in_baghdad(at), 0
    while SearchEntry.objects.filter(changes_on__lte=today).exists():
        done += _derive_some(today)
    return done


@transaction.atomic
def _derive_some(today: date) -> int:
    lock_index()
    due = list(
        SearchEntry.objects.filter(changes_on__lte=today)
        .only("status", "changes_on", "coming", "facets")
        .order_by("changes_on", "pk")[:_AT_ONCE]
    )
    for entry in due:
        _move_on(entry, today)
    return len(due)


def _move_on(entry: SearchEntry, today: date) -> None:
    passed = [status for day, status in entry.coming if date.fromisoformat(day) <= today]
    coming = [step for step in entry.coming if date.fromisoformat(step[0]) > today]
    old, _made = FacetValue.objects.get_or_create(facet=Facet.STATUS, key=entry.status)
    new, _made = FacetValue.objects.get_or_create(facet=Facet.STATUS, key=passed[-1])
    entry.status, entry.coming = passed[-1], coming
    entry.changes_on = date.fromisoformat(coming[0][0]) if coming else None
    entry.facets = [new.pk if number == old.pk else number for number in entry.facets]
    entry.save(update_fields=["status", "coming", "changes_on", "facets"])
    count_values([old.pk], by=-1)
    count_values([new.pk], by=1)
