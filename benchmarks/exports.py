"""Times the files of the whole register at size: `.venv/bin/python benchmarks/exports.py [agreements] [files …]`.

Starts a PostgreSQL of its own that is gone afterwards, fills it with so many published agreements (100,000 where none
are named), and takes each file through Django's stack in this process, as a program does that reads and throws away.
"""

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.own_portal import own_portal  # noqa: E402

FILES = {
    "CSV": "/data/agreements.csv",
    "XLSX": "/data/agreements.xlsx",
    "JSON Lines": "/data/agreements.jsonl",
    "IATI": "/iati/activities.xml",
    "CSV of participations": "/data/participations.csv",
    "feed": "/en/feed.atom",
    "feed of an organisation": "/en/organisations/iom/feed.atom",
    "feed of a search": "/en/agreements/feed.atom?q=migration",
    "dates to come": "/en/dates.ics",
    "catalogue": "/catalog.jsonld",
    "XLSX of a search": "/en/agreements.xlsx?q=migration",
}


def main(agreements: int, wanted: list[str]) -> None:
    with own_portal():
        prepare(agreements)
        measure([address for name, address in FILES.items() if not wanted or name in wanted])


def prepare(agreements: int) -> None:
    from agreements.editions.readers import read_content  # noqa: PLC0415
    from benchmarks.register_data import fill_register  # noqa: PLC0415

    began = time.monotonic()
    shipped = (ROOT / "tests/editions/frozen/version-2.json").read_bytes()
    fill_register(agreements, like=read_content(shipped.replace(b"MOC-0001", b"MOC-0000")))
    print(f"{agreements:,} agreements published in {time.monotonic() - began:.0f} s\n", flush=True)


def measure(addresses: list[str]) -> None:
    from django.test import Client  # noqa: PLC0415

    client = Client()
    print(f"{'':<40}{'s':>8}{'CPU s':>8}{'first':>8}{'MB':>9}{'memory':>10}{'more':>8}")
    client.get(addresses[0])
    for address in addresses:
        forget_peak()
        before = peak_mb()
        began, cpu = time.monotonic(), time.process_time()
        answer = client.get(address)
        size, first = 0, 0.0
        for piece in answer.streaming_content if answer.streaming else [answer.content]:
            first = first or time.monotonic() - began
            size += len(piece)
        seconds, used = time.monotonic() - began, time.process_time() - cpu
        memory = peak_mb()
        print(
            f"{address:<40}{seconds:>8.1f}{used:>8.1f}{first:>8.2f}{size / 1e6:>9.1f}{memory:>7.0f} MB"
            f"{memory - before:>5.0f} MB  {answer.status_code}",
            flush=True,
        )
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def forget_peak() -> None:
    """From here on the process's peak memory is counted anew (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    status = Path("/proc/self/status").read_text().splitlines()
    [line] = [one for one in status if one.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    numbers = [one for one in sys.argv[1:] if one.isdigit()]
    main(int(numbers[0]) if numbers else 100_000, [one for one in sys.argv[1:] if not one.isdigit()])
