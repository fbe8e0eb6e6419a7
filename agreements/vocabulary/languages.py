"""The three languages of the register and text kept in each of them."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict

Language = Literal["en", "ar", "ckb"]
Direction = Literal["ltr", "rtl"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DIRECTIONS: Final[dict[Language, Direction]] = {"en": "ltr", "ar": "rtl", "ckb": "rtl"}
ENDONYMS: Final[dict[Language, str]] = {"en": "English", "ar": "العربية", "ckb": "کوردی"}


@dataclass(frozen=True, slots=True)
class TextIn:
    """A text as a reader gets it: the words, and the language they are really in.

    ``is_fallback`` tells that the reader asked for another language, so that a page can
    mark the text and set its ``lang`` and ``dir``.
    """

    text: str
    language: Language
    is_fallback: bool

    @property
    def direction(self) -> Direction:
        return DIRECTIONS[self.language]


class LocalisedText(BaseModel):
    """One text in up to three languages; ``None`` where it has not been written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str | None = None
    ar: str | None = None
    ckb: str | None = None

    def __bool__(self) -> bool:
        return any(self.get(language) for language in LANGUAGES)

    def get(self, language: Language) -> str | None:
        """The text in exactly this language, or ``None``."""
        value: str | None = getattr(self, language)
        return value

    def languages(self) -> tuple[Language, ...]:
        """The languages that this text is written in, in the register's order."""
        return tuple(language for language in LANGUAGES if self.get(language))

    def missing(self) -> tuple[Language, ...]:
        """The languages that this text is not written in."""
        return tuple(language for language in LANGUAGES if not self.get(language))

    def best(self, language: Language) -> TextIn | None:
        """The text for a reader of ``language``: theirs, else the first there is.

        Falls back in the order English, Arabic, Kurdish; ``None`` when nothing is written.
        """
        for candidate in (language, *LANGUAGES):
            text = self.get(candidate)
            if text:
                return TextIn(text=text, language=candidate, is_fallback=candidate != language)
        return None
