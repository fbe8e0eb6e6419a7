"""CSV files: their encoding and delimiter found out, their rows read one by one.

The encodings are those that spreadsheets write here: UTF-8, UTF-16 ("Unicode text"), and the Windows code pages for
Arabic and for Western Europe. They can be told apart by rule; a library that guesses among a hundred may take a
short Arabic file for another alphabet, so what is found is shown with the first rows, and can be chosen otherwise.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from agreements.intake.errors import Flaw, Unreadable
from agreements.intake.sheets import MAX_CELL, Sheet, SheetRow

ENCODINGS: Final = ("utf-8", "utf-16", "windows-1256", "windows-1252")
DELIMITERS: Final = (",", ";", "\t", "|")

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK: Final = 1024 * 1024
_SNIFFED_ROWS: Final = 30
_HINT: Final = "sep="
_ARABIC: Final = ("\u0600", "\u06ff")

csv.field_size_limit(MAX_CELL)


def open_delimited(file: BinaryIO, *, encoding: str = "", delimiter: str = "") -> Sheet:
    """Open a CSV file.

    Raises:
        Unreadable: it is no text, or none in that encoding.
    """
    found = encoding or _encoding_of(file)
    delimiter = delimiter or _delimiter_of(file, found)
    return Sheet("csv", lambda: _rows(file, found, delimiter), encoding=found, delimiter=delimiter)


def _rows(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[SheetRow]:
    text = _text(file, encoding)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    number, width, last = 0, 0, 0
    try:
        for cells in reader:
            if number == 0 and width == 0 and len(cells) <= 2 and cells and cells[0].startswith(_HINT):
                continue  # Excel's own hint of the delimiter, which it does not show as a row
            if any("\0" in cell for cell in cells):
                raise Unreadable(Flaw.BINARY)
            number += 1
            width = max(width, len(cells))
            last = len(cells)
            yield SheetRow(number, tuple(cells))
    except UnicodeDecodeError as error:
        raise Unreadable(Flaw.CUT if _is_at_end(error) else Flaw.ENCODING, encoding=encoding) from error
    except csv.Error as error:
        raise _flaw_of(error, number + 1) from error
    finally:
        text.detach()
    # Spreadsheets give every row all its delimiters: a last one that has fewer and no end of line was cut off.
    if number > 1 and last < width and _ends_open(file):
        raise Unreadable(Flaw.CUT, row=number)


def _text(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    file.seek(0)
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    return io.TextIOWrapper(
        io.BufferedReader(_Held(file, is_wide=encoding.startswith("utf-16"))), encoding=name, newline=""
    )


class _Held(io.RawIOBase):
    """The file as a stream that stays open when the text around it is done with."""

    def __init__(self, file: BinaryIO, *, is_wide: bool) -> None:
        self._file = file
        self._is_wide = is_wide

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io's own stubs say Buffer
        found = self._file.read(len(buffer))
        if b"\0" in found and not self._is_wide:
            raise Unreadable(Flaw.BINARY)
        buffer[: len(found)] = found
        return len(found)


def _is_wide(some: bytes) -> bool:
    """Whether zeros stand in every other place only, and often: UTF-16 of Latin letters, digits and delimiters."""
    zeros = max(some[0::2].count(0), some[1::2].count(0))
    others = min(some[0::2].count(0), some[1::2].count(0))
    return zeros * 40 >= len(some) and others * 20 <= zeros


def _encoding_of(file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(4096)
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    if b"\0" in start:
        if not _is_wide(start):
            raise Unreadable(Flaw.BINARY)
        return "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"
    return "utf-8" if _is_utf_8(file) else _code_page_of(file)


def _is_utf_8(file: BinaryIO) -> bool:
    """Whether all of it is, but for a character that the end cuts in two: that is said when it is read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _code_page_of(file: BinaryIO) -> str:
    file.seek(0)
    letters = [sign for sign in file.read(_CHUNK).decode("windows-1256", "replace") if sign > "\x7f"]
    arabic = sum(_ARABIC[0] <= sign <= _ARABIC[1] for sign in letters)
    return "windows-1256" if arabic * 2 > len(letters) else "windows-1252"


def _delimiter_of(file: BinaryIO, encoding: str) -> str:
    """The one that parts the first rows into the most columns alike."""
    text = _text(file, encoding)
    lines = []
    try:
        for _number in range(_SNIFFED_ROWS):
            line = text.readline(MAX_CELL)
            if not line:
                break
            lines.append(line)
    except UnicodeDecodeError as error:
        raise Unreadable(Flaw.CUT if _is_at_end(error) else Flaw.ENCODING, encoding=encoding) from error
    finally:
        text.detach()
    if lines and lines[0].startswith(_HINT) and lines[0][4:5] in DELIMITERS:
        return lines[0][4]
    return max(DELIMITERS, key=lambda one: _fitness(lines, one))


def _fitness(lines: list[str], delimiter: str) -> tuple[int, int]:
    widths: list[int] = []
    try:
        widths.extend(len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells)
    except csv.Error:
        return 0, 0
    if not widths or widths[0] == 1:
        return 0, 0
    return sum(width == widths[0] for width in widths), widths[0]


def _ends_open(file: BinaryIO) -> bool:
    """Whether the last line has no end."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 2))
    return not file.read(2).strip(b"\0").endswith((b"\n", b"\r"))


def _is_at_end(error: UnicodeDecodeError) -> bool:
    return error.reason in ("unexpected end of data", "truncated data")


def _flaw_of(error: csv.Error, row: int) -> Unreadable:
    said = str(error)
    if "field larger" in said:
        return Unreadable(Flaw.LONG_CELL, row=row, limit=MAX_CELL)
    if "unexpected end" in said:
        return Unreadable(Flaw.CUT, row=row)
    return Unreadable(Flaw.BINARY if "NUL" in said else Flaw.QUOTES, row=row)
