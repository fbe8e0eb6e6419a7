"""Times the search at size: `.venv/bin/python benchmarks/search.py [agreements] [--keep folder] [--only words …]`.

Starts a PostgreSQL of its own, fills the index with so many agreements in three languages (100,000 where none are
named), and asks for every shape of query: number of matches, facets, and the page's 20 with their excerpts, as the view
does it; then whole pages through Django's stack in this process. `--keep` leaves the database in a folder, and finds it
there the next time; `--only` takes the shapes whose names have all these words. The server has a quarter of the
memory for its pages, as PostgreSQL's manual advises. The table is Markdown; where other work runs, believe what the
processors spent.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.own_portal import own_portal  # noqa: E402
from benchmarks.spent import HEAD, Spent, load  # noqa: E402

ROUNDS = 40


def main() -> None:
    parser = argparse.ArgumentParser(description="Times the search at size.")
    parser.add_argument("agreements", type=int, nargs="?", default=100_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    with own_portal(asked.keep, tuned=True):
        prepare(asked.agreements)
        measure(asked.only)


def prepare(agreements: int) -> None:
    """Fill the index where it is empty.

    Raises:
        SystemExit: a kept folder has another number of agreements.
    """
    from django.db import connection  # noqa: PLC0415

    from agreements.search.models import SearchEntry  # noqa: PLC0415
    from benchmarks.search_data import fill  # noqa: PLC0415

    began = time.monotonic()
    there = SearchEntry.objects.count()
    if not there:
        fill(agreements)
    elif there != agreements:
        raise SystemExit(f"the folder has {there:,} agreements, not {agreements:,}")
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT pg_size_pretty(pg_table_size('agreements_searchentry')),
                   pg_size_pretty(pg_relation_size('agreements_searchentry')),
                   pg_size_pretty(pg_indexes_size('agreements_searchentry'))
        """)
        table, rows, indexes = cursor.fetchone()
    done = "found" if there else "filled"
    seconds = time.monotonic() - began
    print(f"{agreements:,} agreements {done} in {seconds:.0f} s: table {table} (rows {rows}), indexes {indexes}\n")


def shapes(chance: random.Random) -> dict[str, Callable[[], str]]:
    """The address of each shape of query, another one each time."""
    from benchmarks.search_data import vocabularies  # noqa: PLC0415

    known = vocabularies()

    def word(first: int, last: int, language: str = "en") -> str:
        return known[language].words[chance.randrange(first, last)]  # type: ignore[index]

    def party(first: int = 0, last: int = 50) -> str:
        return f"party=party-{chance.randrange(first, last)}"

    year = lambda: f"year={chance.randrange(1997, 2027)}"  # noqa: E731
    return {
        "everything, newest first": lambda: "",
        "everything, far down": lambda: f"after={chance.randrange(729_500, 736_000) << 33}",
        "very common word, by relevance": lambda: f"q={word(0, 3)}",
        "very common word, newest first": lambda: f"q={word(0, 3)}&sort=date",
        "very common word in Arabic": lambda: f"q={word(0, 3, 'ar')}",
        "very common word in Sorani": lambda: f"q={word(0, 3, 'ckb')}",
        "two common words": lambda: f"q={word(0, 20)} {word(20, 35)}",
        "words of two languages": lambda: f"q={word(0, 20)} {word(0, 20, 'ar')}",
        "three words": lambda: f"q={word(0, 20)} {word(20, 60)} {word(0, 30, 'ckb')}",
        "middling word": lambda: f"q={word(200, 600)}",
        "middling word, newest first": lambda: f"q={word(200, 600)}&sort=date",
        "rare word": lambda: f"q={word(5000, 6000)}",
        "rare word, newest first": lambda: f"q={word(5000, 6000)}&sort=date",
        "words in a row": lambda: f'q="{word(0, 6)} {word(0, 12)}"',
        "a word without another": lambda: f"q={word(0, 20)} -{word(0, 20)}",
        "kind": lambda: "kind=protocol",
        "party": party,
        "party and year": lambda: f"{party()}&{year()}",
        "rare party": lambda: party(1000, 4000),
        "two kinds, two statuses, a language": lambda: (
            "kind=protocol&kind=letter_of_intent&status=in_force&status=signed&language=ckb"
        ),
        "very common word and a status": lambda: f"q={word(0, 3)}&status=announced",
        "very common word and a rare party": lambda: f"q={word(0, 3)}&{party(1000, 4000)}",
        "common word, party and year": lambda: f"q={word(0, 30)}&{party()}&{year()}",
        "word, kind, status, place, language": lambda: (
            f"q={word(0, 30)}&kind=memorandum_of_cooperation&status=announced&place=place-0&language=en"
        ),
        "second page of a common word": lambda: (
            f"q={word(0, 20)}&after=0.05~{chance.randrange(729_500, 740_000) << 33}"
        ),
        "typing error": lambda: f"q={_mistyped(word(0, 2000), chance)}",
    }


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(max(1, len(word) - 2))
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :] + "q"


def measure(wanted: list[str]) -> None:
    from django.http import QueryDict  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from agreements.search.days import derive_due_statuses  # noqa: PLC0415
    from agreements.search.query import parse_query  # noqa: PLC0415
    from agreements.search.words import completions_of  # noqa: PLC0415
    from agreements.site.search_page import search_page  # noqa: PLC0415

    chance = random.Random(5)  # noqa: S311
    client = Client()

    def page(parameters: str) -> None:
        derive_due_statuses(at=timezone.now())
        search_page(parse_query(QueryDict(parameters)), language="en")

    print(load(), HEAD, sep="\n\n", flush=True)
    asked = {name: (lambda made=made: page(made())) for name, made in shapes(chance).items()}
    asked["completion of a word"] = lambda: completions_of(chance.choice(["mig", "co", "الح", "سن", "ba", "k"]))
    asked["whole page, one word and a facet"] = lambda: client.get("/en/agreements/?q=border&status=announced")
    asked["whole page in Arabic, everything"] = lambda: client.get("/ar/agreements/")
    for name, once in asked.items():
        if all(one in name for one in wanted):
            print(Spent.on(once, rounds=ROUNDS).row(name), flush=True)
    print(f"\n{load()}")


if __name__ == "__main__":
    main()
