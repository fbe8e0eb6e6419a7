"""Rows of a table as what they say of agreements; cells that can't be read are refused by their place."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db.models import TextChoices

from agreements.intake.cell_dates import plain_digits, read_date
from agreements.intake.cells import (
    key_of,
    read_amount,
    read_code,
    read_currency,
    read_language,
    read_list,
    read_text,
    read_whole,
)
from agreements.intake.columns import DATE, ROLE, headings_of
from agreements.intake.errors import CellFlaw, CellRefused, Flaw, RowFlaw, Unreadable
from agreements.intake.incoming import AGREEMENT_TEXTS, IncomingAgreement, IncomingFunding
from agreements.intake.mapping import ColumnMapping, positions
from agreements.intake.sheets import Cell, Sheet, SheetRow, column_letters
from agreements.intake.words import Refusal, refused_cell, refused_row
from agreements.register.numbers import REGISTER_NUMBER_PATTERN
from agreements.vocabulary.kinds import (
    AgreementKind,
    DateKind,
    LegalCharacter,
    NoticeUnit,
    ParticipationRole,
    RenewalKind,
    TextStanding,
)
from agreements.vocabulary.languages import LANGUAGES

MAX_REFERENCE: Final = 300
_NUMBER: Final = re.compile(REGISTER_NUMBER_PATTERN)
_TEXTS: Final = {f"{stem}_{language}" for stem in AGREEMENT_TEXTS for language in LANGUAGES}
_CODES: Final[dict[str, type[TextChoices]]] = {
    "kind": AgreementKind,
    "legal_character": LegalCharacter,
    "standing_en": TextStanding,
    "standing_ar": TextStanding,
    "standing_ckb": TextStanding,
    "renewal_kind": RenewalKind,
    "notice_unit": NoticeUnit,
}
_WHOLE: Final = ("renewal_months", "notice_length", "review_months")


@dataclass(frozen=True)
class ReadRow:
    """What a row says, and what of it can't be read; with refusals the rest is incomplete."""

    incoming: IncomingAgreement
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Headings:
    """The headings of a table, and the number of their row."""

    names: tuple[str, ...]
    row: int


def find_headings(sheet: Sheet, *, row: int = 0) -> Headings:
    """The headings of a table.

    Args:
        row: as a spreadsheet numbers it; 0 is the first that is not empty.

    Raises:
        Unreadable: the row is empty, or the file can't be read so far.
    """
    for one in sheet.rows():
        if row in (0, one.number):
            return Headings(headings_of([_heading(cell) for cell in one.cells]), one.number)
        if one.number > row:
            break
    raise Unreadable(Flaw.NO_HEADINGS)


def read_rows(sheet: Sheet, mapping: ColumnMapping) -> Iterator[ReadRow]:
    """The rows below the headings, one by one.

    Raises:
        Unreadable: the file can't be read on, or has no column of the mapping.
    """
    headings = find_headings(sheet, row=mapping.heading_row)
    columns = positions(mapping, headings.names)
    if not columns:
        raise Unreadable(Flaw.COLUMNS_CHANGED)
    for row in sheet.rows():
        if row.number > headings.row:
            yield _Reader(row, columns, mapping, is_1904=sheet.is_1904).read()


def read_names(sheet: Sheet, mapping: ColumnMapping) -> Iterator[tuple[str, ...]]:
    """The organisations that each row names, and nothing else of it; cells that can't be read name none.

    Raises:
        Unreadable: as above.
    """
    headings = find_headings(sheet, row=mapping.heading_row)
    columns = positions(mapping, headings.names)
    if not columns:
        raise Unreadable(Flaw.COLUMNS_CHANGED)
    indexes = [index for code, found in columns.items() if code.startswith(ROLE) for index in found]
    for row in sheet.rows():
        if row.number > headings.row:
            yield tuple(dict.fromkeys(name for index in indexes for name in _names(row.cell(index))))


def _names(cell: Cell) -> tuple[str, ...]:
    try:
        return read_list(cell)
    except CellRefused:
        return ()


def _heading(cell: Any) -> str:
    try:
        return read_text(cell)
    except CellRefused:
        return ""


class _Reader:
    """One row while it is read."""

    def __init__(self, row: SheetRow, columns: dict[str, list[int]], mapping: ColumnMapping, *, is_1904: bool) -> None:
        self.row, self.columns, self.mapping, self.is_1904 = row, columns, mapping, is_1904
        self.refusals: list[Refusal] = []

    def read(self) -> ReadRow:
        texts = self._texts()
        values = self._values()
        dates = tuple(self._dates())
        participations = tuple(self._participations())
        number = self._register_number()
        incoming = IncomingAgreement(
            number=self.row.number,
            reference=self._reference() or ("" if number else _own_key(texts, values, dates, participations)),
            register_number=number,
            texts=texts,
            values=values,
            dates=dates,
            participations=participations,
            funding=tuple(self._funding(participations)),
            places=self._list("places"),
            frameworks=self._list("frameworks"),
            cells={code: self._place(code) for code in self.columns},
        )
        return ReadRow(incoming, tuple(self.refusals))

    def _place(self, code: str, index: int | None = None) -> str:
        column = self.columns[code][0] if index is None else index
        return f"{column_letters(column)}{self.row.number}"

    def _one(self, code: str, read: Callable[[Any], Any], nothing: Any = None) -> Any:
        """The value of a field's one column; ``nothing`` where there is none, or it is refused."""
        if code not in self.columns:
            return nothing
        try:
            return read(self.row.cell(self.columns[code][0]))
        except CellRefused as error:
            self.refusals.append(refused_cell(error, place=self._place(code), target=code))
            return nothing

    def _list(self, code: str) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for index in self.columns.get(code, ()):
            try:
                for part in read_list(self.row.cell(index)):
                    found.setdefault(key_of(part), part)
            except CellRefused as error:
                self.refusals.append(refused_cell(error, place=self._place(code, index), target=code))
        return tuple(found.values())

    def _texts(self) -> dict[str, str]:
        found = {code: self._one(code, read_text, "") for code in self.columns if code in _TEXTS}
        return {code: text for code, text in found.items() if text}

    def _values(self) -> dict[str, str | int]:
        found: dict[str, str | int | None] = {}
        for code in self.columns:
            if code in _CODES:
                found[code] = self._one(code, partial(read_code, choices=_CODES[code]))
            elif code in _WHOLE:
                found[code] = self._one(code, read_whole)
            elif code == "written_in":
                found[code] = self._one(code, read_language)
        return {code: value for code, value in found.items() if value not in (None, "")}  # type: ignore[misc]  # None is out

    def _date(self, code: str) -> str | None:
        found: str | None = self._one(
            code, lambda cell: read_date(cell, month_first=self.mapping.month_first, is_1904=self.is_1904)
        )
        return found

    def _dates(self) -> Iterator[tuple[DateKind, str]]:
        for code in self.columns:
            if code.startswith(DATE) and (date := self._date(code)):
                yield DateKind(code.removeprefix(DATE)), date

    def _participations(self) -> Iterator[tuple[ParticipationRole, str]]:
        for code in self.columns:
            if code.startswith(ROLE):
                for name in self._list(code):
                    yield ParticipationRole(code.removeprefix(ROLE)), name

    def _funding(self, participations: Sequence[tuple[ParticipationRole, str]]) -> Iterator[IncomingFunding]:
        amount, beside, is_undisclosed = self._one("amount", read_amount, (None, "", False))
        currency = self._one("currency", read_currency, "") or beside
        if amount is None and not is_undisclosed:
            return
        funders = [one for role, one in participations if role == ParticipationRole.FUNDER]
        if len(funders) != 1:
            place = self._place("amount")
            self.refusals.append(refused_row(RowFlaw.ONE_FUNDER, place=place, target="amount", count=len(funders)))
        elif amount is not None and not currency:
            error = CellRefused(CellFlaw.CURRENCY, found="")
            self.refusals.append(refused_cell(error, place=self._place("amount"), target="currency"))
        else:
            yield IncomingFunding(
                funders[0],
                amount,
                "" if is_undisclosed else currency,
                is_undisclosed,
                self._date("funding_start"),
                self._date("funding_end"),
            )

    def _register_number(self) -> str:
        text = plain_digits(self._one("register_number", read_text, "")).upper()
        if text and not _NUMBER.fullmatch(text):
            error = CellRefused(CellFlaw.REGISTER_NUMBER, found=text[:40])
            self.refusals.append(refused_cell(error, place=self._place("register_number"), target="register_number"))
            return ""
        return text

    def _reference(self) -> str:
        text = " ".join(self._one("reference", read_text, "").split())
        if len(text) > MAX_REFERENCE:
            error = CellRefused(CellFlaw.REFERENCE_LONG, limit=MAX_REFERENCE)
            self.refusals.append(refused_cell(error, place=self._place("reference"), target="reference"))
            return ""
        return text


def _own_key(texts: Any, values: Any, dates: Any, participations: Any) -> str:
    """What names a row that has no reference: its titles, kind, day of signature and parties."""
    titles = [key_of(texts.get(f"title_{language}", "")) for language in LANGUAGES]
    signed = [date for kind, date in dates if kind == DateKind.SIGNED]
    parties = sorted(key_of(name) for role, name in participations if role == ParticipationRole.PARTY)
    parts = "\n".join([*titles, str(values.get("kind", "")), *signed, *parties])
    return f"row:{hashlib.sha256(parts.encode()).hexdigest()[:40]}"
