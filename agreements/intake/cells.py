"""Cells as values: texts, codes, whole numbers, amounts, lists. What a cell can't mean is refused with the reason."""

import re
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Final

from django.db.models import TextChoices
from django.utils import translation

from agreements.intake.cell_dates import plain_digits
from agreements.intake.errors import CellFlaw, CellRefused
from agreements.intake.sheets import Cell, Formula, SheetDate
from agreements.search.analysers import words_of
from agreements.vocabulary.kinds import AgreementKind
from agreements.vocabulary.languages import ENDONYMS, LANGUAGES

_ERROR_VALUES: Final = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_LIST: Final = re.compile(r"[;\u061B\n\r]+")
_WHOLE: Final = re.compile(r"\d{1,9}(?:\.0+)?", re.ASCII)
_FIGURE: Final = r"(\d{1,3}(?:[,.\u066C' ]\d{3})+|\d+)(?:[.,\u066B](\d{1,2}))?"
_AMOUNT: Final = re.compile(rf"(?:([A-Za-z]{{3}})\s*)?{_FIGURE}(?:\s*([A-Za-z]{{3}}))?", re.ASCII)
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_MAX_DIGITS: Final = 16
_LONGEST: Final = 60
_ROUNDING: Final = 1e-6
"""What binary fractions are off by; more is a third decimal, which money does not have."""


_ABBREVIATIONS: Final[dict[type[TextChoices], dict[str, str]]] = {
    AgreementKind: {
        "mou": AgreementKind.MEMORANDUM_OF_UNDERSTANDING,
        "moc": AgreementKind.MEMORANDUM_OF_COOPERATION,
        "loi": AgreementKind.LETTER_OF_INTENT,
    },
}
_UNDISCLOSED: Final = {"undisclosed", "غير معلن", "ڕانەگەیەنراو", "confidential"}


def read_text(cell: Cell) -> str:
    """What a cell says, as text: numbers as they are counted, dates as ISO 8601; empty where it says nothing.

    Raises:
        CellRefused: a formula, an error value, or letters that an earlier program has lost.
    """
    match cell:
        case None:
            return ""
        case Formula():
            raise CellRefused(CellFlaw.FORMULA)
        case SheetDate():
            return cell.iso
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case int():
            return str(cell)
    text = cell.strip()
    if text.upper() in _ERROR_VALUES:
        raise CellRefused(CellFlaw.ERROR_VALUE, found=text)
    if text.startswith("="):
        raise CellRefused(CellFlaw.FORMULA)
    if "\ufffd" in text or "\0" in text:
        raise CellRefused(CellFlaw.DAMAGED_LETTERS)
    return text


def read_list(cell: Cell) -> tuple[str, ...]:
    """The parts of a cell that lists several, between semicolons (; or ؛) or lines; each once."""
    parts = (" ".join(part.split()) for part in _LIST.split(read_text(cell)))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_code(cell: Cell, choices: type[TextChoices]) -> str:
    """A code of a closed list, from the code itself or its label in any of the three languages.

    Raises:
        CellRefused: nothing of the list is called so; the details name what there is.
    """
    text = read_text(cell)
    if not text:
        return ""
    found = _codes(choices).get(key_of(text))
    if found is None:
        known = ", ".join(str(value) for value in choices.values)
        raise CellRefused(CellFlaw.CODE, found=text[:60], known=known)
    return found


def read_language(cell: Cell) -> str:
    """One of the register's languages, from its code or its own name."""
    text = read_text(cell)
    if not text:
        return ""
    names = {key_of(name): code for code, name in ENDONYMS.items()} | {code: code for code in LANGUAGES}
    names |= {"arabic": "ar", "kurdish": "ckb", "sorani": "ckb", "ku": "ckb", "ar": "ar"}
    found = names.get(key_of(text))
    if found is None:
        raise CellRefused(CellFlaw.CODE, found=text[:60], known=", ".join(LANGUAGES))
    return found


def read_whole(cell: Cell) -> int | None:
    """A whole number, also one that is kept as text."""
    text = plain_digits(read_text(cell))
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise CellRefused(CellFlaw.WHOLE_NUMBER, found=text[:40])
    return int(float(text))


def read_amount(cell: Cell) -> tuple[Decimal | None, str, bool]:
    """An amount, the currency that stands beside it (or ""), and whether the cell says that it is not disclosed.

    Figures may be grouped in either way, because money has two decimals at most: "1.250" is a thousand and more.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_number(cell), "", False
    text = plain_digits(read_text(cell))
    if not text:
        return None, "", False
    if text.casefold() in _UNDISCLOSED:
        return None, "", True
    found = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise CellRefused(CellFlaw.AMOUNT, found=text[:40])
    whole = re.sub(r"\D", "", found[2])
    if len(whole) > _MAX_DIGITS:
        raise CellRefused(CellFlaw.AMOUNT, found=text[:40])
    return Decimal(f"{whole}.{found[3] or '00'}"), (found[1] or found[4] or "").upper(), False


def _of_number(number: float) -> Decimal:
    is_amount = isfinite(number) and 0 <= number < 10**_MAX_DIGITS
    amount = Decimal(str(number)).quantize(Decimal("0.01")) if is_amount else Decimal(0)
    if not is_amount or abs(float(amount) - number) > _ROUNDING:
        raise CellRefused(CellFlaw.AMOUNT, found=f"{number}"[:40])
    return amount


def read_currency(cell: Cell) -> str:
    text = read_text(cell).upper()
    if text and not _CURRENCY.fullmatch(text):
        raise CellRefused(CellFlaw.CURRENCY, found=text[:20])
    return text


def key_of(text: str) -> str:
    """What two spellings have in common that differ in case, marks, letters of the same sound, or punctuation."""
    return " ".join(word.folded for word in words_of(text)) or text.strip().casefold()


@cache
def _codes(choices: type[TextChoices]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        with translation.override(language):
            found |= {key_of(str(one.label)): str(one.value) for one in choices}
    found |= {key_of(str(value)): str(value) for value in choices.values}
    found |= {key_of(str(value).replace("_", " ")): str(value) for value in choices.values}
    return found | {name: str(code) for name, code in _ABBREVIATIONS.get(choices, {}).items()}
