"""How many agreements match, and how many of them have which values of which facets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Final

from agreements.search.conditions import Chosen, Conditions, estimated, rows_of
from agreements.search.facets import PLACES_IN_ENTRY
from agreements.search.models import Facet
from agreements.vocabulary.languages import LocalisedText

SHOWN_VALUES: Final = 30

_A_PASS: Final = 0.1
"""How many rows are read in the time in which the index goes past one entry that has the words."""
_SPARE: Final = 1.25

_COUNT: Final = """
    WITH scanned AS {kept} (SELECT {columns} FROM agreements_searchentry WHERE {where} LIMIT %s),
    counted AS MATERIALIZED ({scopes}),
    valued AS (
        SELECT f.facet, f.key, f.id, f.name_en, f.name_ar, f.name_ckb, sum(c.entries) AS entries
        FROM counted c JOIN agreements_facetvalue f ON f.id = c.value AND c.scope IN ('', f.facet)
        WHERE f.facet = ANY(%s) GROUP BY f.id
    ),
    ordered AS (
        SELECT *, row_number() OVER (PARTITION BY facet ORDER BY {order}) AS place FROM valued
    )
    SELECT '' AS facet, '' AS key, {read} AS id, '' AS name_en, '', '', {total} AS entries, 0 AS place
    UNION ALL
    SELECT * FROM ordered WHERE place <= {shown}
    ORDER BY facet, place
"""
_SCOPE: Final = """
    SELECT '{scope}'::text AS scope, value, count(*) AS entries
    FROM (SELECT {value} AS value FROM (SELECT facets FROM scanned WHERE {where} LIMIT %s) AS found OFFSET 0) AS listed
    GROUP BY value
"""
_OF_KINDS: Final = """(
    SELECT sum(c.entries) FROM counted c JOIN agreements_facetvalue f ON f.id = c.value AND f.facet = 'kind'
    WHERE c.scope = ''
)"""
"""Every entry has one kind, so their sum is the number of entries."""
_OF_VALUES: Final = "(SELECT sum(entries) FROM counted)"

_COUNT_OF_ALL: Final = """
    WITH ordered AS (
        SELECT facet, key, id, name_en, name_ar, name_ckb, entries,
               row_number() OVER (PARTITION BY facet ORDER BY {order}) AS place
        FROM agreements_facetvalue WHERE entries > 0
    )
    SELECT '' AS facet, '' AS key, 0 AS id, '' AS name_en, '', '', sum(entries) AS entries, 0 AS place
    FROM agreements_facetvalue WHERE facet = 'kind'
    UNION ALL
    SELECT * FROM ordered WHERE place <= {shown}
    ORDER BY facet, place
"""
_TOTAL: Final = "SELECT count(*) FROM (SELECT 1 FROM agreements_searchentry WHERE {where} LIMIT {limit}) AS matched"
_TOTAL_OF_ALL: Final = "SELECT coalesce(sum(entries), 0) FROM agreements_facetvalue WHERE facet = 'kind'"
_ORDER: Final = "CASE facet WHEN 'year' THEN key END DESC, entries DESC, key"


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
class Counts:
    """``total`` is at most one more than were to be counted."""

    total: int
    values: dict[Facet, tuple[Counted, ...]]


def count_matches(words: Conditions, chosen: tuple[Chosen, ...], *, at_most: int) -> Counts:
    """The matches and the most frequent values of each facet; of a facet of which values are chosen, as if none were.

    Nothing is looked at beyond one more than ``at_most`` matches.
    """
    loose = _loose(words, chosen, at_most)
    tight = tuple(one for one in chosen if one not in loose)
    counts = _counted(words.narrowed(tight), chosen, loose=loose, at_most=at_most)
    if counts is None:  # more were read than expected, and fewer of them match
        loose, tight = (), chosen
        counts = _counted(words.narrowed(tight), chosen, at_most=at_most)
    found = counts or Counts(0, {})
    for one in tight:
        others = tuple(other for other in chosen if other != one)
        alone = _counted(words.narrowed(others), chosen, only=one.facet, at_most=at_most)
        found.values[one.facet] = alone.values.get(one.facet, ()) if alone else ()
    return found


def count_only(words: Conditions, chosen: tuple[Chosen, ...], *, at_most: int) -> Counts:
    """The same without the values of facets."""
    conditions = words.narrowed(chosen)
    [[total]] = rows_of(
        _TOTAL.format(where=conditions.where, limit=at_most + 1) if conditions.sql else _TOTAL_OF_ALL, conditions.values
    )
    return Counts(min(int(total), at_most + 1), {})


def _loose(words: Conditions, chosen: tuple[Chosen, ...], at_most: int) -> tuple[Chosen, ...]:
    """The facets that are looked up in rows, because the rows more that this takes are fewer than a pass is worth.

    Something must be left to ask the index for.
    """
    if not (words.sql and chosen) and len(chosen) < 2:
        return ()
    a_pass = at_most + (_A_PASS * estimated(words) if words.sql else 0)
    read, found = at_most + 1, list[Chosen]()
    for one in sorted(chosen, key=lambda one: -one.share):
        more = _to_read([*found, one], at_most)
        if more - read > a_pass or not (words.sql or len(found) + 1 < len(chosen)):
            break
        read = more
        found.append(one)
    return tuple(found)


def _to_read(loose: Sequence[Chosen], at_most: int) -> int:
    """How many rows hold enough matches, and some to spare, if these facets are spread evenly."""
    return int((at_most + 1) / max(prod(one.share for one in loose), 1e-9) * _SPARE) if loose else at_most + 1


def _counted(
    conditions: Conditions,
    chosen: tuple[Chosen, ...],
    *,
    at_most: int,
    loose: tuple[Chosen, ...] = (),
    only: Facet | None = None,
) -> Counts | None:
    """What the conditions and the loose facets leave; ``None`` where the rows that were read don't tell how many."""
    if not conditions.sql:
        [(*_, total, _place), *rows] = rows_of(_COUNT_OF_ALL.format(order=_ORDER, shown=SHOWN_VALUES))
        return Counts(min(int(total or 0), at_most + 1), _values(rows, chosen, least=()))
    read_most = _to_read(loose, at_most)
    numbers = [list(one.numbers) for one in loose]
    limits = [at_most + 1, *(read_most for _one in loose)]
    asked = [str(facet) for facet in ([only] if only else Facet)]
    first, *rows = rows_of(_sql(conditions, loose, only), [*numbers, *conditions.values, read_most, *limits, asked])
    total, is_cut = int(first[6] or 0), first[2] >= read_most
    if is_cut and total <= at_most:
        return None
    least = set(Facet) if total > at_most else {one.facet for one in loose if is_cut}
    return Counts(total, _values(rows, chosen, least=least))


def _sql(conditions: Conditions, loose: tuple[Chosen, ...], only: Facet | None) -> str:
    return _COUNT.format(
        kept="MATERIALIZED" if loose else "",
        columns=", ".join(["facets", *(f"{one.sql} AS has_{one.facet}" for one in loose)]),
        where=conditions.where,
        scopes=" UNION ALL ".join(_scopes(loose, only)),
        read="(SELECT count(*) FROM scanned)" if loose else "0",
        total=_OF_VALUES if only in PLACES_IN_ENTRY else _OF_KINDS,
        order=_ORDER,
        shown=SHOWN_VALUES,
    )


def _scopes(loose: tuple[Chosen, ...], only: Facet | None) -> Iterable[str]:
    """The matches, and for each loose facet what would match as well if nothing of it were chosen."""
    all_hold = " AND ".join(f"has_{one.facet}" for one in loose) or "true"
    yield _SCOPE.format(scope="", value=_value(only), where=all_hold)
    for one in loose:
        others = "".join(f" AND has_{other.facet}" for other in loose if other != one)
        yield _SCOPE.format(scope=one.facet, value=_value(one.facet), where=f"NOT has_{one.facet}{others}")


def _value(facet: Facet | None) -> str:
    return f"facets[{PLACES_IN_ENTRY[facet]}]" if facet in PLACES_IN_ENTRY else "unnest(facets)"


def _values(
    rows: Iterable[tuple[Any, ...]], chosen: tuple[Chosen, ...], *, least: Iterable[Facet]
) -> dict[Facet, tuple[Counted, ...]]:
    picked = {number for one in chosen for number in one.numbers}
    values: dict[Facet, list[Counted]] = {}
    for label, key, number, en, ar, ckb, entries, _place in rows:
        facet, name = Facet(label), LocalisedText(en=en or None, ar=ar or None, ckb=ckb or None)
        one = Counted(facet, key, number, name, int(entries), number in picked, facet in least)
        values.setdefault(facet, []).append(one)
    return {facet: tuple(found) for facet, found in values.items()}
