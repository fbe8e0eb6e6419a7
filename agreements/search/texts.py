"""What of an edition is searched: its texts with their weights, and the lexemes and words in them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import BaseModel

from agreements.editions.content import AgreementContent
from agreements.search.analysers import Word, lexemes, words_of
from agreements.search.english import english_stems
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText

Weight = Literal["A", "B", "C", "D"]

_WEIGHTS: Final[dict[str, Weight]] = {
    "register_number": "A", "title": "A", "participations": "B", "summary": "C", "purpose": "C",
}  # fmt: skip
_NOT_SEARCHED: Final = {"contacts", "sources", "confirmations"}
"""People to write to, where facts come from, and who confirmed: not what an agreement is about."""

_MOST_WORDS: Final = 50_000
"""PostgreSQL's limit for a tsvector is 1 MB; no agreement seen so far has a tenth of so many words."""

_LAST_POSITION: Final = 16_383
_MOST_POSITIONS: Final = 255
_GAP: Final = 10
"""Between two texts, so that no phrase runs from the end of one into the next."""

_BODY_LENGTH: Final = 6_000
_SHORTEST_WORD: Final = 3


@dataclass(frozen=True)
class Searched:
    """One text of an edition, in one language."""

    weight: Weight
    language: Language
    text: str


@dataclass(frozen=True)
class Analysed:
    """What becomes of an edition's texts: a tsvector as PostgreSQL reads it, and the distinct words by their folds."""

    vector: str
    words: dict[str, str]


def searched_texts(content: AgreementContent) -> list[Searched]:
    """Every text that a search looks into, the weightiest first; each once."""
    found: dict[Searched, None] = {}
    for name in type(content).model_fields:
        if name not in _NOT_SEARCHED:
            weight = _WEIGHTS.get(name, "D")
            for text in _texts_in(getattr(content, name)):
                for language in text.languages():
                    found[Searched(weight, language, text.get(language) or "")] = None
    number = Searched("A", "en", content.register_number)
    return [number, *sorted(found, key=lambda one: one.weight)]


def body_of(content: AgreementContent) -> dict[Language, str]:
    """What excerpts are cut from, by language: summary and purpose, then all else but titles and names."""
    texts = [one for one in searched_texts(content) if one.weight in "CD"]
    return {
        language: "\n".join(one.text for one in texts if one.language == language)[:_BODY_LENGTH]
        for language in LANGUAGES
    }


def analyse(texts: list[Searched]) -> Analysed:
    """Lexemes with their places and weights, and the words that completion and correction offer."""
    placed = list(_placed(texts))
    stems = english_stems(word.folded for _place, word, _one in placed if word.is_latin)
    positions: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for place, word, one in placed:
        stem = stems[word.folded] if word.is_latin else word.folded
        if stem is None:
            continue
        if len(word.folded) >= _SHORTEST_WORD and not word.folded.isdigit():
            words.setdefault(word.folded, unicodedata.normalize("NFC", word.written_in(one.text)))
        for lexeme in (stem,) if word.is_latin else lexemes(stem):
            known = positions.setdefault(lexeme, [])
            if len(known) < _MOST_POSITIONS:
                known.append(f"{min(place, _LAST_POSITION)}{one.weight}")
    vector = " ".join(f"'{lexeme}':{','.join(places)}" for lexeme, places in positions.items())
    return Analysed(vector, words)


def _placed(texts: list[Searched]) -> Iterator[tuple[int, Word, Searched]]:
    place = count = 0
    for one in texts:
        for word in words_of(one.text):
            place, count = place + 1, count + 1
            if count > _MOST_WORDS:
                return
            yield place, word, one
        place += _GAP


def _texts_in(value: Any) -> Iterator[LocalisedText]:
    if isinstance(value, LocalisedText):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts_in(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts_in(one)
