"""Marking found words, and cutting the excerpt around them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from agreements.search.analysers import WORD, Word, fold, lexemes, words_of
from agreements.search.english import english_stems
from agreements.search.terms import Wanted

_LENGTH: Final = 240
_BEFORE: Final = 70
_TRIED: Final = 40


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text, safe to be shown, with what was found in it marked; ``has_marks``: whether anything was."""

    html: SafeString
    has_marks: bool


class Marker:
    """Marks wanted words in texts, of which it must ``learn`` those with Latin words first."""

    def __init__(self, wanted: Wanted | None) -> None:
        self._lexemes = wanted.lexemes if wanted else frozenset()
        # A stem begins as its word does, so only words that begin like a wanted one need the dictionary.
        begins = {word.folded[:2] for word in wanted.words if word.is_latin} if wanted else set()
        self._candidate = re.compile(rf"\b(?:{'|'.join(begins)})\w*", re.IGNORECASE) if begins else None
        self._wanted: set[str] = set()

    @property
    def has_words(self) -> bool:
        return bool(self._lexemes)

    def learn(self, texts: Iterable[str]) -> None:
        """Ask the dictionary, once for all these texts, which of their Latin words are wanted."""
        written = {fold(one) for text in texts for one in self._candidate.findall(text)} if self._candidate else set()
        if written:
            stems = english_stems(written)
            self._wanted |= {word for word, stem in stems.items() if stem in self._lexemes}

    def finds_in(self, text: str) -> bool:
        """Whether any word of a text is wanted."""
        return next(self._wanted_in(text), None) is not None

    def marked(self, text: str) -> SafeString:
        """The whole text."""
        return self._mark(text, self._found(text))

    def excerpt(self, text: str) -> Excerpt:
        """About 240 characters around the place where most wanted words are near to each other; the beginning
        where there is none. Without words, no more than the first paragraph; texts of several parts are set apart."""
        text = text.replace("\n", " · ") if self._lexemes else text.split("\n", 1)[0]
        found = self._found(text)
        start = self._densest(found)
        if len(text) - start < _LENGTH:
            start = max(0, len(text) - _LENGTH)
        start, end = _at_words(text, start, start + _LENGTH)
        inside = [Word(one.start - start, one.end - start, one.folded) for one in found if start <= one.start < end]
        html = self._mark(text[start:end], inside)
        before, after = "…" if start else "", "…" if end < len(text) else ""
        return Excerpt(format_html("{}{}{}", before, html, after), bool(inside))

    def _found(self, text: str) -> list[Word]:
        return list(self._wanted_in(text))

    def _wanted_in(self, text: str) -> Iterator[Word]:
        for found in WORD.finditer(text) if self._lexemes else ():
            folded, own = _read(found[0])
            if folded in self._wanted or not self._lexemes.isdisjoint(own):
                yield Word(*found.span(), folded)

    @staticmethod
    def _densest(found: list[Word]) -> int:
        def near(first: Word) -> int:
            return len({one.folded for one in found if first.start <= one.start < first.start + _LENGTH - _BEFORE})

        best = max(found[:_TRIED], key=near, default=None)
        return max(0, best.start - _BEFORE) if best else 0

    @staticmethod
    def _mark(text: str, found: list[Word]) -> SafeString:
        pieces, at = [], 0
        for one in found:
            pieces += [escape(text[at : one.start]), format_html("<mark>{}</mark>", text[one.start : one.end])]
            at = one.end
        return mark_safe("".join([*pieces, escape(text[at:])]))  # noqa: S308  # each piece is escaped above


@lru_cache(maxsize=20_000)
def _read(written: str) -> tuple[str, tuple[str, ...]]:
    """A word as it is compared, and its lexemes unless it is Latin: texts use the same words again and again."""
    word = next(words_of(written), None)
    if word is None:
        return "", ()
    return word.folded, () if word.is_latin else lexemes(word.folded)


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The same bounds moved to the ends of words, where one is near."""
    if start:
        blank = text.find(" ", start, start + 30)
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = text.rfind(" ", end - 30, end)
        end = blank if blank >= 0 else end
    return start, min(end, len(text))
