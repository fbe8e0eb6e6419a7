"""An index of many agreements for search.py, written straight into its tables; word frequencies like those of texts.

The drawing takes Python more time than PostgreSQL the writing, so as many processes as there are processors draw and
copy side by side; nothing goes to the write-ahead log, and the indexes are made in one go when all rows are there.
"""

import io
import json
import multiprocessing
import os
import random
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import accumulate
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from agreements.search.analysers import ANALYSIS, fold, lexemes
from agreements.search.english import english_stems
from agreements.search.index import sort_key_of
from agreements.search.models import Facet, FacetValue, SearchEntry, SearchWord
from agreements.vocabulary.kinds import AgreementKind, LegalCharacter, LegalStatus
from agreements.vocabulary.languages import LANGUAGES, Language

WORDS: Final = 6_000
"""Distinct words a language; the n-th is used in proportion to 1/(n + 2.7) (Zipf, Mandelbrot)."""

TITLE, BODY = 14, 110

_COMMON: Final[dict[Language, str]] = {
    "en": "cooperation memorandum border migration government ministry health water training agreement international "
    "development management support national customs education energy trade security labour organization humanitarian "
    "transport data police return protection justice crossing points capacity services assistance policy programme",
    "ar": "التعاون مذكرة الحدود الهجرة الحكومة وزارة الصحة المياه التدريب الاتفاقية الدولية التنمية الإدارة دعم "
    "الوطنية الجمارك التعليم الطاقة التجارة الأمن العمل المنظمة الإنسانية النقل البيانات الشرطة العودة "
    "الحماية العدل المنافذ",
    "ckb": "هاوکاری یاداشت سنوور کۆچ حکوومەت وەزارەت تەندروستی ئاو ڕاهێنان ڕێککەوتن نێودەوڵەتی گەشەپێدان بەڕێوەبردن "
    "پشتگیری نیشتمانی گومرگ پەروەردە وزە بازرگانی ئاسایش کار ڕێکخراو مرۆیی گواستنەوە داتا پۆلیس گەڕانەوە پاراستن داد",
}
_SYLLABLES: Final[dict[Language, str]] = {
    "en": "ba ker lin mo ta ves dor ni sal pre con ter ation ing ment al est ra vo hu",
    "ar": "با كر لين مو تا فس دو ني سل بر كن تر اج نع مت ال صط را وح هد",
    "ckb": "با کە لین مۆ تا ڤە دو نی سە پر کۆن تێ ژا نگ مە ڵا ست را وێ هە",
}
_VALUES: Final = {
    Facet.PARTY: 5_000, Facet.FUNDER: 400, Facet.FRAMEWORK: 20, Facet.OBJECTIVE: 60, Facet.PLACE: 150, Facet.YEAR: 30,
}  # fmt: skip
_AT_MOST: Final = {
    Facet.PARTY: (2, 4), Facet.FUNDER: (0, 3), Facet.FRAMEWORK: (0, 3), Facet.OBJECTIVE: (0, 3), Facet.PLACE: (0, 4),
}  # fmt: skip
_COLUMNS: Final = (
    "register_number, number, sort_key, edition_number, sequence, published_at, analysis, date, status, changes_on, "
    "coming, facets, title_en, title_ar, title_ckb, body, vector"
)
_AT_ONCE: Final = 2_000
_DRAWN: Final = 100_000
_COPY: Final = f"""
    INSERT INTO agreements_searchentry ({_COLUMNS})
    SELECT 'MOC-' || number + %(more)s, number + %(more)s,
           ((sort_key >> 33) + (number * 7919::bigint + %(more)s) %% 365 - 182 << 33) | number + %(more)s,
           edition_number, sequence + %(more)s, published_at, analysis, date, status, changes_on,
           coming, facets, title_en, title_ar, title_ckb, body, vector
    FROM agreements_searchentry
    WHERE number BETWEEN %(first)s AND %(first)s + {_AT_ONCE} - 1 AND number + %(more)s <= %(last)s
"""  # noqa: S608


class Vocabulary:
    """The words of one language with their lexemes, and how to draw them."""

    def __init__(self, language: Language, chance: random.Random) -> None:
        made = dict.fromkeys(_COMMON[language].split())
        syllables = _SYLLABLES[language].split()
        while len(made) < WORDS:
            made["".join(chance.choices(syllables, k=chance.randint(2, 4)))] = None
        self.words = list(made)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(1, WORDS + 1)))
        stems = english_stems(fold(word) for word in self.words) if language == "en" else {}
        self.lexemes = {word: (stems[fold(word)],) if stems else lexemes(fold(word)) for word in self.words}


def vocabularies() -> dict[Language, Vocabulary]:
    """The same ones each time."""
    chance = random.Random(4)  # noqa: S311
    return {language: Vocabulary(language, chance) for language in LANGUAGES}


def fill(agreements: int) -> None:
    """Fill the tables of a migrated, empty index; from the 100,001st on with copies under other dates."""
    known = vocabularies()
    values = _facet_values(random.Random(14), known)  # noqa: S311
    # Word by word the index takes ten times as long as in one go.
    [words_and_facets] = [one for one in SearchEntry._meta.indexes if one.name == "search_words_and_facets"]
    with connection.schema_editor() as editor:
        editor.remove_index(SearchEntry, words_and_facets)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE agreements_searchentry SET UNLOGGED, SET (autovacuum_enabled = off)")
    drawn = min(agreements, _DRAWN)
    _side_by_side(partial(_draw, known=known, values=values, last=drawn), range(1, drawn + 1, _AT_ONCE))
    copies = [(first, more) for more in range(drawn, agreements, drawn) for first in range(1, drawn + 1, _AT_ONCE)]
    _side_by_side(partial(_copy, last=agreements), copies)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '2GB'; SET max_parallel_maintenance_workers = 4")
    with connection.schema_editor() as editor:
        editor.add_index(SearchEntry, words_and_facets)
    with connection.cursor() as cursor:
        cursor.execute("""
            UPDATE agreements_facetvalue f SET entries = c.entries
            FROM (SELECT value, count(*) AS entries FROM agreements_searchentry, unnest(facets) value GROUP BY 1) c
            WHERE c.value = f.id
        """)
        _words(known)
        cursor.execute("ALTER TABLE agreements_searchentry RESET (autovacuum_enabled)")
        cursor.execute("VACUUM ANALYZE agreements_searchentry, agreements_searchword, agreements_facetvalue")


def _side_by_side(act: Callable[[Any], None], parts: Iterable[Any]) -> None:
    """Every part in one of the processes; each has a connection of its own, since a fork must not share one."""
    connection.close()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("fork")) as pool:
        for _done in pool.map(act, parts):
            pass


def _draw(first: int, *, known: dict[Language, Vocabulary], values: dict[Facet, list[int]], last: int) -> None:
    chance = random.Random(first)  # noqa: S311
    rows = (_row(n, chance, known, values) for n in range(first, min(first + _AT_ONCE, last + 1)))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY agreements_searchentry ({_COLUMNS}) FROM STDIN", _Lines(rows))


def _copy(part: tuple[int, int], *, last: int) -> None:
    first, more = part
    with connection.cursor() as cursor:
        cursor.execute(_COPY, {"first": first, "more": more, "last": last})


def _facet_values(chance: random.Random, known: dict[Language, Vocabulary]) -> dict[Facet, list[int]]:
    keys: dict[Facet, list[str]] = {
        Facet.KIND: list(AgreementKind.values),
        Facet.STATUS: list(LegalStatus.values),
        Facet.CHARACTER: list(LegalCharacter.values),
        Facet.LANGUAGE: list(LANGUAGES),
        **{facet: [f"{facet}-{n}" for n in range(many)] for facet, many in _VALUES.items()},
    }
    keys[Facet.YEAR] = [str(1997 + n) for n in range(_VALUES[Facet.YEAR])]

    def name(language: Language) -> str:
        return " ".join(chance.choices(known[language].words, cum_weights=known[language].weights, k=4))

    return {
        facet: [
            FacetValue.objects.create(
                facet=facet, key=key, **{f"name_{one}": name(one) if facet in _AT_MOST else "" for one in LANGUAGES}
            ).pk
            for key in found
        ]
        for facet, found in keys.items()
    }


def _row(n: int, chance: random.Random, known: dict[Language, Vocabulary], values: dict[Facet, list[int]]) -> str:
    texts = {
        language: chance.choices(one.words, cum_weights=one.weights, k=TITLE + BODY) for language, one in known.items()
    }
    year = chance.randrange(_VALUES[Facet.YEAR])
    day = timezone.now().date().replace(year=1997 + year, month=chance.randint(1, 12), day=chance.randint(1, 28))
    status = min(int(chance.expovariate(0.5)), len(LegalStatus.values) - 1)
    facets = [
        values[Facet.KIND][min(int(chance.expovariate(0.6)), len(AgreementKind.values) - 1)],
        values[Facet.STATUS][status],
        values[Facet.CHARACTER][chance.randrange(3)],
        values[Facet.YEAR][year],
        *values[Facet.LANGUAGE][: chance.choice((1, 2, 3, 3))],
    ]
    for facet, (least, most) in _AT_MOST.items():
        several = {
            min(int(chance.paretovariate(0.6)) - 1, _VALUES[facet] - 1) for _ in range(chance.randint(least, most))
        }
        facets += [values[facet][one] for one in several]
    fields: tuple[Any, ...] = (
        f"MOC-{n:04d}", n, sort_key_of(day, n), 1, n, timezone.now().isoformat(), ANALYSIS, day.isoformat(),
        LegalStatus.values[status], "\\N", "[]", "{" + ",".join(map(str, facets)) + "}",
        *(" ".join(texts[language][:TITLE]) for language in LANGUAGES),
        json.dumps({language: " ".join(texts[language][TITLE:]) for language in LANGUAGES}, ensure_ascii=False),
        _vector(texts, known),
    )  # fmt: skip
    return "\t".join(map(str, fields)) + "\n"


def _vector(texts: dict[Language, list[str]], known: dict[Language, Vocabulary]) -> str:
    positions: dict[str, list[str]] = {}
    place = 0
    for language, words in texts.items():
        for at, word in enumerate(words):
            place += 1
            for lexeme in known[language].lexemes[word]:
                positions.setdefault(lexeme, []).append(f"{place}{'A' if at < TITLE else 'D'}")
    return " ".join(f"'{lexeme}':{','.join(places)}" for lexeme, places in positions.items())


def _words(known: dict[Language, Vocabulary]) -> None:
    rows = {fold(word): word for one in known.values() for word in one.words}
    SearchWord.objects.bulk_create(
        [
            SearchWord(folded=key, word=word, entries=1000 - place % 1000)
            for place, (key, word) in enumerate(rows.items())
        ],
        batch_size=5000,
    )


class _Lines(io.TextIOBase):
    """Rows as the file that COPY reads."""

    def __init__(self, rows: Iterator[str]) -> None:
        self._rows = rows
        self._rest = ""

    def read(self, size: int | None = -1) -> str:
        wanted = size if size is not None and size >= 0 else 1 << 30
        pieces, length = [self._rest], len(self._rest)
        for row in self._rows:
            pieces.append(row)
            length += len(row)
            if length >= wanted:
                break
        text = "".join(pieces)
        self._rest = text[wanted:]
        return text[:wanted]
