"""Register numbers: opaque, given once, never reused."""

import re
from typing import Final

from django.db import connection

REGISTER_NUMBER_PATTERN: Final = r"^MOC-[0-9]{4,}$"
SEQUENCE: Final = "agreements_register_number"

FARTHEST_NUMBER: Final = 1_000_000
"""A number from elsewhere is kept up to here; the sequence is led past it step by step."""


def next_register_number() -> str:
    """The next free number, such as "MOC-0001".

    It comes from a PostgreSQL sequence, which no rollback or deletion turns back: a number may
    stay unused, but it never names two agreements.
    """
    return next_register_numbers(1)[0]


def next_register_numbers(count: int) -> list[str]:
    """So many numbers at once, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [SEQUENCE, count])
        return [f"MOC-{number:04d}" for (number,) in cursor.fetchall()]


def is_within_reach(register_number: str) -> bool:
    """Whether a number from elsewhere, which may be any text, has the register's form and is small enough to keep."""
    digits = register_number.removeprefix("MOC-")
    has_form = re.fullmatch(REGISTER_NUMBER_PATTERN, register_number, re.ASCII) is not None
    return has_form and len(digits) <= len(str(FARTHEST_NUMBER)) and int(digits) <= FARTHEST_NUMBER


def is_ahead(register_number: str) -> bool:
    """Whether the sequence has not come to this number yet, so that nobody was ever given it here."""
    return int(register_number.partition("-")[2]) > _last_given()


def pass_number(register_number: str) -> None:
    """Lead the sequence past a number that is taken over from elsewhere, so that it is never given again.

    Step by step: the serving role may draw from the sequence, but not set it.
    """
    missing = int(register_number.partition("-")[2]) - _last_given()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(nextval(%s)) FROM generate_series(1, %s)", [SEQUENCE, missing])


def _last_given() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {SEQUENCE}")  # noqa: S608  # ours
        (number,) = cursor.fetchone()
    return int(number)
