"""Finding agreements: how many there are, the values of their facets, and one page of them.

Counts are exact up to ``COUNTED`` matches; of a more common word only the newest ``RANKED`` are ranked; pages begin
where the one before ended. So the work is bounded however large the register is; see docs/decisions/0014-search.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from agreements.search.facets import PLACES_IN_ENTRY
from agreements.search.models import Facet, FacetValue
from agreements.search.query import Place, Query, Sort
from agreements.search.terms import Wanted
from agreements.vocabulary.languages import LocalisedText

COUNTED: Final = 10_000
RANKED: Final = 2_000
LOOKED_AT: Final = 5_000
PAGE: Final = 20
SHOWN_VALUES: Final = 30
AT_ONCE: Final = 500

_COUNT: Final = """
    WITH matched AS MATERIALIZED (SELECT facets FROM agreements_searchentry WHERE {where} LIMIT {limit}),
    listed AS (SELECT {value} AS value FROM matched),
    counted AS (SELECT value, count(*) AS entries FROM listed GROUP BY value),
    ordered AS (
        SELECT f.facet, f.key, f.id, f.name_en, f.name_ar, f.name_ckb, c.entries,
               row_number() OVER (PARTITION BY f.facet ORDER BY {order}) AS place
        FROM counted c JOIN agreements_facetvalue f ON f.id = c.value AND f.facet = ANY(%s)
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
_TOTAL: Final = "SELECT count(*) FROM (SELECT 1 FROM agreements_searchentry WHERE {where} LIMIT {limit}) AS matched"
_TOTAL_OF_ALL: Final = "SELECT coalesce(sum(entries), 0) FROM agreements_facetvalue WHERE facet = 'kind'"
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


@dataclass(frozen=True)
class _Conditions:
    sql: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def where(self) -> str:
        return " AND ".join(self.sql) or "true"

    def having(self, sql: str, *values: Any) -> "_Conditions":
        return _Conditions((*self.sql, sql), (*self.values, *values))

    def below(self, place: Place) -> "_Conditions":
        return self.having("sort_key < %s", place.sort_key)

    def narrowed(self, chosen: dict[Facet, list[int]]) -> "_Conditions":
        """Any of a facet's values, of each facet."""
        conditions = self
        for numbers in chosen.values():
            conditions = conditions.having(f"facets {'@>' if len(numbers) == 1 else '&&'} %s::int[]", numbers)
        return conditions


@transaction.atomic
def find(query: Query, wanted: Wanted | None, *, size: int = PAGE, has_values: bool = True) -> Found:
    """The matches of a query; ``wanted`` are its words, ``None`` where it has none; ``size`` of them a page.

    Without ``has_values`` the values of facets are not counted, which takes most of the time.
    """
    _plan()
    known = _chosen_values(query)
    chosen = _numbers(query, known)
    words, looked_at = _of_words(wanted)
    is_all = wanted is None and not query.chosen
    narrowed = words.narrowed(chosen)
    total, values = _counted(narrowed, chosen, is_all=is_all) if has_values else (_total(narrowed, is_all=is_all), {})
    # What else could be chosen of a facet: as if nothing of it were.
    for facet, _keys in query.chosen if has_values else ():
        others = {one: numbers for one, numbers in chosen.items() if one != facet}
        is_all = wanted is None and not others
        _of_others, alone = _counted(words.narrowed(others), chosen, is_all=is_all, only=facet)
        values[facet] = alone.get(facet, ())
    page = _page(query, wanted, narrowed, is_common=total > COUNTED, size=size) if total else []
    is_ranked = query.sort is Sort.RELEVANCE and wanted is not None
    return Found(
        total=min(total, COUNTED),
        is_least=total > COUNTED,
        page=tuple(page[:size]),
        next=page[size - 1] if len(page) > size else None,
        ranked=RANKED if is_ranked and total > RANKED else None,
        looked_at=looked_at,
        values=values,
        names={value: row.name for value, row in known.items()},
        unknown=tuple((facet, key) for facet, keys in query.chosen for key in keys if (facet, key) not in known),
    )


def _chosen_values(query: Query) -> dict[tuple[Facet, str], FacetValue]:
    """The rows of the values that are chosen, where there are any."""
    keys = {key for _facet, keys in query.chosen for key in keys}
    rows = FacetValue.objects.filter(key__in=keys) if keys else ()
    return {(Facet(row.facet), row.key): row for row in rows}


def _numbers(query: Query, known: dict[tuple[Facet, str], FacetValue]) -> dict[Facet, list[int]]:
    """The numbers of the chosen values that are known, a facet by itself."""
    return {facet: [known[facet, key].pk for key in keys if (facet, key) in known] for facet, keys in query.chosen}


@transaction.atomic
def _of_words(wanted: Wanted | None) -> tuple[_Conditions, int | None]:
    """The condition that the words make, and in how many agreements it was looked for their row, where not in all.

    Whether words stand in a row is not in the index: each vector must be looked at. So that is done once, and only for
    the newest agreements where very many have the words.
    """
    if wanted is None:
        return _Conditions((), ()), None
    if not wanted.in_any_order:
        return _Conditions((), ()).having("vector @@ %s::tsquery", wanted.tsquery), None
    _plan()
    have_words = _Conditions((), ()).having("vector @@ %s::tsquery", wanted.in_any_order)
    everything = _estimated(_Conditions((), ()))
    newest = LOOKED_AT * everything // max(1, _estimated(have_words))
    sql = "SELECT sort_key FROM agreements_searchentry ORDER BY sort_key DESC OFFSET %s LIMIT 1"
    oldest = _rows(sql, [max(0, newest - 1)]) if newest < everything else []
    since = oldest[0][0] if oldest else 0
    # Few have to be passed by on the way along the date index, or only those that have the words are looked at.
    way = _Conditions((), ()).having("sort_key >= %s", since) if newest < 2 * LOOKED_AT and since else have_words
    in_row = way.having("CASE WHEN sort_key >= %s THEN vector @@ %s::tsquery END", since, wanted.tsquery)
    keys = _rows(f"SELECT sort_key FROM agreements_searchentry WHERE {in_row.where}", in_row.values)  # noqa: S608
    found = _Conditions((), ()).having("sort_key = ANY(%s::bigint[])", [key for (key,) in keys])
    return found, LOOKED_AT if since else None


def _counted(
    conditions: _Conditions, chosen: dict[Facet, list[int]], *, is_all: bool, only: Facet | None = None
) -> tuple[int, dict[Facet, tuple[Counted, ...]]]:
    """How many match, up to one more than are counted, and the most frequent values of each facet, or of one."""
    if is_all:
        sql = _COUNT_OF_ALL.format(order=_ORDER.format(entries="f.entries"), shown=SHOWN_VALUES)
    else:
        order = _ORDER.format(entries="c.entries")
        value = f"facets[{PLACES_IN_ENTRY[only]}]" if only in PLACES_IN_ENTRY else "unnest(facets)"
        sql = _COUNT.format(where=conditions.where, value=value, order=order, limit=COUNTED + 1, shown=SHOWN_VALUES)
    asked = [only] if only else list(Facet)
    first, *rows = _rows(sql, () if is_all else (*conditions.values, [str(one) for one in asked]))
    total = int(first[-2] or 0)
    is_least = total > COUNTED and not is_all
    picked = {number for numbers in chosen.values() for number in numbers}
    values: dict[Facet, tuple[Counted, ...]] = {}
    for label, key, number, en, ar, ckb, entries, _place in rows:
        facet, name = Facet(label), LocalisedText(en=en or None, ar=ar or None, ckb=ckb or None)
        one = Counted(facet, key, number, name, entries, number in picked, is_least)
        values[facet] = (*values.get(facet, ()), one)
    return min(total, COUNTED + 1), values


def _total(conditions: _Conditions, *, is_all: bool) -> int:
    """How many match, up to one more than are counted."""
    sql = _TOTAL.format(where=conditions.where, limit=COUNTED + 1)
    [[total]] = _rows(_TOTAL_OF_ALL) if is_all else _rows(sql, conditions.values)
    return min(int(total), COUNTED + 1)


def _page(query: Query, wanted: Wanted | None, conditions: _Conditions, *, is_common: bool, size: int) -> list[Place]:
    """One entry more than a page has, so that it is known whether another follows.

    Few matches are collected and sorted; many are met soon enough on the way along the date index. PostgreSQL
    would take that way for few as well, and pass by nearly everything.
    """
    after = query.after
    if query.sort is Sort.DATE or wanted is None:
        if after is not None:
            conditions = conditions.below(after)
        sql = _NEWEST.format(source=_source(conditions, "sort_key", is_common), limit=size + 1)
        return _places(_rows(sql, conditions.values))
    if is_common:
        is_common = _is_quicker_by_date(conditions)
    place = "(rank, sort_key) < (%s::real, %s)" if after else "true"
    sql = _RANKED.format(
        source=_source(conditions, "sort_key, vector", is_common), ranked=RANKED, place=place, limit=size + 1
    )
    begin = (after.rank, after.sort_key) if after else ()
    return _places(_rows(sql, (*conditions.values, wanted.tsquery, *begin)))


def matching_keys(query: Query, wanted: Wanted | None) -> Iterator[list[int]]:
    """The sort keys of all matches, newest first, so many at a time, for readers of all of them.

    As many as are counted are collected at once; of more, part after part is met along the date index.
    """
    words, _looked_at = _of_words(wanted)
    conditions = words.narrowed(_numbers(query, _chosen_values(query)))
    few = _keys(conditions, is_common=False, limit=COUNTED + 1)
    if len(few) <= COUNTED:
        yield from (few[start : start + AT_ONCE] for start in range(0, len(few), AT_ONCE))
        return
    before = Place(few[0] + 1)
    while keys := _keys(conditions.below(before), is_common=True, limit=AT_ONCE):
        yield keys
        before = Place(keys[-1])


@transaction.atomic
def _keys(conditions: _Conditions, *, is_common: bool, limit: int) -> list[int]:
    _plan()
    sql = _NEWEST.format(source=_source(conditions, "sort_key", is_common), limit=limit)
    return [sort_key for _rank, sort_key in _rows(sql, conditions.values)]


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


def _rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())
