"""Codes that people type from paper or a screen: Crockford's base 32 in groups of four letters."""

from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUP: Final = 4


def code_of(digest: str, *, letters: int) -> str:
    """The first bits of a hexadecimal digest, five a letter, such as "7K3M-9QX2-TB4E" for twelve."""
    bits = int(digest, 16) >> (len(digest) * 4 - 5 * letters)
    return _grouped("".join(_ALPHABET[(bits >> shift) & 31] for shift in range(5 * (letters - 1), -1, -5)))


def normalise(typed: str, *, letters: int) -> str | None:
    """The code that somebody meant: any case, spaces or dashes, O for 0, I or L for 1.

    ``None`` when it can't be a code of so many letters.
    """
    meant = "".join(ch for ch in typed.upper().translate(_MISREAD) if ch.isascii() and ch.isalnum())
    if len(meant) != letters or any(ch not in _ALPHABET for ch in meant):
        return None
    return _grouped(meant)


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
