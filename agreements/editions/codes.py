"""The short code that a reader types from paper."""

from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LENGTH: Final = 12
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_for(entry_hash: str) -> str:
    """The code of the edition that this log entry published, such as "7K3M-9QX2-TB4E".

    60 bits of the entry's SHA-256: short enough to type, and out of reach of guessing on.
    """
    bits = int(entry_hash, 16) >> (len(entry_hash) * 4 - 5 * _LENGTH)
    letters = "".join(_ALPHABET[(bits >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def normalise_code(typed: str) -> str | None:
    """The code that somebody meant: any case, spaces or dashes, O for 0, I or L for 1.

    ``None`` when it can't be a code.
    """
    letters = "".join(ch for ch in typed.upper().translate(_MISREAD) if ch.isascii() and ch.isalnum())
    if len(letters) != _LENGTH or any(ch not in _ALPHABET for ch in letters):
        return None
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))
