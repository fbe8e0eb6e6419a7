"""The short code that a reader types from paper."""

from typing import Final

from agreements.vocabulary.codes import code_of, normalise

_LENGTH: Final = 12


def code_for(entry_hash: str) -> str:
    """The code of the edition that this log entry published, such as "7K3M-9QX2-TB4E".

    60 bits of the entry's SHA-256: short enough to type, and out of reach of guessing on.
    """
    return code_of(entry_hash, letters=_LENGTH)


def normalise_code(typed: str) -> str | None:
    """The code that somebody meant: any case, spaces or dashes, O for 0, I or L for 1.

    ``None`` when it can't be a code.
    """
    return normalise(typed, letters=_LENGTH)
