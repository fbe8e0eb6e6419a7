"""Register numbers: opaque, given once, never reused."""

from typing import Final

from django.db import connection

REGISTER_NUMBER_PATTERN: Final = r"^MOC-[0-9]{4,}$"
SEQUENCE: Final = "agreements_register_number"


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
