"""Dates as people write them in cells, read as partial dates; what could mean two things is refused, not guessed.

The day comes before the month, as it does in Iraq and in most of the world, unless the mapping says otherwise. A bare
number of four digits is a year; of five, a day as Excel counts them. Excel's 29 February 1900, which never was, makes
its numbers below 61 one off: they would be years here anyway.
"""

import re
from functools import cache
from math import isfinite
from typing import Final

from babel import Locale
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from agreements.intake.errors import CellFlaw, CellRefused
from agreements.intake.sheets import Cell, Formula, SheetDate
from agreements.search.analysers import fold
from agreements.vocabulary.dates import InvalidPartialDate, PartialDate
from agreements.vocabulary.texts import DIRECTION_MARKS

_SERIALS: Final = range(10_000, 73_051)
"""Days of 1927 to 2100; smaller numbers are years, larger ones mistakes."""

_YEARS: Final = range(1_000, 10_000)
_LONGEST: Final = 60
_SHOWN: Final = 40
_SEPARATOR: Final = r"\s*[-/.\u2013\u060C\u066B]\s*"
_TIME: Final = re.compile(
    r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[AP]M|[+-]\d{2}:?\d{2})?$", re.ASCII | re.IGNORECASE
)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_SERIAL: Final = re.compile(r"\d{5}(\.\d+)?", re.ASCII)
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})(?:{_SEPARATOR}(\d{{1,2}}))?", re.ASCII)
_YEAR_LAST: Final = re.compile(rf"(?:(\d{{1,2}}){_SEPARATOR})?(\d{{1,2}}){_SEPARATOR}(\d{{4}})", re.ASCII)
_TWO_DIGITS: Final = re.compile(rf"\d{{1,2}}{_SEPARATOR}\d{{1,2}}{_SEPARATOR}\d{{2}}", re.ASCII)
_NAMED: Final = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+)?([^\W\d]+[^\d,،]*?)[\s\-/.,،]+(\d{4})", re.IGNORECASE
)
_NAMED_FIRST: Final = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_LOCALES: Final = ("en", "ar", "ar_IQ", "ckb")
_ABSENT: Final = {"", "-", "–", "—", "?", "n/a", "na", "unknown", "not stated", "غير مذكور", "نەوتراوە"}


def read_date(cell: Cell, *, month_first: bool = False, is_1904: bool = False) -> str | None:
    """A cell as a partial date in ISO 8601; ``None`` where it says nothing.

    Raises:
        CellRefused: it is no date, or the year has two digits only.
    """
    if cell is None or (isinstance(cell, str) and cell.strip().casefold() in _ABSENT):
        return None
    if isinstance(cell, Formula):
        raise CellRefused(CellFlaw.FORMULA)
    if isinstance(cell, SheetDate):
        return cell.iso
    if isinstance(cell, bool):
        raise CellRefused(CellFlaw.DATE, found=str(cell))
    if isinstance(cell, int | float):
        return _of_number(cell, is_1904=is_1904)
    return _of_text(plain_digits(cell), month_first=month_first)


def plain_digits(text: str) -> str:
    """Digits of any script as 0–9; marks of direction dropped, and blanks made one."""
    digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    return " ".join(re.sub(f"[{DIRECTION_MARKS}]", "", digits).split())


def _of_number(number: float, *, is_1904: bool) -> str:
    if number in _YEARS:
        return f"{int(number)}"
    if not isfinite(number) or int(number) not in _SERIALS:
        raise CellRefused(CellFlaw.SERIAL_RANGE, found=f"{number:g}")
    epoch = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
    return str(from_excel(int(number), epoch).date().isoformat())


def _of_text(text: str, *, month_first: bool) -> str:
    if len(text) > _LONGEST:
        raise CellRefused(CellFlaw.DATE, found=f"{text[:_SHOWN]}…")
    text = _TIME.sub("", text).strip()
    if _YEAR.fullmatch(text):
        return _checked(text, text)
    if _SERIAL.fullmatch(text):
        return _of_number(float(text), is_1904=False)
    if found := _YEAR_FIRST.fullmatch(text):
        return _dated(text, found[1], found[2], found[3])
    if found := _YEAR_LAST.fullmatch(text):
        day, month = (found[2], found[1]) if month_first and found[1] else (found[1], found[2])
        if int(month) > 12 and day and int(day) <= 12:  # months of a year
            raise CellRefused(CellFlaw.DATE_ORDER, found=text, order="month" if month_first else "day")
        return _dated(text, found[3], month, day)
    if _TWO_DIGITS.fullmatch(text):
        raise CellRefused(CellFlaw.DATE_TWO_DIGITS, found=text)
    return _of_names(text)


def _of_names(text: str) -> str:
    named = _NAMED.fullmatch(text)
    first = None if named else _NAMED_FIRST.fullmatch(text)
    day, name, year = (
        (named[1], named[2], named[3]) if named else (first[2], first[1], first[3]) if first else ("", "", "")
    )
    month = _months().get(_folded(name))
    if month is None:
        raise CellRefused(CellFlaw.DATE, found=text[:_SHOWN])
    return _dated(text, year, str(month), day)


def _dated(text: str, year: str, month: str, day: str | None) -> str:
    return _checked(text, "-".join((year, month.zfill(2), *([day.zfill(2)] if day else []))))


def _checked(text: str, iso: str) -> str:
    try:
        PartialDate.parse(iso)
    except InvalidPartialDate as error:
        raise CellRefused(CellFlaw.DATE_NO_DAY, found=text[:_SHOWN]) from error
    return iso


def _folded(name: str) -> str:
    return " ".join(fold(word) for word in name.replace(".", " ").split())


@cache
def _months() -> dict[str, int]:
    """Months by their folded names, long and short, in the languages of the register; Arabic has two sets."""
    found: dict[str, int] = {"sept": 9}
    for tag in _LOCALES:
        for width in ("wide", "abbreviated"):
            for number, name in Locale.parse(tag).months["format"][width].items():
                found.setdefault(_folded(name), number)
    return found
