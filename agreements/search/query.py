"""What a reader asks for, read from an address and written back as one."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from agreements.search.errors import QueryTooLong, TooManyValues
from agreements.search.models import Facet

MAX_CHARACTERS: Final = 300
MAX_VALUES: Final = 20

_FACETS: Final = tuple(Facet)

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]+")
_PLACE: Final = re.compile(r"(?:(?P<rank>[0-9]\.?[0-9]{0,12}(?:e-[0-2]?[0-9])?)~)?(?P<key>[0-9]{1,18})", re.ASCII)


class Sort(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True)
class Place:
    """Where a page begins: after the entry with this sort key, and this rank where ranks order."""

    sort_key: int
    rank: str | None = None

    def __str__(self) -> str:
        return str(self.sort_key) if self.rank is None else f"{self.rank}~{self.sort_key}"


@dataclass(frozen=True)
class Query:
    """Words, what they are narrowed by (any of a facet's values, all of the facets), order, and where to begin."""

    words: str = ""
    chosen: tuple[tuple[Facet, tuple[str, ...]], ...] = ()
    sort: Sort = Sort.DATE
    after: Place | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen)

    def values(self, facet: Facet) -> tuple[str, ...]:
        return dict(self.chosen).get(facet, ())

    def with_words(self, words: str) -> "Query":
        return replace(self, words=words, after=None)

    def without_choices(self) -> "Query":
        return replace(self, chosen=(), after=None)

    def toggled(self, facet: Facet, key: str) -> "Query":
        """The query with this value chosen, or no longer."""
        now = self.values(facet)
        wanted = tuple(one for one in now if one != key) if key in now else (*now, key)
        chosen = dict(self.chosen) | {facet: wanted}
        kept = tuple((one, chosen[one]) for one in _FACETS if chosen.get(one))
        return replace(self, chosen=kept, after=None)

    def sorted_by(self, sort: Sort) -> "Query":
        return replace(self, sort=sort, after=None)

    def beginning(self, after: Place | None) -> "Query":
        return replace(self, after=after)

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of its address, in one order whatever order they were given in; nothing that is usual."""
        usual = Sort.RELEVANCE if self.words else Sort.DATE
        found = [("q", self.words)] if self.words else []
        found += [(str(facet), key) for facet, keys in self.chosen for key in keys]
        found += [("sort", str(self.sort))] if self.sort != usual else []
        return [*found, ("after", str(self.after))] if self.after else found

    def address(self, path: str = "") -> str:
        parameters = self.parameters()
        return f"{path}?{'&'.join(_parameter(*one) for one in parameters)}" if parameters else path


@lru_cache(maxsize=10_000)
def _parameter(name: str, value: str) -> str:
    """A page has 150 addresses, nearly all of the same parameters."""
    return urlencode([(name, value)])


def parse_query(parameters: QueryDict) -> Query:
    """Read the parameters of an address; what can't be a place or an order counts as not given.

    Raises:
        QueryTooLong: more than ``MAX_CHARACTERS`` of words.
        TooManyValues: more than ``MAX_VALUES`` of one facet.
    """
    words = " ".join(_clean(parameters.get("q", "")).split())
    if len(words) > MAX_CHARACTERS:
        raise QueryTooLong(MAX_CHARACTERS)
    chosen = []
    for facet in Facet:
        keys = tuple(dict.fromkeys(key for key in map(_clean, parameters.getlist(facet)) if key))
        if len(keys) > MAX_VALUES:
            raise TooManyValues(MAX_VALUES)
        if keys:
            chosen.append((facet, keys))
    by_date = not words or parameters.get("sort") == Sort.DATE
    sort = Sort.DATE if by_date else Sort.RELEVANCE
    return Query(words, tuple(chosen), sort, _place(parameters.get("after", ""), sort))


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text[: 40 * MAX_CHARACTERS]).strip()


def _place(text: str, sort: Sort) -> Place | None:
    found = _PLACE.fullmatch(text)
    if found is None or (found["rank"] is not None) != (sort is Sort.RELEVANCE):
        return None
    return Place(int(found["key"]), found["rank"])
