"""Why a file, a cell or an act of importing can be refused; codes and data, which ``words.py`` puts into sentences."""

from enum import StrEnum


class IntakeError(Exception):
    """Base of what an import refuses."""


class Flaw(StrEnum):
    """What is wrong with a whole file."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    OLD_OR_LOCKED = "old_or_locked"
    CUT = "cut"
    BOMB = "bomb"
    ENTITIES = "entities"
    DAMAGED = "damaged"
    ENCODING = "encoding"
    BINARY = "binary"
    QUOTES = "quotes"
    LONG_CELL = "long_cell"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NO_SHEET = "no_sheet"
    NO_HEADINGS = "no_headings"
    NO_ROWS = "no_rows"
    COLUMNS_CHANGED = "columns_changed"
    GONE = "gone"


class Unreadable(IntakeError):
    """The file can't be read as a table; nothing of it is used."""

    def __init__(self, flaw: Flaw, **details: str | int) -> None:
        super().__init__(f"{flaw} {details}" if details else flaw)
        self.flaw = flaw
        self.details = details


class CellFlaw(StrEnum):
    """What is wrong with one cell."""

    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    DAMAGED_LETTERS = "damaged_letters"
    DATE = "date"
    DATE_TWO_DIGITS = "date_two_digits"
    DATE_NO_DAY = "date_no_day"
    DATE_ORDER = "date_order"
    SERIAL_RANGE = "serial_range"
    CODE = "code"
    WHOLE_NUMBER = "whole_number"
    AMOUNT = "amount"
    CURRENCY = "currency"
    REGISTER_NUMBER = "register_number"
    REFERENCE_LONG = "reference_long"


class CellRefused(IntakeError):
    """A cell says nothing that its field can hold."""

    def __init__(self, flaw: CellFlaw, **details: str | int) -> None:
        super().__init__(f"{flaw} {details}" if details else flaw)
        self.flaw = flaw
        self.details = details


class RowFlaw(StrEnum):
    """What is wrong with a row, held against the register and the rest of the file."""

    NO_SUCH_NUMBER = "no_such_number"
    REPEATED = "repeated"
    NAME_UNDECIDED = "name_undecided"
    NO_SUCH_PLACE = "no_such_place"
    NO_SUCH_FRAMEWORK = "no_such_framework"
    NO_TITLE = "no_title"
    NO_KIND = "no_kind"
    DATES_CONTRADICT = "dates_contradict"
    ONE_FUNDER = "one_funder"
    RULE = "rule"
    CHANGED_MEANWHILE = "changed_meanwhile"
    REFERENCE_TAKEN = "reference_taken"


class NotNow(IntakeError):
    """The import is not in a state that this act starts from; ``state`` is what it is in."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class RowsRefused(IntakeError):
    """All or nothing was asked for, and rows can't be imported; nothing was."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} rows")
        self.count = count


class MappingInvalid(IntakeError):
    """The file is no mapping that the portal has written; ``why`` is for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
