"""The words of the index: to complete what is typed, and to correct what is not found."""

from typing import Final

from django.db import connection

from agreements.search.analysers import Word, words_of
from agreements.search.models import SearchWord
from agreements.search.terms import Wanted

COMPLETIONS: Final = 8
_SHORTEST_CORRECTED: Final = 3

_ALIKE: Final = """
    SELECT word FROM agreements_searchword WHERE folded %% %s
    ORDER BY similarity(folded, %s) DESC, entries DESC LIMIT 1
"""


def completions_of(text: str) -> list[str]:
    """What a text that is being typed may become: its last word completed by the most frequent words of the index."""
    last = next(reversed(list(words_of(text))), None)
    if last is None or last.end != len(text):
        return []
    words = SearchWord.objects.filter(folded__startswith=last.folded).exclude(folded=last.folded)
    found = words.order_by("-entries", "folded").values_list("word", flat=True)[:COMPLETIONS]
    return list(dict.fromkeys(text[: last.start] + _written_alike(word, text[last.start :]) for word in found))


def corrected(text: str, wanted: Wanted) -> str | None:
    """The text with each word that the index does not know replaced by the one most like it; ``None`` where it
    knows them all, or none is alike."""
    typed = [one for one in wanted.words if len(one.folded) >= _SHORTEST_CORRECTED and not one.folded.isdigit()]
    known = set(SearchWord.objects.filter(folded__in=[one.folded for one in typed]).values_list("pk", flat=True))
    replaced = {one.folded: _most_alike(one) for one in typed if one.folded not in known}
    pieces, at = [], 0
    for one in words_of(text):
        if better := replaced.get(one.folded):
            pieces += [text[at : one.start], _written_alike(better, text[one.start : one.end])]
            at = one.end
    return "".join([*pieces, text[at:]]) if pieces else None


def _most_alike(word: Word) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [word.folded, word.folded])
        found = cursor.fetchone()
    return found[0] if found else None


def _written_alike(word: str, typed: str) -> str:
    """In small letters where the reader types small letters."""
    return word.lower() if typed == typed.lower() else word
