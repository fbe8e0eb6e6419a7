"""How words become lexemes: one pure analyser for each script and language, alike for texts and queries.

English words are folded here and stemmed by PostgreSQL's own dictionary (``english.py``). For Arabic the
way is that of "light10" (Larkey, Ballesteros, Connell: Light Stemming for Arabic Information Retrieval,
2007): letters that are written in turns become one, then article, conjunction and the common endings go.
Sorani is done alike, with its own letters and endings. A word in the Arabic script gives a lexeme of each of the
two, because a name or a loan word may stand in a text of either, and nobody says which language a query is in.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

ANALYSIS: Final = 1
"""Raise it with every change of what a text becomes: entries of an older one are then indexed anew."""

LONGEST_WORD: Final = 40

_MARKS: Final = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0640"
_UNSEEN: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff"
WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}{_UNSEEN}])*(?:[’'][^\W\d_]+)?")
_ARABIC_SCRIPT: Final = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_DROPPED: Final = re.compile(f"[{_MARKS}{_UNSEEN}_]")
_POSSESSIVE: Final = re.compile(r"[’']\w*$")

_LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳٵ", "ا"),
        **dict.fromkeys("ىئیېۍێ", "ي"),
        **dict.fromkeys("ؤۇۋۆۊ", "و"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ةەۀۂھہۃۿ", "ه"),
        "ء": "",
        "ڕ": "ر",
        "ڵ": "ل",
    }
)
"""Letters that keyboards and habits exchange: Sorani's vowels, ڕ and ڵ become what an Arabic keyboard offers for them.

گ, پ, چ and ژ stay: they tell words apart, and trigrams find them where ك, ب, ج and ز were typed instead.
"""

_BEFORE: Final = ("ال", "بال", "كال", "فال", "لل")
_ONE_LETTER: Final = ("و", "ل", "ب")
_BEHIND: Final = (
    "يتهم", "تهما", "تان", "تين", "تها", "تهم", "تنا", "هما",
    "ها", "هم", "نا", "ته", "ان", "ات", "ون", "ين", "يه", "ه", "ي", "ا",
)  # fmt: skip
_BEHIND_SORANI: Final = (
    "هكانيان", "هكانمان", "هكانتان", "هكاني", "هكهيان", "هكهي", "هكان", "هكه", "كانيان", "كاني", "كان", "يهكي", "يهك",
    "ايهتي", "يهتي", "هيان", "يان", "مان", "تان", "اني", "ان", "يكي", "يك", "هوه", "هيه", "يه", "هي", "يي", "كهي", "كه",
    "دا", "ي", "ه",
)  # fmt: skip
_SHORTEST: Final = 3


class Word(NamedTuple):
    """A word of a text: where it stands, and its letters with all variants made one."""

    start: int
    end: int
    folded: str

    @property
    def is_latin(self) -> bool:
        return is_latin(self.folded)

    def written_in(self, text: str) -> str:
        """The word as its text has it, without a possessive ending."""
        return _POSSESSIVE.sub("", text[self.start : self.end])


@lru_cache(maxsize=20_000)
def is_latin(folded: str) -> bool:
    """Whether a folded word is in another script than Arabic, and no figure: English stems are asked for those."""
    return not folded.isdigit() and not _ARABIC_SCRIPT.search(folded)


def words_of(text: str) -> Iterator[Word]:
    """The words and figures of a text in its order, whatever is between them."""
    for found in WORD.finditer(text):
        folded = fold(found[0])
        if folded and len(folded) <= LONGEST_WORD:
            yield Word(*found.span(), folded)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word as it is compared: small letters, no marks, one form of letters and digits that have several."""
    plain = unicodedata.normalize("NFKC", word)
    plain = _DROPPED.sub("", plain)
    if _ARABIC_SCRIPT.search(plain):
        plain = plain.removeprefix("ئ").replace("يأ", "يئ").translate(_LETTERS).replace("وو", "و")
    else:
        plain = _POSSESSIVE.sub("", plain)
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return "".join(_digit(sign) for sign in plain.casefold() if sign.isalnum())


def lexemes(folded: str) -> tuple[str, ...]:
    """What a folded word that is not Latin is indexed as and looked for: its Arabic stems and its Sorani one."""
    if not _ARABIC_SCRIPT.search(folded):
        return (folded,)
    return tuple(dict.fromkeys((*stems_arabic(folded), stem_sorani(folded))))


@lru_cache(maxsize=20_000)
def stems_arabic(folded: str) -> tuple[str, ...]:
    """The word without article, conjunction and common endings; three letters at least remain.

    A first و, ل or ب may belong to the word (وزارة, لجنة, برنامج) or be "and", "for", "by": then there is a stem
    with it and one without, because light10's way, to drop every و, parts وزارة from الوزارة.
    """
    found = [_of_arabic(folded)]
    if folded.startswith(_ONE_LETTER) and len(folded) > _SHORTEST:
        found.append(_of_arabic(folded[1:]))
    return tuple(found)


def _of_arabic(word: str) -> str:
    stem = next((word[len(one) :] for one in _BEFORE if _may_lose(word, one, word.startswith)), word)
    return _without_endings(stem, _BEHIND)


@lru_cache(maxsize=20_000)
def stem_sorani(folded: str) -> str:
    """The word without article, plural, possessive, linking and place endings; three letters at least remain."""
    return _without_endings(folded, _BEHIND_SORANI)


def _without_endings(word: str, endings: tuple[str, ...]) -> str:
    for _time in range(2):  # endings come in twos: that of the word's kind, then that of its place in the sentence
        word = next((word[: -len(one)] for one in endings if _may_lose(word, one, word.endswith)), word)
    return word


def _may_lose(word: str, part: str, has: Callable[[str], bool]) -> bool:
    return has(part) and len(word) - len(part) >= _SHORTEST


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
