"""Refusals in words: what is wrong, and how to mend it; each in the active language, or in all three to be kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.formats.words import write_number
from agreements.intake.errors import CellFlaw, CellRefused, Flaw, RowFlaw, Unreadable
from agreements.vocabulary.languages import LANGUAGES, Language

_FILE: Final[dict[Flaw, str | Promise]] = {
    Flaw.EMPTY: _("This file is empty: choose another one."),
    Flaw.TOO_LARGE: _("This file is larger than %(limit)s MB: split it, or leave out pictures."),
    Flaw.OTHER_KIND: _("This is no table: save it as CSV or as an Excel workbook (.xlsx), and send that."),
    Flaw.OLD_OR_LOCKED: _(
        "This is an old Excel file (.xls), or one behind a password: open it, and save it as an Excel workbook "
        "(.xlsx) without a password."
    ),
    Flaw.CUT: _("This file ends in the middle, as if it was not copied to its end: send the whole file."),
    Flaw.BOMB: _(
        "This file would unpack to far more than a table needs (more than %(limit)s MB, or many times its own size), "
        "so it was not opened: copy the table into a new workbook, and send that."
    ),
    Flaw.ENTITIES: _("This file holds XML with definitions of its own, which no spreadsheet writes: it was not read."),
    Flaw.DAMAGED: _("This file is damaged: open it in a spreadsheet, save it anew as .xlsx, and send that."),
    Flaw.ENCODING: _(
        "These bytes are no text in the encoding %(encoding)s: choose another encoding, or save the file as "
        "“CSV UTF-8”."
    ),
    Flaw.BINARY: _("This is no text and no workbook: save the table as CSV or as .xlsx, and send that."),
    Flaw.QUOTES: _(
        "Row %(row)s has a quotation mark where no cell ends: write quotation marks inside a cell twice, or save the "
        "file anew from a spreadsheet."
    ),
    Flaw.LONG_CELL: _("Row %(row)s has a cell of more than %(limit)s characters: is a quotation mark not closed?"),
    Flaw.TOO_MANY_ROWS: _("There are more than %(limit)s rows: split the file."),
    Flaw.TOO_MANY_COLUMNS: _("There are more than %(limit)s columns: leave out those that are not needed."),
    Flaw.NO_SHEET: _("The workbook has no sheet of this name: choose another one."),
    Flaw.NO_HEADINGS: _("The row of the headings is empty: choose the row that names the columns."),
    Flaw.NO_ROWS: _("There are headings, but no rows below them."),
    Flaw.COLUMNS_CHANGED: _("The file has none of the columns that were chosen: choose them anew."),
    Flaw.GONE: _("The file is erased already: send it again."),
}

_CELL: Final[dict[CellFlaw, str | Promise]] = {
    CellFlaw.FORMULA: _("This is a formula, and formulas are not worked out here: paste it as a value."),
    CellFlaw.ERROR_VALUE: _("The spreadsheet says “%(found)s” here: mend the formula, or leave the cell empty."),
    CellFlaw.DAMAGED_LETTERS: _("Letters of this text were lost when the file was made: type it anew."),
    CellFlaw.DATE: _("“%(found)s” is no date: write it as 2021-02-05 or 05/02/2021, or 2021-02 or 2021."),
    CellFlaw.DATE_TWO_DIGITS: _("“%(found)s” does not tell the century: write the year with four digits."),
    CellFlaw.DATE_NO_DAY: _("The calendar has no “%(found)s”: correct the day or the month."),
    CellFlaw.DATE_ORDER: _(
        "“%(found)s” has its day and its month the other way round than chosen for this file: write it as "
        "year-month-day."
    ),
    CellFlaw.SERIAL_RANGE: _("The number %(found)s is no date: write the date as 2021-02-05."),
    CellFlaw.CODE: _("“%(found)s” is not on the list: write one of these: %(known)s."),
    CellFlaw.WHOLE_NUMBER: _("“%(found)s” is no whole number: write it in digits only."),
    CellFlaw.AMOUNT: _("“%(found)s” is no amount: write it as 250000.00, with the currency in its own column."),
    CellFlaw.CURRENCY: _("“%(found)s” is no currency: write its three letters, such as USD or IQD."),
    CellFlaw.REGISTER_NUMBER: _("“%(found)s” is no register number: write it as MOC-0001, or leave it empty."),
    CellFlaw.REFERENCE_LONG: _("A reference has %(limit)s characters at most: shorten it."),
}

_ROW: Final[dict[RowFlaw, str | Promise]] = {
    RowFlaw.NO_SUCH_NUMBER: _("The register has no %(number)s: correct it, or leave it empty for a new agreement."),
    RowFlaw.REPEATED: _(
        "Row %(row)s is the same agreement and says something else: keep one of the two, or give them references "
        "of their own."
    ),
    RowFlaw.NAME_UNDECIDED: _(
        "“%(name)s” is close to names that are known: decide which it is under “Names that are not known”."
    ),
    RowFlaw.NO_SUCH_PLACE: _("The register has no place “%(name)s”: add it under “Places”, or correct the name."),
    RowFlaw.NO_SUCH_FRAMEWORK: _(
        "The register has no framework “%(name)s”: add it under “Frameworks”, or correct the name."
    ),
    RowFlaw.NO_TITLE: _("The title is missing: write it in at least one language."),
    RowFlaw.NO_KIND: _("The kind of agreement is missing: write it, or choose one kind for the whole file."),
    RowFlaw.DATES_CONTRADICT: _("“%(second)s” can’t be right beside “%(first)s”: correct one of the two dates."),
    RowFlaw.ONE_FUNDER: _("An amount belongs to one funder, and this row has %(count)s: leave the amount empty."),
    RowFlaw.RULE: _("This can't be kept beside what is already recorded (%(rule)s): change it and try again."),
    RowFlaw.CHANGED_MEANWHILE: _("The register was changed since this was checked: check the file again."),
    RowFlaw.REFERENCE_TAKEN: _("The reference %(reference)s belongs to %(number)s: correct one of the two."),
}


@dataclass(frozen=True)
class Refusal:
    """Why a row is refused: in which cell, for which field, and in words of each language."""

    place: str
    target: str
    texts: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        return {"place": self.place, "target": self.target, "texts": dict(self.texts)}


def flaw_in_words(flaw: str, details: Mapping[str, str | int]) -> str:
    """What is wrong with a file, in the active language."""
    return str(_FILE[Flaw(flaw)]) % _written(details)


def explain_unreadable(error: Unreadable) -> str:
    return flaw_in_words(error.flaw, error.details)


def refused_cell(error: CellRefused, *, place: str, target: str) -> Refusal:
    return Refusal(place, target, in_all_languages(lambda: str(_CELL[error.flaw]) % _written(error.details)))


def refused_row(flaw: RowFlaw, *, place: str = "", target: str = "", **details: Any) -> Refusal:
    """The details may be translated lazily: each language has them in its words."""
    return Refusal(place, target, in_all_languages(lambda: str(_ROW[flaw]) % _written(details)))


def refused_by_rule(check: Callable[[], object], *, place: str, target: str) -> Refusal:
    """What a check of the register's own says when it is made anew in each language."""
    return Refusal(place, target, in_all_languages(lambda: _said_by(check)))


def said(say: Callable[[], str], *, place: str, target: str) -> Refusal:
    return Refusal(place, target, in_all_languages(say))


def in_all_languages(say: Callable[[], str]) -> dict[str, str]:
    """What a function says in each language, called while that language is the active one."""
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            texts[str(language)] = say()
    return texts


def _said_by(check: Callable[[], object]) -> str:
    try:
        check()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _written(details: Mapping[str, Any]) -> dict[str, str]:
    """Numbers in the reader's digits; words of the file isolated, because they may run the other way (UAX 9, 2.4)."""
    language = cast(Language, get_language() or "en")
    return {
        name: write_number(value, language) if isinstance(value, int) else f"\u2068{value}\u2069"
        for name, value in details.items()
    }
