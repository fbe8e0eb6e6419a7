"""Tables as XLSX (ECMA-376), sent while they are read.

openpyxl makes the workbook: its first sheet, header, widths and styles. The rows are put into the file as it is sent,
because openpyxl has nothing to send before the last row is written.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from agreements.formats.tables import Cell, in_pieces

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS: Final = 1_048_575
"""A sheet has no more, its header apart; nor has a cell more characters."""
MOST_CHARACTERS: Final = 32_767

_ROWS_OF: Final = "xl/worksheets/sheet2.xml"
_DIMENSION: Final = re.compile(r"<dimension [^>]*/>")
_WIDE, _MIDDLING, _NARROW = 48, 24, 14
_LARGE_ROWS: Final = 100_000
"""From here on the sheet might be larger than 2 GB, which takes an extension of ZIP that old programs don't read."""


def xlsx_pieces(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, about: Sequence[tuple[str, str]], at_most: int
) -> Iterator[bytes]:
    """A workbook of two sheets, in pieces: what it is, and the rows below a header that stays in sight.

    Texts are texts whatever they begin with, and cut where they are longer than a cell can hold; numbers are numbers.
    What is beyond the last row of a sheet is left out.

    Args:
        about: names and values for the first sheet.
        at_most: how many rows there may be.
    """
    template = _template(name, header, about)
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=3) as archive, ZipFile(template) as made:
        for member in made.namelist():
            if member != _ROWS_OF:
                archive.writestr(member, made.read(member))
        head, end = _DIMENSION.sub("", made.read(_ROWS_OF).decode()).split("</sheetData>")
        with archive.open(_ROWS_OF, "w", force_zip64=at_most > _LARGE_ROWS) as sheet:
            sheet.write(head.encode())
            for piece in in_pieces(_rows(islice(rows, MOST_ROWS), columns=len(header))):
                sheet.write(piece)
                yield from sink.taken()
            sheet.write(f"</sheetData>{end}".encode())
    yield from sink.taken()


def _template(name: str, header: Sequence[str], about: Sequence[tuple[str, str]]) -> io.BytesIO:
    book = Workbook(write_only=True)
    first = book.create_sheet("About")
    first.column_dimensions["A"].width, first.column_dimensions["B"].width = _MIDDLING, 2 * _WIDE
    for label, value in about:
        cells = [WriteOnlyCell(first, _plain(text)) for text in (label, value)]
        for cell in cells:
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        first.append(cells)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for place, column in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column)
    titles = [WriteOnlyCell(sheet, column) for column in header]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    made = io.BytesIO()
    book.save(made)
    return made


def _width(column: str) -> int:
    if column.startswith(("title", "summary", "description", "address")):
        return _WIDE
    return _MIDDLING if "_name_" in column or "_title_" in column else max(_NARROW, len(column) + 2)


def _rows(rows: Iterable[Sequence[Cell]], *, columns: int) -> Iterator[str]:
    letters = [get_column_letter(place) for place in range(1, columns + 1)]
    for number, row in enumerate(rows, start=2):
        cells = [_cell(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True) if value != ""]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Cell) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(_plain(value))}</t></is></c>'


def _plain(text: str) -> str:
    """Without what XML 1.0 has no place for, and no longer than a cell can hold."""
    text = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


class _Sink(io.RawIOBase):
    """What is written and not yet sent."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # a buffer, as ZipFile hands it on
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> Iterator[bytes]:
        """What has come since the last time."""
        pieces, self._pieces = self._pieces, []
        return iter(pieces)
