"""Finding agreements: how many there are, the values of their facets, and one page of them.

Counts are exact up to ``COUNTED`` matches; of a more common word only the newest ``RANKED`` are ranked; pages begin
where the one before ended. So the work is bounded however large the register is; see docs/decisions/0014-search.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from agreements.search.models import Facet, FacetValue
from agreements.search.query import Place, Query, Sort
from agreements.search.terms import Wanted
from agreements.vocabulary.languages import LocalisedText

COUNTED: Final = 10_000
RANKED: Final = 2_000
PAGE: Final = 20
SHOWN_VALUES: Final = 30
AT_ONCE: Final = 500

_COUNT: Final = """
    WITH matched AS MATERIALIZED (SELECT facets FROM agreements_searchentry WHERE {where} LIMIT {limit}),
    listed AS (SELECT unnest(facets) AS value FROM matched),
    counted AS (SELECT value, count(*) AS entries FROM listed GROUP BY value),
    ordered AS (
        SELECT f.facet, f.key, f.id, f.name_en, f.name_ar, f.name_ckb, c.entries,
               row_number() OVER (PARTITION BY f.facet ORDER BY {order}) AS place
        FROM counted c JOIN agreements_facetvalue f ON f.id = c.value
    )
    SELECT '' AS facet, '' AS key, 0 AS id, '' AS name_en, '', '', count(*) AS entries, 0 AS place FROM matched
    UNION ALL
    SELECT * FROM ordered WHERE place <= {shown}
    ORDER BY facet, place
"""
_COUNT_OF_ALL: Final = """
    WITH ordered AS (
        SELECT f.facet, f.key, f.id, f.name_en, f.name_ar, f.name_ckb, f.entries,
               row_number() OVER (PARTITION BY f.facet ORDER BY {order}) AS place
        FROM agreements_facetvalue f WHERE f.entries > 0
    )
    SELECT '' AS facet, '' AS key, 0 AS id, '' AS name_en, '', '', sum(entries) AS entries, 0 AS place
    FROM agreements_facetvalue WHERE facet = 'kind'
    UNION ALL
    SELECT * FROM ordered WHERE place <= {shown}
    ORDER BY facet, place
"""
_PLAN: Final = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
"""PostgreSQL does not know that a look at a vector, which lies apart from its row, costs a hundred looks at rows: it
would read them all for a common word, where the index has the answer."""

_ORDER: Final = "CASE f.facet WHEN 'year' THEN f.key END DESC, {entries} DESC, f.key"
_NEWEST: Final = """
    SELECT NULL::text, sort_key FROM {source} ORDER BY sort_key DESC LIMIT {limit}
"""
_RANKED: Final = """
    WITH newest AS MATERIALIZED (SELECT sort_key, vector FROM {source} ORDER BY sort_key DESC LIMIT {ranked}),
    ranked AS (SELECT sort_key, ts_rank('{{0.1, 0.2, 0.4, 1.0}}', vector, %s::tsquery, 1) AS rank FROM newest)
    SELECT rank::text, sort_key FROM ranked WHERE {place} ORDER BY rank DESC, sort_key DESC LIMIT {limit}
"""


@dataclass(frozen=True)
class Counted:
    """A value of a facet and how many matches have it; ``is_least`` where not all matches were looked at."""

    facet: Facet
    key: str
    number: int
    name: LocalisedText
    entries: int
    is_chosen: bool
    is_least: bool


@dataclass(frozen=True)
class Found:
    """One page of matches, as places from the first to the last, and what is known of all of them.

    ``total`` is at most ``COUNTED``; ``is_least`` says that there are more. ``ranked`` is how many of them relevance
    was worked out for, where it orders and they are not all. ``unknown`` are chosen values that no entry ever had.
    """

    total: int
    is_least: bool
    page: tuple[Place, ...]
    next: Place | None
    ranked: int | None
    values: dict[Facet, tuple[Counted, ...]]
    unknown: tuple[tuple[Facet, str], ...]


@dataclass(frozen=True)
class _Conditions:
    sql: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def where(self) -> str:
        return " AND ".join(self.sql) or "true"


@transaction.atomic
def find(query: Query, wanted: Wanted | None) -> Found:
    """The matches of a query; ``wanted`` are its words, ``None`` where it has none."""
    _plan()
    chosen, unknown = chosen_numbers(query)
    is_all = wanted is None and not query.chosen
    total, values = _counted(_conditions(wanted, chosen), chosen, is_all=is_all)
    for facet, _keys in query.chosen:  # what else could be chosen of a facet: as if nothing of it were
        others = {one: numbers for one, numbers in chosen.items() if one != facet}
        _total, alone = _counted(_conditions(wanted, others), chosen, is_all=wanted is None and not others)
        values[facet] = alone.get(facet, ())
    page = _page(query, wanted, _conditions(wanted, chosen), is_common=total > COUNTED) if total else []
    is_ranked = query.sort is Sort.RELEVANCE and wanted is not None
    return Found(
        total=min(total, COUNTED),
        is_least=total > COUNTED,
        page=tuple(page[:PAGE]),
        next=page[PAGE - 1] if len(page) > PAGE else None,
        ranked=RANKED if is_ranked and total > RANKED else None,
        values=values,
        unknown=unknown,
    )


def chosen_numbers(query: Query) -> tuple[dict[Facet, list[int]], tuple[tuple[Facet, str], ...]]:
    """The numbers of the chosen values, and those that are unknown."""
    keys = {key for _facet, keys in query.chosen for key in keys}
    known = {(row.facet, row.key): row.pk for row in FacetValue.objects.filter(key__in=keys)} if keys else {}
    chosen = {facet: [known[facet, key] for key in keys if (facet, key) in known] for facet, keys in query.chosen}
    unknown = tuple((facet, key) for facet, keys in query.chosen for key in keys if (facet, key) not in known)
    return chosen, unknown


def _conditions(wanted: Wanted | None, chosen: dict[Facet, list[int]]) -> _Conditions:
    sql: list[str] = []
    values: list[Any] = []
    if wanted is not None:
        sql.append("vector @@ %s::tsquery")
        values.append(wanted.tsquery)
    for numbers in chosen.values():
        sql.append("facets && %s::int[]" if len(numbers) != 1 else "facets @> %s::int[]")
        values.append(numbers)
    return _Conditions(tuple(sql), tuple(values))


def _counted(
    conditions: _Conditions, chosen: dict[Facet, list[int]], *, is_all: bool
) -> tuple[int, dict[Facet, tuple[Counted, ...]]]:
    """How many match, up to one more than are counted, and the most frequent values of each facet."""
    if is_all:
        sql = _COUNT_OF_ALL.format(order=_ORDER.format(entries="f.entries"), shown=SHOWN_VALUES)
    else:
        order = _ORDER.format(entries="c.entries")
        sql = _COUNT.format(where=conditions.where, order=order, limit=COUNTED + 1, shown=SHOWN_VALUES)
    first, *rows = _rows(sql, () if is_all else conditions.values)
    total = int(first[-2] or 0)
    is_least = total > COUNTED and not is_all
    picked = {number for numbers in chosen.values() for number in numbers}
    values: dict[Facet, tuple[Counted, ...]] = {}
    for label, key, number, en, ar, ckb, entries, _place in rows:
        facet, name = Facet(label), LocalisedText(en=en or None, ar=ar or None, ckb=ckb or None)
        one = Counted(facet, key, number, name, entries, number in picked, is_least)
        values[facet] = (*values.get(facet, ()), one)
    return min(total, COUNTED + 1), values


def _page(query: Query, wanted: Wanted | None, conditions: _Conditions, *, is_common: bool) -> list[Place]:
    """One entry more than a page has, so that it is known whether another follows.

    Few matches are collected and sorted; many are met soon enough on the way along the date index. PostgreSQL
    would take that way for few as well, and pass by nearly everything.
    """
    after = query.after
    if query.sort is Sort.DATE or wanted is None:
        if after is not None:
            conditions = _below(conditions, after)
        sql = _NEWEST.format(source=_source(conditions, "sort_key", is_common), limit=PAGE + 1)
        return _places(_rows(sql, conditions.values))
    if is_common:
        is_common = _is_quicker_by_date(conditions)
    place = "(rank, sort_key) < (%s::real, %s)" if after else "true"
    sql = _RANKED.format(
        source=_source(conditions, "sort_key, vector", is_common), ranked=RANKED, place=place, limit=PAGE + 1
    )
    begin = (after.rank, after.sort_key) if after else ()
    return _places(_rows(sql, (*conditions.values, wanted.tsquery, *begin)))


def matching_keys(query: Query, wanted: Wanted | None) -> Iterator[list[int]]:
    """The sort keys of all matches, newest first, so many at a time, for readers of all of them.

    As many as are counted are collected at once; of more, part after part is met along the date index.
    """
    chosen, _unknown = chosen_numbers(query)
    conditions = _conditions(wanted, chosen)
    few = _keys(conditions, is_common=False, limit=COUNTED + 1)
    if len(few) <= COUNTED:
        yield from (few[start : start + AT_ONCE] for start in range(0, len(few), AT_ONCE))
        return
    before = Place(few[0] + 1)
    while keys := _keys(_below(conditions, before), is_common=True, limit=AT_ONCE):
        yield keys
        before = Place(keys[-1])


@transaction.atomic
def _keys(conditions: _Conditions, *, is_common: bool, limit: int) -> list[int]:
    _plan()
    sql = _NEWEST.format(source=_source(conditions, "sort_key", is_common), limit=limit)
    return [sort_key for _rank, sort_key in _rows(sql, conditions.values)]


def _below(conditions: _Conditions, place: Place) -> _Conditions:
    return _Conditions((*conditions.sql, "sort_key < %s"), (*conditions.values, place.sort_key))


def _is_quicker_by_date(conditions: _Conditions) -> bool:
    """Whether the newest matches are met sooner along the date index than by collecting all matches.

    On the way along the index every vector is looked at, which takes about twenty times as long as to collect a
    match; PostgreSQL's own estimate of how many match is good enough for that.
    """
    matching = _estimated(conditions)
    return matching**2 > 20 * RANKED * _estimated(_Conditions((), ()))


def _estimated(conditions: _Conditions) -> int:
    sql = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM agreements_searchentry WHERE {conditions.where}"  # noqa: S608
    [[plan]] = _rows(sql, conditions.values)
    return int(plan[0]["Plan"]["Plan Rows"])


def _source(conditions: _Conditions, columns: str, is_common: bool) -> str:
    fence = "" if is_common or not conditions.sql else " OFFSET 0"
    # Of constants alone: what is asked for goes along as values.
    return f"(SELECT {columns} FROM agreements_searchentry WHERE {conditions.where}{fence}) AS matched"  # noqa: S608


def _places(rows: Sequence[tuple[Any, ...]]) -> list[Place]:
    return [Place(sort_key, rank) for rank, sort_key in rows]


def _plan() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PLAN)


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())
