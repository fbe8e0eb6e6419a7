"""Checking a file: it is read twice, for its names and to plan each row; the register is only read."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, BinaryIO, cast

from django.db import transaction

from agreements.intake.errors import Flaw, Unreadable
from agreements.intake.mapping import ColumnMapping
from agreements.intake.match import OrganizationNames
from agreements.intake.models import Import, ImportRow, ImportState, Outcome
from agreements.intake.names import UnknownNames, decisions_of, keep_names
from agreements.intake.opening import open_sheet
from agreements.intake.plan import CHUNK, Book, Planned, plan_rows
from agreements.intake.progress import Progress
from agreements.intake.reading import ReadRow, read_names, read_rows
from agreements.intake.sheets import Sheet


def check_import(import_id: int) -> Import:
    """Find out what the import would do with each row; safe to run again.

    Returns:
        The import: checked, or failed with its flaw. One that was not to be checked is left alone.
    """
    one = Import.objects.get(pk=import_id)
    if one.state != ImportState.CHECKING:
        return one
    ImportRow.objects.filter(of_import=one).delete()
    found: dict[str, Any] = {"state": ImportState.CHECKED, "flaw": {}}
    try:
        with opened(one) as sheet, Progress(one.pk) as progress:
            one.rows_total = _note_names(one, sheet)
            found |= {"counts": _plan(one, sheet, progress), "rows_total": one.rows_total, "rows_done": one.rows_total}
    except Unreadable as error:
        ImportRow.objects.filter(of_import=one).delete()
        found = {"state": ImportState.FAILED, "counts": {}, "flaw": {"code": error.flaw, "details": error.details}}
    Import.objects.filter(pk=one.pk, state=ImportState.CHECKING).update(**found)  # unless somebody gave it up meanwhile
    one.refresh_from_db()
    return one


@contextmanager
def opened(one: Import) -> Iterator[Sheet]:
    """The import's table.

    Raises:
        Unreadable: its file is erased, or can't be read.
    """
    if not one.file:
        raise Unreadable(Flaw.GONE)
    try:
        file = one.file.open("rb")
    except FileNotFoundError as error:
        raise Unreadable(Flaw.GONE) from error
    with file:
        bytes_of = cast(BinaryIO, file)
        yield open_sheet(bytes_of, encoding=one.encoding, delimiter=one.delimiter, sheet=one.sheet)


def chunks_of(rows: Iterator[ReadRow]) -> Iterator[list[ReadRow]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def book_of(one: Import) -> Book:
    return Book.open(
        collection=one.collection,
        agreement_kind=one.mapping.get("agreement_kind", ""),
        decisions=decisions_of(one),
    )


def mapping_of(one: Import) -> ColumnMapping:
    return ColumnMapping.model_validate(one.mapping)


def _note_names(one: Import, sheet: Sheet) -> int:
    """How many rows there are; their unknown names are kept."""
    unknown = UnknownNames(OrganizationNames.load())
    count = 0
    for names in read_names(sheet, mapping_of(one)):
        unknown.note(names)
        count += 1
    if not count:
        raise Unreadable(Flaw.NO_ROWS)
    keep_names(one, unknown)
    return count


def _plan(one: Import, sheet: Sheet, progress: Progress) -> dict[str, int]:
    counts: Counter[str] = Counter({outcome.value: 0 for outcome in Outcome})
    book = book_of(one)
    for chunk in chunks_of(read_rows(sheet, mapping_of(one))):
        with transaction.atomic():
            rows = [_row(one, planned) for planned in plan_rows(chunk, book)]
            ImportRow.objects.bulk_create(rows)
        counts.update(row.outcome for row in rows)
        progress.note(sum(counts.values()), total=one.rows_total)
    return dict(counts)


def _row(one: Import, planned: Planned) -> ImportRow:
    return ImportRow(
        of_import=one,
        number=planned.incoming.number,
        outcome=planned.outcome.value,
        register_number=planned.register_number,
        reference=planned.incoming.reference,
        title=planned.incoming.title[:200],
        refusals=[refusal.as_json() for refusal in planned.refusals],
        changes=[change.as_json() for change in planned.changes],
        edited_since=planned.edited_since,
        fingerprint=planned.fingerprint,
    )
