"""A reader's words as PostgreSQL looks for them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from agreements.search.analysers import Word, fold, lexemes, words_of
from agreements.search.english import english_stems

_PART: Final = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:["“”„«](?P<phrase>[^"“”„«»]*)["“”»]?|(?P<plain>[^\s"“”„«»]+))')
_NUMBER: Final = re.compile(r"moc[\W_]*([0-9]{1,9})")


@dataclass(frozen=True)
class Wanted:
    """What to look for: ``tsquery`` as PostgreSQL reads it, empty where no word tells anything apart.

    ``in_any_order`` is the same without regard to rows of words, where there are any in quotation marks; else empty.
    ``lexemes`` are those to mark in what is found; ``words`` the wanted words, as they were typed.
    """

    tsquery: str
    in_any_order: str
    lexemes: frozenset[str]
    words: tuple[Word, ...]


def wanted_of(text: str) -> Wanted:
    """Every word must be there, in any language; "quoted" ones in a row; those behind a minus must not."""
    parts = [
        (bool(one["minus"]), one["phrase"] is not None, tuple(words_of(one["phrase"] or one["plain"] or "")))
        for one in _PART.finditer(text)
    ]
    stems = english_stems(word.folded for _minus, _phrase, words in parts for word in words if word.is_latin)
    found: dict[bool, list[str]] = {True: [], False: []}
    marked: set[str] = set()
    in_any_order: list[str] = []
    has_rows = False
    for minus, is_phrase, words in parts:
        alternatives = [one for word in words if (one := _lexemes(word, stems))]
        if alternatives:
            joined = (" <-> " if is_phrase else " & ").join(map(_any_of, alternatives))
            found[minus].append(f"!({joined})" if minus else f"({joined})")
            has_rows = has_rows or (is_phrase and len(alternatives) > 1 and not minus)
            if not minus:
                in_any_order.append(" & ".join(map(_any_of, alternatives)))
            marked |= set() if minus else {lexeme for one in alternatives for lexeme in one}
    # Without one word that must be there every entry would have to be looked at.
    tsquery = " & ".join(found[False] + found[True]) if found[False] else ""
    typed = tuple(word for minus, _phrase, words in parts if not minus for word in words)
    return Wanted(tsquery, " & ".join(in_any_order) if has_rows else "", frozenset(marked), typed)


def register_number_in(text: str) -> int | None:
    """The number alone where the text is a register number, however it is typed: "moc 1", "MOC-٠٠٠١"."""
    plain = "".join(fold(sign) or sign for sign in text.strip())
    found = _NUMBER.fullmatch(plain)
    return int(found[1]) if found else None


def _lexemes(word: Word, stems: dict[str, str | None]) -> Collection[str]:
    if not word.is_latin:
        return lexemes(word.folded)
    stem = stems[word.folded]
    return (stem,) if stem else ()


def _any_of(alternatives: Collection[str]) -> str:
    quoted = (f"'{one}'" for one in alternatives)
    return f"({' | '.join(quoted)})"
