"""Times the import of spreadsheets: `.venv/bin/python benchmarks/imports.py [ROWS]`.

Starts a PostgreSQL of its own that is gone afterwards, makes an XLSX file of so many messy rows (10,000), and checks
and writes it as a worker does; then checks the same file again. Memory is that of this process at its highest, which
includes Django.
"""

import io
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.own_portal import own_portal  # noqa: E402

ROWS = 10_000
BODIES = 600
HEADINGS = (
    "Ref", "Title", "العنوان", "Type", "Date signed", "In force", "Planned end", "Parties", "Donor", "Amount",
    "Currency", "Summary",
)  # fmt: skip


def main(rows: int) -> None:
    with own_portal():
        measure(rows)


def workbook(rows: int) -> bytes:
    """A file with dates in many forms, numbers as text, and five organisations a row."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Agreements")
    sheet.append(HEADINGS)
    dates = ("2021-02-05", "05/02/2021", "1789", "Feb 2021", 44232, "٥ شباط ٢٠٢١")
    for number in range(rows):
        parties = "; ".join(f"Body {(number * 7 + place * 131) % BODIES:03}" for place in range(4))
        sheet.append(
            (
                f"R-{number}",
                f"Memorandum on cooperation number {number} " + "words " * (number % 40),
                f"مذكرة تعاون رقم {number}",
                ("MoU", "memorandum_of_cooperation", "Protocol")[number % 3],
                dates[number % len(dates)],
                "",
                "2030-12-31",
                parties,
                f"Body {number % BODIES:03}",
                "250,000" if number % 2 else 250000,
                "USD",
                "A summary of what was agreed. " * 8,
            )
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def measure(rows: int) -> None:
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.core.files.base import ContentFile  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from agreements.intake.apply import apply_import  # noqa: PLC0415
    from agreements.intake.check import check_import  # noqa: PLC0415
    from agreements.intake.mapping import ColumnMapping  # noqa: PLC0415
    from agreements.intake.names import decide_rest  # noqa: PLC0415
    from agreements.intake.queue import start_applying, start_checking  # noqa: PLC0415
    from agreements.intake.receive import choose_columns, receive_file  # noqa: PLC0415
    from agreements.register.models.agreements import Agreement  # noqa: PLC0415

    editor = User.objects.create_user("editor", is_staff=True)
    now = timezone.now()
    content = workbook(rows)
    print(f"{rows:,} rows, {len(content) / 1024**2:.1f} MB\n")
    print("| step | seconds | of these busy here | highest memory, MB |\n| --- | --- | --- | --- |")
    one = timed("received", lambda: receive_file(ContentFile(content), name="messy.xlsx", by=editor, at=now))
    columns = one.preview["guess"]
    mapping = ColumnMapping(name="Figures", columns=columns)
    choose_columns(one.pk, mapping, remember=False, by=editor, at=now)
    start_checking(one.pk)
    timed("checked", lambda: check_import(one.pk))
    decide_rest(one.pk)
    start_checking(one.pk)
    checked = timed("checked again, once names are decided", lambda: check_import(one.pk))
    print(f"| | {checked.counts} | | |")
    start_applying(one.pk)
    timed("written", lambda: apply_import(one.pk, by=editor, at=now, good_rows_only=False))
    again = receive_file(ContentFile(content), name="messy.xlsx", by=editor, at=now)
    choose_columns(again.pk, mapping, remember=False, by=editor, at=now)
    start_checking(again.pk)
    last = timed("the same file checked anew", lambda: check_import(again.pk))
    print(f"| | {last.counts} | | |\n\n{Agreement.objects.count():,} agreements")


def timed(title: str, do: Callable[[], Any]) -> Any:
    began, busy = time.perf_counter(), time.process_time()
    result = do()
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {title} | {seconds:.1f} | {busy:.1f} | {memory:.0f} |", flush=True)
    return result


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
