"""Tables from files: rows of a CSV or XLSX file, one by one, whatever its size."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from agreements.intake.errors import Flaw, Unreadable
from agreements.vocabulary.dates import Precision

MAX_FILE_BYTES: Final = 60 * 1024**2
"""A little less than a request may hold (``moc_portal/bodies.py``)."""

MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 50_000
"""Characters: what the longest text of the register may have."""

PREVIEW_ROWS: Final = 8

FileKind = Literal["csv", "xlsx"]


@dataclass(frozen=True, slots=True)
class SheetDate:
    """A date of a workbook, as far as the cell shows it: "Feb 2021" is a whole date underneath."""

    value: date
    precision: Precision

    @property
    def iso(self) -> str:
        lengths = {Precision.YEAR: 4, Precision.MONTH: 7}
        return self.value.isoformat()[: lengths.get(self.precision, 10)]


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is worked out where the file is opened; nothing here computes it."""

    text: str


Cell = str | int | float | bool | SheetDate | Formula | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row by the number that a spreadsheet shows for it."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        return all(cell is None or cell == "" for cell in self.cells)

    def cell(self, column: int) -> Cell:
        """What stands in the column, counted from 0; nothing where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """A table that was opened.

    Attributes:
        encoding, delimiter: of a CSV file, as found or as asked for.
        sheets: the names of a workbook's sheets; ``sheet`` is the one that is read.
        is_1904: whether the workbook counts days from 1904, as old Macs did.
        read: gives the rows anew from the first, raising ``Unreadable`` where they can't be read on.
    """

    kind: FileKind
    read: Callable[[], Iterator[SheetRow]]
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    is_1904: bool = False

    def rows(self) -> Iterator[SheetRow]:
        """The rows that are not empty.

        Raises:
            Unreadable: more than ``MAX_ROWS`` of them or ``MAX_COLUMNS`` columns, or the file ends in the middle.
        """
        count = 0
        for row in self.read():
            if row.is_empty:
                continue
            count += 1
            if count > MAX_ROWS + 1:  # with the headings
                raise Unreadable(Flaw.TOO_MANY_ROWS, limit=MAX_ROWS)
            if any(cell not in (None, "") for cell in row.cells[MAX_COLUMNS:]):
                raise Unreadable(Flaw.TOO_MANY_COLUMNS, limit=MAX_COLUMNS)
            yield row


def column_letters(index: int) -> str:
    """What a spreadsheet calls a column, counted from 0: A, …, Z, AA, …"""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
