"""What readers ask for in the query of an address; what can't be read counts as not asked."""

from enum import Enum
from typing import Final, TypeVar

from django.http import HttpRequest

_LONGEST: Final = 200
_DIGITS: Final = 15
"""Within the database's range, and more than any list is long."""

Choice = TypeVar("Choice", bound=Enum)


def asked_words(request: HttpRequest, name: str) -> str:
    """At most 200 characters, without the one that PostgreSQL can't hold."""
    return request.GET.get(name, "")[:_LONGEST].replace("\0", " ").strip()


def asked_number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= _DIGITS else None


def asked_choice(request: HttpRequest, name: str, choices: type[Choice]) -> Choice | None:
    value = request.GET.get(name)
    return next((one for one in choices if one.value == value), None)
