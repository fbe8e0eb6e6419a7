"""The maps of the directories: each mark leads to the page of its place."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from agreements.editions.content import Place
from agreements.formats.map import PlaceMap, Row, draw_map
from agreements.search.directories import PlaceLine
from agreements.vocabulary.languages import Language


def places_map(lines: Iterable[PlaceLine], language: Language) -> PlaceMap[Place]:
    """The map of these places, numbered in their order."""
    return draw_map(
        (line.place for line in lines), language=language, address_of=lambda key: reverse("site:place", args=[key])
    )


def with_marks(lines: Iterable[PlaceLine], rows: Iterator[Row[Place]]) -> list[tuple[PlaceLine, Row[Place]]]:
    """Lines of a table, each with its row of the map; ``rows`` goes on where the table before ended."""
    return [(line, next(rows)) for line in lines]
