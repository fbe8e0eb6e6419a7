"""The map of places: Iraq and its rim, a mark a place, words beside the marks. Pure; drawn by ``components/_map.html``.

How to use it, on any page or PDF::

    map = draw_map(places, language=language, address_of=lambda place_id: f"#place-{place_id}")
    {% include "components/_map.html" with map=map id="places-map" title="…" only %}

``places`` are those of the content contract or of ``reference.places`` (whatever has ``id``, ``name``,
``latitude``, ``longitude`` and ``precision``), in the order of the table that the page must show beside the
map. ``map.rows`` are the same places in the same order, each with its ``mark`` (``mark.number`` belongs into
the table) or ``None`` where it can't be drawn; ``map.marks`` is empty where none can: then the partial shows
nothing. ``address_of`` says where a mark leads (a row, a page of the place); without it marks are no links.

Marks say how far a point can be trusted by their shape: full is exact, hollow is approximate or a town's,
a diamond is not verified. A narrow drawing and a PDF show numbers beside the marks, a wide one the names that
find room. The map is never mirrored: west is left in every language. An SVG with links is a group to screen
readers, not an image: what is inside an image can't be reached.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar

from agreements.formats.map_labels import Box, Label, Lettering, box_of_word, place_labels
from agreements.formats.projection import Sheet, on_sheet, sheet
from agreements.formats.words import in_digits_of, write_country
from agreements.vocabulary.kinds import CoordinatePrecision
from agreements.vocabulary.languages import DIRECTIONS, Direction, Language, LocalisedText, TextIn

_MOST_WORDS: Final = 60
"""More words than that can't be told apart: beyond it, marks stand without."""

_NAMES: Final = (7.4, 4.2)
_NUMBERS: Final = (13.0, 5.2)
"""Size of letters and radius of marks, in units of the sheet: a wide drawing has more pixels a unit."""

_COUNTRY: Final = 7.6
"""The size of the neighbours' names."""

_COUNTRIES: Final = {
    "TR": (41.3, 37.55), "SY": (39.9, 35.9), "IR": (47.3, 35.1), "JO": (38.6, 31.35), "SA": (41.1, 30.1),
    "KW": (47.55, 29.35),
}  # fmt: skip
"""Where the neighbours' names stand, in degrees."""


class Locatable(Protocol):
    """A place of the content contract, or one that the portal ships with."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> LocalisedText: ...
    @property
    def latitude(self) -> str | None: ...
    @property
    def longitude(self) -> str | None: ...
    @property
    def precision(self) -> CoordinatePrecision: ...


P = TypeVar("P", bound=Locatable)


class MarkShape(StrEnum):
    FULL = "full"
    HOLLOW = "hollow"
    DIAMOND = "diamond"


@dataclass(frozen=True)
class Mark:
    """A place on the sheet; ``address`` is where it leads, empty where nowhere."""

    number: int
    id: str
    name: TextIn | None
    precision: CoordinatePrecision
    shape: MarkShape
    x: float
    y: float
    address: str
    name_label: Label | None
    number_label: Label | None


@dataclass(frozen=True)
class Row(Generic[P]):
    """A place as given, with its mark; ``is_outside`` where its coordinates lie beyond the sheet."""

    place: P
    mark: Mark | None
    is_outside: bool


@dataclass(frozen=True)
class PlaceMap(Generic[P]):
    sheet: Sheet
    language: Language
    rows: tuple[Row[P], ...]
    countries: tuple[Label, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The drawn ones, in the order of the table."""
        return tuple(row.mark for row in self.rows if row.mark)

    @property
    def has_links(self) -> bool:
        return any(mark.address for mark in self.marks)

    @property
    def direction(self) -> Direction:
        """The way its words are read; the drawing itself has none."""
        return DIRECTIONS[self.language]

    @property
    def without_coordinates(self) -> tuple[P, ...]:
        return tuple(row.place for row in self.rows if row.mark is None and not row.is_outside)

    @property
    def outside(self) -> tuple[P, ...]:
        return tuple(row.place for row in self.rows if row.is_outside)

    @property
    def shapes(self) -> tuple[MarkShape, ...]:
        """The shapes that the legend has to explain."""
        return tuple(shape for shape in MarkShape if any(mark.shape is shape for mark in self.marks))


def draw_map(places: Iterable[P], *, language: Language, address_of: Callable[[str], str] | None = None) -> PlaceMap[P]:
    """The map of these places for a reader of a language; see the top of this module.

    Names that the language does not have stand in another one. Needs time that grows with the square of
    the number of places; the largest that is drawn in a blink is some hundreds.
    """
    given = list(places)
    points = [_point(place) for place in given]
    drawn = [(place, on_sheet(*point)) for place, point in zip(given, points, strict=True) if point]
    marks = _marks([(place, point) for place, point in drawn if point], language, address_of)
    return PlaceMap(
        sheet=sheet(),
        language=language,
        rows=tuple(
            Row(place, marks.get(place.id), is_outside=bool(point) and place.id not in marks)
            for place, point in zip(given, points, strict=True)
        ),
        countries=_countries(language),
    )


def can_be_drawn(place: Locatable) -> bool:
    """Whether a place has coordinates that lie on the map."""
    point = _point(place)
    return point is not None and on_sheet(*point) is not None


def _point(place: Locatable) -> tuple[float, float] | None:
    if place.longitude is None or place.latitude is None:
        return None
    try:
        return float(place.longitude), float(place.latitude)
    except ValueError:
        return None


def _marks(
    drawn: Sequence[tuple[P, tuple[float, float]]], language: Language, address_of: Callable[[str], str] | None
) -> dict[str, Mark]:
    names = [place.name.best(language) for place, _point in drawn]
    words = [_short(name.text) if name else "" for name in names]
    beside = [box_of_word(one.text, one.x, one.y, size=_COUNTRY) for one in _countries(language)]
    name_labels = _labels(words, drawn, _NAMES, language, beside=beside)
    numbers = [in_digits_of(str(number), language) for number in range(1, len(drawn) + 1)]
    number_labels = _labels(numbers, drawn, _NUMBERS, language, must=True)
    return {
        place.id: Mark(
            number=number,
            id=place.id,
            name=names[number - 1],
            precision=place.precision,
            shape=_shape(place.precision),
            x=round(x, 1),
            y=round(y, 1),
            address=address_of(place.id) if address_of else "",
            name_label=name_labels[number - 1],
            number_label=number_labels[number - 1],
        )
        for number, (place, (x, y)) in enumerate(drawn, start=1)
    }


def _labels(
    words: Sequence[str],
    drawn: Sequence[tuple[P, tuple[float, float]]],
    size_and_radius: tuple[float, float],
    language: Language,
    *,
    beside: Sequence[Box] = (),
    must: bool = False,
) -> list[Label | None]:
    if len(words) > _MOST_WORDS:
        return [None] * len(words)
    size, radius = size_and_radius
    direction: Direction = "ltr" if must else DIRECTIONS[language]  # numbers are read so in every language
    lettering = Lettering(size, radius, direction, sheet().width, sheet().height)
    wanted = [(word, x, y) for word, (_place, (x, y)) in zip(words, drawn, strict=True)]
    return place_labels(wanted, lettering, beside=beside, must=must)


def _short(name: str) -> str:
    """What stands in brackets is for the table: "Umm Qasr (North, Middle, South ports)"."""
    return re.sub(r"\s*\([^()]*\)", "", name).strip() or name


def _shape(precision: CoordinatePrecision) -> MarkShape:
    if precision is CoordinatePrecision.EXACT:
        return MarkShape.FULL
    return MarkShape.DIAMOND if precision is CoordinatePrecision.UNVERIFIED else MarkShape.HOLLOW


def _countries(language: Language) -> tuple[Label, ...]:
    placed = [(write_country(code, language), on_sheet(*point)) for code, point in _COUNTRIES.items()]
    return tuple(_within_sheet(text, *point) for text, point in placed if point)


def _within_sheet(text: str, x: float, y: float) -> Label:
    half = x - box_of_word(text, x, y, size=_COUNTRY).left + 2
    return Label(text, round(max(half, min(x, sheet().width - half)), 1), round(y, 1), "middle")
