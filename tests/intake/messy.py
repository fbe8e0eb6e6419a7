"""A messy file, as such files are: made here for CSV and XLSX alike."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = (
    "Ref", "Title", "العنوان", "Type", "", "Date signed", "In force", "Planned end", "Parties", "Donor", "Amount (USD)",
    "Currency", "Notice", "notice period in", "Place",
)  # fmt: skip

MANY = [f"Partner {number:03}" for number in range(290)]
LONG_TITLE = ("A memorandum on " + "very long matters and " * 40)[:513].strip().ljust(513, "x")
SERIAL = 44232  # 5 February 2021, as Excel counts days


def row(**cells: Any) -> tuple[Any, ...]:
    return tuple(cells.get(name, "") for name in (
        "ref", "title", "arabic", "kind", "empty", "signed", "in_force", "end", "parties", "donor", "amount",
        "currency", "notice", "unit", "place",
    ))  # fmt: skip


GOOD: tuple[tuple[Any, ...], ...] = (
    row(ref="A-1", title="Iso date", kind="MoU", signed="2021-02-05", parties="IOM Iraq; Government of Iraq"),
    row(ref="A-2", title="Day first", kind="Memorandum of Understanding", signed="05/02/2021", in_force="2021-03"),
    row(ref="A-3", title="Of the 1700s", kind="protocol", signed="04/07/1776", end="1800"),
    row(ref="A-4", title="Serial", kind="Protocol", signed=SERIAL, in_force="Feb 2021"),
    row(ref="A-5", title="Many parties", kind="other", parties="; ".join(MANY)),
    row(ref="A-6", title=LONG_TITLE, kind="other", signed="٠٥/٠٢/٢٠٢١"),
    row(ref="A-7", arabic="مذكرة تعاون", kind="مذكرة تفاهم", signed="٥ شباط ٢٠٢١", parties="حكومة العراق"),
    row(ref="A-8", title="Numbers as text", kind="other", donor="Government of Canada", amount="250,000",
        currency="USD", notice="٦", unit="months"),
    row(ref="A-9", title="Variant", kind="other",
        parties="international organization  for MIGRATION in iraq;Partner 001"),
    row(ref="A-1", title="Iso date", kind="MoU", signed="2021-02-05", parties="IOM Iraq; Government of Iraq"),
)  # fmt: skip

BAD: tuple[tuple[Any, ...], ...] = (
    row(ref="B-1", title="No such day", kind="other", signed="31/02/2021"),
    row(ref="B-2", title="A formula", kind="=CONCAT(1;2)"),
    row(ref="B-3", kind="other"),
    row(ref="B-4", title="Ends before it begins", kind="other", signed="2021", end="2020"),
    row(ref="B-5", title="Nobody knows this place", kind="other", place="Atlantis"),
    row(ref="B-6", title="A near name", kind="other", parties="Government of Irak"),
    row(ref="A-2", title="Said twice, another way", kind="other"),
    row(ref="B-7", title="Over\u202eturned", kind="other"),
    row(ref="B-8", title="x" * 1001, kind="other"),
    row(ref="B-9", title="Half a notice", kind="other", notice="6"),
    row(ref="B-1", title="No such day", kind="other", signed="31/02/2021"),
)


def as_csv(rows: Sequence[Sequence[Any]], *, encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for one in rows:
        sheet.append([None if cell == "" else cell for cell in one])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
