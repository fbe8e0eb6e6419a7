"""Everything that a record says in words, in two languages side by side.

The walk follows the content contract, so that no text is left out, whatever field it is in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from agreements.editions.content import AgreementContent, Part
from agreements.editions.differences import SECTIONS
from agreements.formats.difference_labels import SECTION_LABELS, label_of
from agreements.vocabulary.kinds import TextStanding
from agreements.vocabulary.languages import DIRECTIONS, ENDONYMS, LANGUAGES, Direction, Language, LocalisedText


@dataclass(frozen=True)
class Column:
    """One of the two languages; ``standing`` is what the agreement's text in it is worth, where that is stated."""

    language: Language
    standing: TextStanding | None

    @property
    def direction(self) -> Direction:
        return DIRECTIONS[self.language]

    @property
    def name(self) -> str:
        return ENDONYMS[self.language]


Columns = tuple[Column, Column]


@dataclass(frozen=True)
class Pair:
    """One text in the two languages, each beside its column; ``None`` where it has not been written."""

    label: str
    sides: tuple[tuple[Column, str | None], tuple[Column, str | None]]


@dataclass(frozen=True)
class Passage:
    """The texts of one section of the record, or of one part of it; ``number`` counts the parts of a list from 1."""

    heading: str
    number: int | None
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class SideBySide:
    """A record in two languages; ``missing`` counts the texts that each of them lacks."""

    columns: Columns
    passages: tuple[Passage, ...]
    missing: tuple[int, int]

    @property
    def sides(self) -> tuple[tuple[Column, int], tuple[Column, int]]:
        """Each column with the number of texts that it lacks."""
        return (self.columns[0], self.missing[0]), (self.columns[1], self.missing[1])


_INSIDE: Final = (
    "organization",
    "acting_through",
    "party",
    "bearer",
    "funder",
    "recipient",
    "place",
    "agency",
    "parent",
)
"""Fields whose part has a name that is told under the field's own label."""

_NAMES: Final = frozenset(("name", "title"))


def side_by_side(content: AgreementContent, one: Language, other: Language) -> SideBySide:
    """The record's texts, aligned part by part in the page's order, with labels in the active language."""
    columns = (Column(one, content.standing.of(one)), Column(other, content.standing.of(other)))
    passages = tuple(passage for section in SECTIONS for passage in _passages(content, section, columns))
    sides = [pair.sides for passage in passages for pair in passage.pairs]
    return SideBySide(
        columns=columns,
        passages=passages,
        missing=(sum(not first[1] for first, _second in sides), sum(not second[1] for _first, second in sides)),
    )


def language_pairs(content: AgreementContent) -> tuple[Columns, ...]:
    """The ways to choose two languages, in the register's order."""
    columns = [Column(language, content.standing.of(language)) for language in LANGUAGES]
    return tuple(combinations(columns, 2))


def _passages(content: AgreementContent, section: str, columns: Columns) -> Iterator[Passage]:
    heading = str(SECTION_LABELS[section])
    own: list[Pair] = []
    for field in SECTIONS[section]:
        value = getattr(content, field)
        if isinstance(value, LocalisedText):
            own += _pairs(label_of(AgreementContent, field), value, columns)
        elif isinstance(value, Part) and field == section:
            own += _texts(value, columns)
        elif isinstance(value, tuple):
            for number, part in enumerate(value, start=1):
                pairs = tuple(_texts(part, columns))
                if pairs:
                    yield Passage(heading, number if len(value) > 1 else None, pairs)
    if own:
        yield Passage(heading, None, tuple(own))


def _texts(part: Part, columns: Columns, prefix: str = "") -> Iterator[Pair]:
    """The texts of a part and of what hangs on it."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        label = prefix if prefix and name in _NAMES else label_of(type(part), name)
        if isinstance(value, LocalisedText):
            yield from _pairs(label, value, columns)
        elif isinstance(value, Part):
            yield from _texts(value, columns, prefix=label if name in _INSIDE else prefix)
        elif isinstance(value, tuple):
            for one in value:
                if isinstance(one, Part):
                    yield from _texts(one, columns, prefix=label)


def _pairs(label: str, text: LocalisedText, columns: Columns) -> list[Pair]:
    """Nothing where the text is not written in any language: then nothing is missing."""
    first, second = columns
    return [Pair(label, ((first, text.get(first.language)), (second, text.get(second.language))))] if text else []
