"""Finding agreements: how many there are, the values of their facets, and one page of them.

Counts are exact up to ``COUNTED`` matches; of a more common word only the newest ``RANKED`` are ranked; pages begin
where the one before ended. So the work is bounded however large the register is; see docs/decisions/0014-search.md
and 0024-search-at-a-million.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from agreements.search.conditions import (
    Chosen,
    Conditions,
    chosen_values,
    estimated,
    known_values,
    plan_for_vectors,
    rows_of,
)
from agreements.search.counts import Counted, count_matches, count_only
from agreements.search.index import sort_key_of
from agreements.search.models import Facet
from agreements.search.query import Place, Query, Sort
from agreements.search.terms import Wanted
from agreements.vocabulary.languages import LocalisedText

COUNTED: Final = 10_000
RANKED: Final = 1_000
LOOKED_AT: Final = 5_000
PAGE: Final = 20
AT_ONCE: Final = 500

_YEAR: Final = re.compile("[1-8][0-9]{3}", re.ASCII)
_VECTOR: Final = 30
"""How many rows are read in the time in which one vector is."""

_NEWEST: Final = """
    SELECT NULL::text, sort_key FROM {source} ORDER BY sort_key DESC LIMIT {limit}
"""
_RANKED: Final = """
    WITH ranked AS MATERIALIZED (
        SELECT sort_key, ts_rank('{{0.1, 0.2, 0.4, 1.0}}', vector, %s::tsquery, 1) AS rank
        FROM {source} ORDER BY sort_key DESC LIMIT {ranked}
    )
    SELECT rank::text, sort_key FROM ranked WHERE {place} ORDER BY rank DESC, sort_key DESC LIMIT {limit}
"""
_COLLECTED: Final = "(SELECT * FROM {source} ORDER BY sort_key DESC LIMIT {ranked}) AS newest"
_BY_DATE: Final = """
    (
        SELECT sort_key, (ARRAY[vector])[1] AS vector FROM agreements_searchentry
        WHERE ({facets}) IS TRUE ORDER BY sort_key DESC OFFSET 0
    ) AS held WHERE {words}
"""
"""The way along the date index for ranks: an array holds the vector as it was fetched, to be looked at for the words
and for the rank; each look by itself would fetch it anew, which takes nearly all the time."""


@dataclass(frozen=True)
class Found:
    """One page of matches, as places from the first to the last, and what is known of all of them.

    ``total`` is at most ``COUNTED``; ``is_least`` says that there are more. ``ranked`` is how many of them relevance
    was worked out for, where it orders and they are not all. ``looked_at`` is in how many of the newest agreements that
    have the words it was looked whether they stand in a row, where those are not all that have them. ``names`` are
    those of the chosen values, ``unknown`` the chosen values that no entry ever had.
    """

    total: int
    is_least: bool
    page: tuple[Place, ...]
    next: Place | None
    ranked: int | None
    looked_at: int | None
    values: dict[Facet, tuple[Counted, ...]]
    names: dict[tuple[Facet, str], LocalisedText]
    unknown: tuple[tuple[Facet, str], ...]


@transaction.atomic
def find(query: Query, wanted: Wanted | None, *, size: int = PAGE, has_values: bool = True) -> Found:
    """The matches of a query; ``wanted`` are its words, ``None`` where it has none; ``size`` of them a page.

    Without ``has_values`` the values of facets are not counted, which takes most of the time.
    """
    plan_for_vectors()
    known = known_values(query)
    chosen = chosen_values(query, known)
    words, looked_at = _of_words(wanted)
    counts = (count_matches if has_values else count_only)(words, chosen, at_most=COUNTED)
    is_common = counts.total > COUNTED
    page = _page(query, wanted, words, chosen, is_common=is_common, size=size) if counts.total else []
    is_ranked = query.sort is Sort.RELEVANCE and wanted is not None
    return Found(
        total=min(counts.total, COUNTED),
        is_least=is_common,
        page=tuple(page[:size]),
        next=page[size - 1] if len(page) > size else None,
        ranked=RANKED if is_ranked and counts.total > RANKED else None,
        looked_at=looked_at,
        values=counts.values,
        names={value: row.name for value, row in known.items()},
        unknown=tuple((facet, key) for facet, keys in query.chosen for key in keys if (facet, key) not in known),
    )


@transaction.atomic
def _of_words(wanted: Wanted | None) -> tuple[Conditions, int | None]:
    """The condition that the words make, and in how many agreements it was looked for their row, where not in all.

    Whether words stand in a row is not in the index: each vector must be looked at. So that is done once, and only for
    the newest agreements where very many have the words.
    """
    if wanted is None:
        return Conditions(), None
    if not wanted.in_any_order:
        return Conditions().having("vector @@ %s::tsquery", wanted.tsquery), None
    plan_for_vectors()
    have_words = Conditions().having("vector @@ %s::tsquery", wanted.in_any_order)
    everything = estimated(Conditions())
    newest = LOOKED_AT * everything // max(1, estimated(have_words))
    sql = "SELECT sort_key FROM agreements_searchentry ORDER BY sort_key DESC OFFSET %s LIMIT 1"
    oldest = rows_of(sql, [max(0, newest - 1)]) if newest < everything else []
    since = oldest[0][0] if oldest else 0
    # Few have to be passed by on the way along the date index, or only those that have the words are looked at.
    way = Conditions().having("sort_key >= %s", since) if newest < 2 * LOOKED_AT and since else have_words
    in_row = way.having("CASE WHEN sort_key >= %s THEN vector @@ %s::tsquery END", since, wanted.tsquery)
    keys = rows_of(f"SELECT sort_key FROM agreements_searchentry WHERE {in_row.where}", in_row.values)  # noqa: S608
    found = Conditions().having("sort_key = ANY(%s::bigint[])", [key for (key,) in keys])
    return found, LOOKED_AT if since else None


def _page(
    query: Query, wanted: Wanted | None, words: Conditions, chosen: tuple[Chosen, ...], *, is_common: bool, size: int
) -> list[Place]:
    """One entry more than a page has, so that it is known whether another follows.

    Few matches are collected and sorted; many are met soon enough on the way along the date index. PostgreSQL
    would take that way for few as well, and pass by nearly everything.
    """
    after, conditions = query.after, words.narrowed(chosen)
    if query.sort is Sort.DATE or wanted is None:
        if after is not None:
            conditions = _below(conditions, after)
        if is_common:
            conditions = _within_years(conditions, chosen)
        sql = _NEWEST.format(source=_source(conditions, "sort_key", is_common), limit=size + 1)
        return _places(rows_of(sql, conditions.values))
    facets = _within_years(Conditions().narrowed(chosen), chosen)
    if is_common and _is_quicker_by_date(words, conditions, facets):
        source, values = _BY_DATE.format(facets=facets.where, words=words.where), (*facets.values, *words.values)
    else:
        matched = _source(conditions, "sort_key, vector", is_common=False)
        source, values = _COLLECTED.format(source=matched, ranked=RANKED), conditions.values
    place = "(rank, sort_key) < (%s::real, %s)" if after else "true"
    sql = _RANKED.format(source=source, ranked=RANKED, place=place, limit=size + 1)
    begin = (after.rank, after.sort_key) if after else ()
    return _places(rows_of(sql, (wanted.tsquery, *values, *begin)))


def matching_keys(query: Query, wanted: Wanted | None) -> Iterator[list[int]]:
    """The sort keys of all matches, newest first, so many at a time, for readers of all of them.

    As many as are counted are collected at once; of more, part after part is met along the date index.
    """
    words, _looked_at = _of_words(wanted)
    conditions = words.narrowed(chosen_values(query, known_values(query)))
    few = _keys(conditions, is_common=False, limit=COUNTED + 1)
    if len(few) <= COUNTED:
        yield from (few[start : start + AT_ONCE] for start in range(0, len(few), AT_ONCE))
        return
    before = Place(few[0] + 1)
    while keys := _keys(_below(conditions, before), is_common=True, limit=AT_ONCE):
        yield keys
        before = Place(keys[-1])


@transaction.atomic
def _keys(conditions: Conditions, *, is_common: bool, limit: int) -> list[int]:
    plan_for_vectors()
    sql = _NEWEST.format(source=_source(conditions, "sort_key", is_common), limit=limit)
    return [sort_key for _rank, sort_key in rows_of(sql, conditions.values)]


def _within_years(conditions: Conditions, chosen: tuple[Chosen, ...]) -> Conditions:
    """The stretch of the date index that the chosen years lie in: of an old year, all newer ones would be passed by."""
    years = [key for one in chosen if one.facet is Facet.YEAR for key in one.keys]
    if not years or not all(map(_YEAR.fullmatch, years)):
        return conditions
    first, behind = date(int(min(years)), 1, 1), date(int(max(years)) + 1, 1, 1)
    return conditions.having("sort_key >= %s AND sort_key < %s", sort_key_of(first, 0), sort_key_of(behind, 0))


def _is_quicker_by_date(words: Conditions, conditions: Conditions, facets: Conditions) -> bool:
    """Whether the newest matches are met sooner along the date index than by collecting all matches.

    On the way along the index each row is read, and the vector of each that has the facets' values, which takes thirty
    times as long. To collect takes a row a match, and a tenth of one for each entry that the index has for the words.
    PostgreSQL's own estimates of how many all those are, are good enough for that.
    """
    matching, with_values = max(1, estimated(conditions)), estimated(facets)
    everything = estimated(Conditions()) if facets.sql else with_values
    along_the_index = RANKED * (everything + _VECTOR * with_values) / matching
    return along_the_index < matching + estimated(words) / 10 + RANKED * _VECTOR


def _source(conditions: Conditions, columns: str, is_common: bool) -> str:
    fence = "" if is_common or not conditions.sql else " OFFSET 0"
    # Of constants alone: what is asked for goes along as values.
    return f"(SELECT {columns} FROM agreements_searchentry WHERE {conditions.where}{fence}) AS matched"  # noqa: S608


def _below(conditions: Conditions, place: Place) -> Conditions:
    return conditions.having("sort_key < %s", place.sort_key)


def _places(rows: Sequence[tuple[Any, ...]]) -> list[Place]:
    return [Place(sort_key, rank) for rank, sort_key in rows]
