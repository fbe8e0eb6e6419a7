"""What must hold for an entry to be found, as SQL, and how PostgreSQL is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Sum

from agreements.search.models import Facet, FacetValue
from agreements.search.query import Query

_WIDESPREAD: Final = 0.75

_PLAN: Final = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
"""PostgreSQL does not know that a look at a vector, which lies apart from its row, costs a hundred looks at rows: it
would read them all for a common word, where the index has the answer."""


@dataclass(frozen=True)
class Chosen:
    """The values that are chosen of a facet, by their numbers; ``share`` is about which part of all entries has one."""

    facet: Facet
    keys: tuple[str, ...]
    numbers: tuple[int, ...]
    share: float

    @property
    def sql(self) -> str:
        return f"facets {'@>' if len(self.numbers) == 1 else '&&'} %s::int[]"


@dataclass(frozen=True)
class Conditions:
    """All of them must hold; ``values`` are what stands in them, in order."""

    sql: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()

    @property
    def where(self) -> str:
        return " AND ".join(self.sql) or "true"

    def having(self, sql: str, *values: Any) -> "Conditions":
        return Conditions((*self.sql, sql), (*self.values, *values))

    def narrowed(self, chosen: Iterable[Chosen]) -> "Conditions":
        """Any of a facet's values, of each facet.

        Of values that nearly all entries have, the index would give nearly all: those are looked up in the rows.
        """
        conditions = self
        for one in chosen:
            sql = f"({one.sql}) IS TRUE" if one.share >= _WIDESPREAD else one.sql
            conditions = conditions.having(sql, list(one.numbers))
        return conditions


def known_values(query: Query) -> dict[tuple[Facet, str], FacetValue]:
    """The rows of the values that are chosen, where there are any."""
    keys = {key for _facet, keys in query.chosen for key in keys}
    rows = FacetValue.objects.filter(key__in=keys) if keys else ()
    return {(Facet(row.facet), row.key): row for row in rows}


def chosen_values(query: Query, known: dict[tuple[Facet, str], FacetValue]) -> tuple[Chosen, ...]:
    """The chosen values of each facet, without those that are not known."""
    if not query.chosen:
        return ()
    everything = FacetValue.objects.filter(facet=Facet.KIND).aggregate(sum=Sum("entries"))["sum"] or 1
    found = []
    for facet, keys in query.chosen:
        rows = [known[facet, key] for key in keys if (facet, key) in known]
        share = sum(row.entries for row in rows) / everything
        found.append(Chosen(facet, keys, tuple(row.pk for row in rows), min(1.0, share)))
    return tuple(found)


def plan_for_vectors() -> None:
    """For the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_PLAN)


def rows_of(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def estimated(conditions: Conditions) -> int:
    """How many entries PostgreSQL guesses that the conditions hold for."""
    sql = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM agreements_searchentry WHERE {conditions.where}"  # noqa: S608
    [[plan]] = rows_of(sql, conditions.values)
    return int(plan[0]["Plan"]["Plan Rows"])
