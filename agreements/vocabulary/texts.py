"""Characters that nobody sees: which a text of the register may hold, and where.

What can't be seen makes two names differ that look alike, or shows a text in another order than it is
stored in (Unicode UTS 39, section 5; UAX 9, section 2.2). So:

* Texts are in Normalization Form C (UAX 15): the same letters are the same characters.
* Marks that set the direction of what is beside them (LRM, RLM, ALM) come along when people copy from
  mixed text. They may stay in long texts, where UAX 9 (2.6) recommends them; in names and titles, which
  pages isolate anyway, they are dropped in silence, because they change neither letters nor their order.
* ZWNJ and ZWJ are spelling in Kurdish, Persian and Arabic: they stay after a letter or mark of the Arabic
  or Syriac script. RFC 5892 (appendix A.1) also asks for a letter behind; older Sorani writes ZWNJ after
  heh at the end of words, and the abbreviation of "hijri" ends with ZWJ, so that is not asked here.
* All else that is unseen is refused, and named: overrides, embeddings and isolates (U+202A–202E,
  U+2066–2069), zero-width space, word joiner, byte order mark, soft hyphen, controls, fillers, variation
  selectors and tags.

The patterns are read alike by Python and by PostgreSQL, which holds names and titles to them.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DIRECTION_MARKS: Final = r"\u061C\u200E\u200F"
LINE_BREAKS: Final = r"\u0009\u000A\u000D"
UNSEEN: Final = (
    r"\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B"
    r"\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U0001BCA0-\U0001BCA3"
    r"\U0001D173-\U0001D17A\U000E0000-\U000E0FFF"
)
_JOINING: Final = (
    r"\u0610-\u061A\u0620-\u065F\u066E-\u06D3\u06D5-\u06DC\u06DF-\u06E8\u06EA-\u06EF\u06FA-\u06FF\u0710-\u074A"
    r"\u074D-\u077F\u0860-\u086A\u0870-\u0887\u0889-\u088E\u0898-\u08E1\u08E3-\u08FF\uFB50-\uFDFF\uFE70-\uFEFC"
)
_STRAY_JOINER: Final = rf"(?:^|[^{_JOINING}])[\u200C\u200D]"

REFUSED_IN_TEXTS: Final = rf"[{UNSEEN}]|{_STRAY_JOINER}"
REFUSED_IN_LINES: Final = rf"[{LINE_BREAKS}{DIRECTION_MARKS}{UNSEEN}]|{_STRAY_JOINER}"
"""For names, titles and all else that is one line."""

_TEXTS: Final = re.compile(REFUSED_IN_TEXTS)
_LINES: Final = re.compile(REFUSED_IN_LINES)
_CONTEXT: Final = 20


class UnseenKind(StrEnum):
    DIRECTION = "direction"
    ZERO_WIDTH = "zero_width"
    CONTROL = "control"
    JOINER = "joiner"
    OTHER = "other"


@dataclass(frozen=True)
class Unseen:
    """A character that a text may not hold, and the words before it."""

    character: str
    after: str

    @property
    def code(self) -> str:
        return f"U+{ord(self.character):04X}"

    @property
    def kind(self) -> UnseenKind:
        if self.character in "\u200c\u200d":
            return UnseenKind.JOINER
        if self.character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
            return UnseenKind.DIRECTION
        if self.character in "\u200b\u2060\ufeff\u00ad":
            return UnseenKind.ZERO_WIDTH
        return UnseenKind.CONTROL if unicodedata.category(self.character) in ("Cc", "Zl", "Zp") else UnseenKind.OTHER


def tidy_text(text: str) -> str:
    """The text in Normalization Form C."""
    return unicodedata.normalize("NFC", text)


def tidy_line(text: str) -> str:
    """The same for one line: line breaks and tabs become blanks, marks of direction are dropped."""
    without_marks = re.sub(f"[{DIRECTION_MARKS}]", "", text)
    return tidy_text(re.sub(f"[{LINE_BREAKS}]+", " ", without_marks)).strip()


def unseen_in_text(text: str) -> Unseen | None:
    """The first character that a long text may not hold."""
    return _first(_TEXTS, text)


def unseen_in_line(text: str) -> Unseen | None:
    """The first character that one line may not hold."""
    return _first(_LINES, text)


def _first(pattern: "re.Pattern[str]", text: str) -> Unseen | None:
    found = pattern.search(text)
    if found is None:
        return None
    place = found.end() - 1  # a stray joiner is found together with what stands before it
    before = pattern.sub("", text[max(0, place - _CONTEXT) : place])
    return Unseen(text[place], before.strip())
