"""Keeping the index in step with the published record: within the transaction that publishes or withdraws."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest

from agreements.editions.models import Edition
from agreements.editions.queries import numbered_edition
from agreements.search.analysers import ANALYSIS
from agreements.search.facets import Value, own_date, values_of
from agreements.search.models import Facet, FacetValue, SearchEntry, SearchWord
from agreements.search.status import status_steps
from agreements.search.texts import analyse, body_of, searched_texts
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.zone import day_in_baghdad

_LOCK: Final = 7_310_014
"""The advisory lock of all who write the index; whoever publishes holds the log's lock already, so it comes second."""

_SEQUENCE_BITS: Final = 33


def sort_key_of(day: date | None, sequence: int) -> int:
    """Orders by the agreement's date, undated ones first, then by the log; with a sequence below 2^33, unique."""
    return ((day.toordinal() if day else 0) << _SEQUENCE_BITS) | sequence


def sequence_in(sort_key: int) -> int:
    """The place in the log that a sort key was made of."""
    return sort_key & ((1 << _SEQUENCE_BITS) - 1)


@transaction.atomic
def index_edition(edition: Edition) -> None:
    """Make an agreement findable as this edition has it, in place of any earlier one; safe to repeat."""
    lock_index()
    content = edition.content
    unindex(edition.register_number)
    texts = searched_texts(content)
    analysed = analyse(texts)
    status, steps = status_steps(content, on=day_in_baghdad(edition.published_at))
    facets = _numbers_of(values_of(content, status))
    SearchEntry.objects.create(
        register_number=edition.register_number,
        analysis=ANALYSIS,
        status=status,
        changes_on=steps[0][0] if steps else None,
        coming=[[day.isoformat(), later] for day, later in steps],
        facets=facets,
        vector=RawSQL("%s::tsvector", [analysed.vector]),
        **plain_columns(edition),
    )
    count_values(facets, by=1)
    _add_words(analysed.words)


def plain_columns(edition: Edition) -> dict[str, Any]:
    """The columns of an edition's entry that say the same whatever the day, and need no other row."""
    content, own = edition.content, own_date(edition.content)
    return {
        "number": int(edition.register_number.rpartition("-")[2]),
        "sort_key": sort_key_of(own.earliest, edition.entry_id),
        "edition_number": edition.number,
        "sequence": edition.entry_id,
        "published_at": edition.published_at,
        "date": own.value or "",
        "body": body_of(content),
        **{f"title_{language}": content.title.get(language) or "" for language in LANGUAGES},
    }


@transaction.atomic
def unindex(register_number: str) -> None:
    """Let nothing of an agreement be found any more; nothing happens where it was not."""
    lock_index()
    entry = SearchEntry.objects.only("facets", "edition_number").filter(pk=register_number).first()
    if entry is None:
        return
    edition = numbered_edition(register_number, entry.edition_number)
    if edition is not None:
        _remove_words(analyse(searched_texts(edition.content)).words)
    count_values(entry.facets, by=-1)
    entry.delete()


def lock_index() -> None:
    """Wait until nobody else writes the index; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def count_values(numbers: Collection[int], *, by: int) -> None:
    """So many entries more, or fewer, have these values. A count that went wrong keeps nobody from publishing."""
    FacetValue.objects.filter(pk__in=numbers).update(entries=Greatest(F("entries") + by, 0))


def _numbers_of(values: list[Value]) -> list[int]:
    """The numbers of the values' rows, in order; rows that are missing are made, names brought up to date."""
    known = {
        (row.facet, row.key): row
        for row in FacetValue.objects.filter(facet__in=Facet.values, key__in=[one.key for one in values])
    }
    for one in values:
        row = known.setdefault((one.facet, one.key), FacetValue(facet=one.facet, key=one.key))
        if row._state.adding or (one.name and row.name != one.name):
            row.name_en, row.name_ar, row.name_ckb = (one.name.get(language) or "" for language in LANGUAGES)
            row.save()
    return [known[one.facet, one.key].pk for one in values]


def _add_words(words: dict[str, str]) -> None:
    sql = """
        INSERT INTO agreements_searchword (folded, word, entries)
        SELECT folded, word, 1 FROM unnest(%s::text[], %s::text[]) AS found (folded, word)
        ON CONFLICT (folded) DO UPDATE SET entries = agreements_searchword.entries + 1
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(words), [word[:40] for word in words.values()]])


def _remove_words(words: Collection[str]) -> None:
    found = SearchWord.objects.filter(folded__in=words)
    found.filter(entries__lte=1).delete()
    found.update(entries=F("entries") - 1)
