"""XLSX files, read by openpyxl row by row; nothing is computed, fetched or run.

A workbook is a ZIP archive: what its directory says of sizes is looked at before anything is unpacked, and Python's
zipfile gives no more than it says. XML with entities of its own is refused by defusedxml.
"""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from lxml.etree import XMLSyntaxError
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from agreements.intake.errors import Flaw, Unreadable
from agreements.intake.sheets import MAX_COLUMNS, MAX_ROWS, Cell, Formula, Sheet, SheetDate, SheetRow
from agreements.vocabulary.dates import Precision

MAX_MEMBERS: Final = 2_000
MAX_UNPACKED_BYTES: Final = 400 * 1024**2
MAX_STRINGS_BYTES: Final = 120 * 1024**2
"""Of the table of texts, the one part that is held in memory."""

MAX_RATIO: Final = 200
_LARGE: Final = 10 * 1024**2
"""The ratio counts from here on: small members that repeat themselves shrink as much, and do no harm."""

_STRINGS: Final = "xl/sharedstrings.xml"
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, ParseError, XMLSyntaxError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, OSError,
)  # fmt: skip
"""What openpyxl raises, by experience, of files that are no whole workbooks."""

_LONGEST_NAME: Final = 100
"""Three times what Excel allows a sheet."""

_LAST_ROW: Final = 1_048_576


def open_workbook(file: BinaryIO, *, sheet: str = "") -> Sheet:
    """Open one sheet of a workbook.

    Raises:
        Unreadable: it is no workbook, would unpack to too much, or is damaged.
    """
    _look_before_unpacking(file)
    book = _load(file)
    sheets = {str(one.title)[:_LONGEST_NAME]: one for one in book.worksheets}
    chosen = sheets.get(sheet) if sheet else next(iter(sheets.values()), None)
    if chosen is None:
        raise Unreadable(Flaw.NO_SHEET, sheet=sheet)
    is_1904 = book.epoch == CALENDAR_MAC_1904
    return Sheet(
        "xlsx", lambda: _rows(chosen), sheets=tuple(sheets), sheet=str(chosen.title)[:_LONGEST_NAME], is_1904=is_1904
    )


def _look_before_unpacking(file: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(Flaw.CUT) from error
    names = {member.filename.lower() for member in members}
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable(Flaw.OTHER_KIND)
    unpacked = sum(member.file_size for member in members)
    is_dense = any(one.file_size > _LARGE and one.file_size > MAX_RATIO * one.compress_size for one in members)
    strings = sum(member.file_size for member in members if member.filename.lower() == _STRINGS)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES or strings > MAX_STRINGS_BYTES or is_dense:
        raise Unreadable(Flaw.BOMB, limit=MAX_UNPACKED_BYTES // 1024**2)


def _load(file: BinaryIO) -> Any:
    try:
        # Links to other workbooks are left alone, and formulas come as formulas: a value that was kept beside one
        # may be older than what it is worked out from.
        return load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except _DAMAGE as error:
        raise Unreadable(Flaw.ENTITIES if _has_entities(error) else Flaw.DAMAGED) from error


def _rows(worksheet: Any) -> Iterator[SheetRow]:
    worksheet.reset_dimensions()  # what the file says of its own size may be wrong
    try:
        for number, cells in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
            if number > _LAST_ROW:
                raise Unreadable(Flaw.TOO_MANY_ROWS, limit=MAX_ROWS)
            yield SheetRow(number, _without_tail([_cell(cell) for cell in cells]))
    except _DAMAGE as error:
        raise Unreadable(Flaw.ENTITIES if _has_entities(error) else Flaw.DAMAGED) from error


def _has_entities(error: BaseException | None) -> bool:
    """Whether defusedxml refused the file, however deep below the error that openpyxl makes of it."""
    while error is not None and not isinstance(error, DefusedXmlException):
        error = error.__cause__ or error.__context__
    return error is not None


def _without_tail(cells: list[Cell]) -> tuple[Cell, ...]:
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None or isinstance(value, (str, bool, int, float)):
        if cell.data_type == "f":
            return Formula(str(value))
        return value
    if isinstance(value, datetime):
        return SheetDate(value.date(), _precision(cell.number_format))
    if isinstance(value, date):
        return SheetDate(value, _precision(cell.number_format))
    if cell.data_type == "f":  # formulas over several cells are objects
        return Formula(str(getattr(value, "text", "=")))
    return str(value)


def _precision(shown_as: str) -> Precision:
    """What a format such as ``mmm-yy`` shows of a date."""
    letters = shown_as.lower()
    if "d" in letters or ("m" not in letters and "y" not in letters):
        return Precision.DAY
    return Precision.MONTH if "m" in letters else Precision.YEAR
