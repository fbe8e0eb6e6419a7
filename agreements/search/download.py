"""Everything that a query finds, agreement by agreement, for tables and programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from agreements.search.find import matching_keys
from agreements.search.models import Facet, FacetValue, SearchEntry
from agreements.search.query import Query
from agreements.search.results import named_values, values_in
from agreements.search.terms import wanted_of
from agreements.vocabulary.languages import LocalisedText

NAMED: Final = (Facet.PARTY, Facet.FUNDER, Facet.FRAMEWORK, Facet.OBJECTIVE, Facet.PLACE)


@dataclass(frozen=True)
class Row:
    """One agreement; ``date`` is as far as it is known, ``keys`` are those of the contract, ``names`` stand beside."""

    register_number: str
    edition_number: int
    published_at: str
    title: LocalisedText
    date: str
    status: str
    keys: dict[Facet, list[str]]
    names: dict[Facet, list[LocalisedText]]


def all_matches(query: Query) -> Iterator[Row]:
    """The matches from the newest to the oldest, so many at a time that the memory needed does not grow with them.

    What is published or withdrawn while they are read may be among them or not; none comes twice.
    """
    wanted = wanted_of(query.words) if query.words else None
    for keys in matching_keys(query, wanted):
        yield from rows_at(keys)


def rows_at(keys: Sequence[int]) -> list[Row]:
    """The agreements with these sort keys, in their order; without those that were withdrawn meanwhile."""
    entries = {one.sort_key: one for one in _entries().filter(sort_key__in=keys)}
    return _rows([entries[key] for key in keys if key in entries])


def rows_of(register_numbers: Sequence[str]) -> list[Row]:
    """The same of these register numbers."""
    entries = _entries().in_bulk(list(register_numbers))
    return _rows([entries[one] for one in register_numbers if one in entries])


def _entries() -> QuerySet[SearchEntry]:
    return SearchEntry.objects.defer("vector", "body", "coming")


def _rows(entries: Sequence[SearchEntry]) -> list[Row]:
    values = named_values(number for entry in entries for number in entry.facets)
    return [_row(entry, values) for entry in entries]


def _row(entry: SearchEntry, values: dict[int, FacetValue]) -> Row:
    found = {facet: values_in(entry, facet, values) for facet in Facet}
    return Row(
        register_number=entry.register_number,
        edition_number=entry.edition_number,
        published_at=entry.published_at.isoformat(),
        title=entry.title,
        date=entry.date,
        status=entry.status,
        keys={facet: [one.key for one in rows] for facet, rows in found.items()},
        names={facet: [one.name for one in found[facet]] for facet in NAMED},
    )
