"""Making the index again from the editions, whole or where it is missing or stale."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from agreements.editions.models import Edition
from agreements.editions.queries import current_edition, current_editions
from agreements.search.analysers import ANALYSIS
from agreements.search.index import index_edition, lock_index, unindex
from agreements.search.models import FacetValue, SearchEntry, SearchWord


@dataclass(frozen=True)
class Rebuilt:
    """How many agreements were indexed, and how many entries of withdrawn ones went."""

    indexed: int
    removed: int


def rebuild_missing() -> Rebuilt:
    """Index what is public and missing or stale, an agreement a transaction; remove what is not public.

    Where entries were made by an older analysis everything is made again: the counts of their words would not fit.
    """
    if SearchEntry.objects.exclude(analysis=ANALYSIS).exists():
        return rebuild_all()
    indexed = [_repair(number) for number in _without_entry().values_list("register_number", flat=True)]
    removed = [_repair(number) for number in _withdrawn().values_list("pk", flat=True)]
    return Rebuilt(len(indexed), len(removed))


@transaction.atomic
def rebuild_all() -> Rebuilt:
    """Make the whole index again, in one transaction: readers search the old one until it is done."""
    lock_index()
    removed = _withdrawn().count()
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    FacetValue.objects.all().update(entries=0)
    indexed = 0
    for edition in current_editions().order_by("entry_id").iterator(chunk_size=200):
        index_edition(edition)
        indexed += 1
    return Rebuilt(indexed, removed)


def _without_entry() -> QuerySet[Edition]:
    known = SearchEntry.objects.filter(pk=OuterRef("register_number"), sequence=OuterRef("entry_id"))
    return current_editions().filter(~Exists(known)).order_by("entry_id")


def _withdrawn() -> QuerySet[SearchEntry]:
    public = current_editions().filter(register_number=OuterRef("pk"))
    return SearchEntry.objects.filter(~Exists(public))


@transaction.atomic
def _repair(register_number: str) -> None:
    """What is public is asked again under the lock: somebody may have published or withdrawn meanwhile."""
    lock_index()
    edition = current_edition(register_number)
    if edition is None:
        unindex(register_number)
    else:
        index_edition(edition)
