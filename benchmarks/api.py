"""Times the API's lists at size: `.venv/bin/python benchmarks/api.py [agreements]`.

Starts a PostgreSQL of its own that is gone afterwards, fills the search index with so many agreements in three
languages (100,000 where none are named), and asks for pages of lists through Django's whole stack in this process. No
store stands before it. The table is Markdown; the load of the machine stands above it.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.own_portal import own_portal  # noqa: E402

ROUNDS = 40
KEYS_A_YEAR = 365 << 33  # see ``sort_key_of``
NEWEST = 740_000 << 33


def main(agreements: int) -> None:
    with own_portal():
        from benchmarks.search_data import fill  # noqa: PLC0415

        began = time.monotonic()
        fill(agreements)
        print(f"{agreements:,} agreements filled in {time.monotonic() - began:.0f} s")
        measure()


def shapes(chance: random.Random) -> dict[str, Callable[[], str]]:
    """The query of each shape of list, another one each time."""
    from benchmarks.search_data import vocabularies  # noqa: PLC0415

    known = vocabularies()

    def word(first: int, last: int, language: str = "en") -> str:
        return known[language].words[chance.randrange(first, last)]  # type: ignore[index]

    def after() -> str:
        return f"after={NEWEST - chance.randrange(20 * KEYS_A_YEAR)}"

    return {
        "20 newest of all": after,
        "100 newest of all": lambda: f"limit=100&{after()}",
        "a party": lambda: f"party=party-{chance.randrange(50)}&{after()}",
        "a kind and a status": lambda: f"kind=protocol&status=in_force&{after()}",
        "a year": lambda: f"year={chance.randrange(1997, 2027)}",
        "a very common word, newest first": lambda: f"q={word(0, 30)}&sort=date&{after()}",
        "a very common word, by relevance": lambda: f"q={word(0, 30)}",
        "a common word in Arabic, by relevance": lambda: f"q={word(0, 29, 'ar')}",
        "two words, by relevance": lambda: f"q={word(0, 20)} {word(20, 60)}",
        "a rare word": lambda: f"q={word(3000, 6000)}",
        "a party that nobody knows": lambda: f"party=nobody-{chance.randrange(10**6)}",
    }


def measure() -> None:
    from django.test import Client  # noqa: PLC0415

    chance = random.Random(5)  # noqa: S311
    client = Client()

    def ask(query: str) -> None:
        response = client.get(f"/api/v1/agreements?{query}")
        assert response.status_code == 200, response.content

    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| a page of the list, ms | p50 | p95 | most | processors |\n| --- | ---: | ---: | ---: | ---: |")
    for name, query in shapes(chance).items():
        _print(name, lambda made=query: ask(made()))  # type: ignore[misc]


def _print(name: str, once: Callable[[], object]) -> None:
    """Times as a clock on the wall has them, and the mean of what the processors of Python and PostgreSQL spent on it,
    which hardly depends on what else the machine does."""
    once()
    times, spent = [], _processors_ms()
    for _ in range(ROUNDS):
        began = time.perf_counter()
        once()
        times.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    used = (_processors_ms() - spent) / ROUNDS
    print(f"| {name} | {statistics.median(times):.1f} | {p95:.1f} | {max(times):.1f} | {used:.1f} |", flush=True)


def _processors_ms() -> float:
    """What this process and its PostgreSQL backend have used of processors so far (proc_pid_stat(5), fields 14, 15)."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() * 1000 + ticks * 1000 / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
