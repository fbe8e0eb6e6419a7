"""Tables of the register as files have them: what a column is, what stands in it, and how CSV writes it."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from django.utils.functional import Promise

from agreements.editions.content import AgreementContent
from agreements.editions.models import Edition
from agreements.formats.licence import Licence
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.languages import LANGUAGES, LocalisedText

BYTE_ORDER_MARK: Final = "\ufeff"
"""Spreadsheets take a CSV file for UTF-8 only with it, and show Arabic letters wrongly without."""

SEPARATOR: Final = "; "
"""Between several values of one cell; each of them also has a row of its own in another table."""

_BEGIN_A_FORMULA: Final = "=+-@\t\r\n"
_PIECE_CHARACTERS: Final = 32_768
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)

Cell = str | int | bool
Type = Literal["string", "integer", "number", "boolean", "date", "datetime", "time"]
"""Types of the Table Schema; a partial date is a string."""


@dataclass(frozen=True)
class Published:
    """An edition with its content (or some fields of it), and what a file says about all of them alike.

    ``as_of`` is the day in Baghdad that legal statuses are of; ``origin`` is the portal's public address.
    """

    edition: Edition
    content: AgreementContent
    as_of: date
    origin: str
    licence: Licence | None


@dataclass(frozen=True)
class Column:
    """A column: ``value`` makes its cell of an edition and the part of it that the row is about.

    ``values`` are the codes that may stand in it, where it has codes.
    """

    name: str
    type: Type
    description: str
    value: Callable[[Published, Any], Cell]
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table with a row for each of an edition's ``parts``; its ``title`` is translated late.

    ``fields`` are those of the content contract that it reads (see ``reader_of``), ``key`` the columns that tell its
    rows apart.
    """

    name: str
    title: Promise
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    fields: tuple[str, ...]
    parts: Callable[[AgreementContent], Iterable[Any]]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    def rows(self, of: Published) -> Iterator[list[Cell]]:
        values = [column.value for column in self.columns]
        for part in self.parts(of.content):
            yield [value(of, part) for value in values]


def csv_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula (OWASP, CSV Injection): an apostrophe in front."""
    return f"'{text}" if text and text[0] in _BEGIN_A_FORMULA else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), with a byte order mark and without formulas."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(header)
    for row in rows:
        # Most cells of most rows are empty; a call for each of them took a twentieth of the time.
        yield writer.writerow([cell if cell == "" else _written(cell) for cell in row])


def in_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines in pieces of some size: each piece sent costs more than a line."""
    kept: list[str] = []
    length = 0
    for line in lines:
        kept.append(line)
        length += len(line)
        if length >= _PIECE_CHARACTERS:
            yield "".join(kept).encode()
            kept.clear()
            length = 0
    yield "".join(kept).encode()


def text_columns(name: str, description: str, value: Callable[[Published, Any], LocalisedText]) -> tuple[Column, ...]:
    """A column for each language of a text; empty where it is not written in that one."""

    def of(language: str) -> Callable[[Published, Any], Cell]:
        return lambda published, part: getattr(value(published, part), language) or ""

    words = {"en": "in English", "ar": "in Arabic", "ckb": "in Central Kurdish"}
    return tuple(
        Column(f"{name}_{language}", "string", f"{description}, {words[language]}", of(language))
        for language in LANGUAGES
    )


def date_columns(name: str, description: str, value: Callable[[Any], PartialDate]) -> tuple[Column, ...]:
    """A date as far as it is known, and how far that is."""
    return (
        Column(name, "string", f"{description}: 2021, 2021-02 or 2021-02-05; empty where not stated",
               lambda _of, part: value(part).value or ""),
        Column(f"{name}_precision", "string", "How far that date is known",
               lambda _of, part: value(part).precision.value, ("day", "month", "year", "not_stated")),
    )  # fmt: skip


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return csv_cell(cell) if cell and cell[0] in _BEGIN_A_FORMULA and not _NUMBER.fullmatch(cell) else cell
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


class _Echo:
    """What ``csv.writer`` writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line
