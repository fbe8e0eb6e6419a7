"""Receiving a file, looking at its first rows, and choosing what its columns mean."""

import hashlib
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.contrib.auth.models import User
from django.core.files import File
from django.db import transaction

from agreements.intake.cells import read_text
from agreements.intake.check import opened
from agreements.intake.columns import guess
from agreements.intake.errors import CellRefused, Flaw, NotNow, Unreadable
from agreements.intake.mapping import ColumnMapping
from agreements.intake.models import OPEN_STATES, Import, ImportState, SavedMapping
from agreements.intake.opening import open_sheet
from agreements.intake.reading import find_headings
from agreements.intake.sheets import MAX_FILE_BYTES, PREVIEW_ROWS, Cell, Formula, Sheet
from agreements.vocabulary.texts import tidy_line, unseen_in_line

_SHOWN = 120


def receive_file(file: "File[bytes]", *, name: str, by: User, at: datetime, title: str = "") -> Import:
    """Keep a file for an import, once it was found to be a table.

    Args:
        name: the file's own name.
        title: what it is called as a source; its name where empty.

    Raises:
        Unreadable: it is none, or is too large; nothing is kept.
    """
    if file.size > MAX_FILE_BYTES:
        raise Unreadable(Flaw.TOO_LARGE, limit=MAX_FILE_BYTES // 1024**2)
    sheet = open_sheet(cast(BinaryIO, file))
    preview = _preview(sheet, heading_row=0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file_name = _seen(PurePosixPath(name).name)[:200] or "file"
    one = Import(
        file_name=file_name,
        sha256=digest.hexdigest(),
        size_bytes=file.size,
        title=_seen(title)[:1000] or file_name,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        sheet=sheet.sheet,
        preview=preview,
        by=by,
        at=at,
    )
    file.seek(0)
    one.file.save(file_name, file, save=False)
    one.save()
    return one


def look_again(
    import_id: int, *, encoding: str = "", delimiter: str = "", sheet: str = "", heading_row: int = 0
) -> Import:
    """Read the first rows anew in another way.

    Raises:
        NotNow: the import is being checked or written, or is over.
        Unreadable: it can't be read in this way; all stays as it was.
    """
    one = Import.objects.get(pk=import_id)
    if one.state not in OPEN_STATES:
        raise NotNow(one.state)
    one.encoding, one.delimiter, one.sheet = encoding, delimiter, sheet
    with opened(one) as table:
        one.preview = _preview(table, heading_row=heading_row)
        one.encoding, one.delimiter, one.sheet = table.encoding, table.delimiter, table.sheet
    one.save(update_fields=["encoding", "delimiter", "sheet", "preview"])
    return one


@transaction.atomic
def choose_columns(import_id: int, mapping: ColumnMapping, *, remember: bool, by: User, at: datetime) -> Import:
    """Note what the columns mean; the import is to be checked then.

    Args:
        remember: keep the mapping under its name, for the next file of this kind.

    Raises:
        NotNow: as above.
    """
    one = Import.objects.select_for_update().get(pk=import_id)
    if one.state not in OPEN_STATES or not one.file:
        raise NotNow(one.state)
    one.mapping, one.collection = mapping.model_dump(), mapping.name
    one.state, one.flaw, one.counts = ImportState.RECEIVED, {}, {}
    one.rows_done = one.rows_total = 0
    one.save()
    if remember:
        content = {"content": mapping.model_dump(), "by": by, "at": at}
        SavedMapping.objects.update_or_create(name=mapping.name, defaults=content)
    return one


@transaction.atomic
def keep_mapping(import_id: int, mapping: ColumnMapping) -> None:
    """Note a mapping that came as a file, as a proposal that is still to be confirmed.

    Raises:
        NotNow: as above.
    """
    one = Import.objects.select_for_update().get(pk=import_id)
    if one.state not in OPEN_STATES:
        raise NotNow(one.state)
    one.mapping = mapping.model_dump()
    one.save(update_fields=["mapping"])


@transaction.atomic
def drop_import(import_id: int) -> Import:
    """Give an import up before it is written; its file is erased.

    Raises:
        NotNow: it is written already, or was given up.
    """
    one = Import.objects.select_for_update().get(pk=import_id)
    if one.state in (ImportState.APPLIED, ImportState.DROPPED):
        raise NotNow(one.state)
    one.state = ImportState.DROPPED
    one.save(update_fields=["state"])
    return one


def _preview(sheet: Sheet, *, heading_row: int) -> dict[str, Any]:
    """The headings, what they may mean, and the first rows below them, as texts.

    Raises:
        Unreadable: there are none.
    """
    headings = find_headings(sheet, row=heading_row)
    rows = []
    for row in sheet.rows():
        if row.number > headings.row:
            rows.append([_shown(row.cell(index)) for index in range(len(headings.names))])
        if len(rows) == PREVIEW_ROWS:
            break
    if not rows:
        raise Unreadable(Flaw.NO_ROWS)
    return {
        "headings": list(headings.names),
        "heading_row": headings.row,
        "rows": rows,
        "sheets": list(sheet.sheets),
        "kind": sheet.kind,
        "guess": guess([name for name in headings.names if name]),
    }


def _seen(name: str) -> str:
    """A file's name as a line of the register: what nobody sees in it is dropped, because nobody chose it."""
    line = tidy_line(name)
    while found := unseen_in_line(line):
        line = line.replace(found.character, "")
    return tidy_line(line)


def _shown(cell: Cell) -> str:
    if isinstance(cell, Formula):
        return cell.text[:_SHOWN]
    try:
        text = read_text(cell)
    except CellRefused:
        text = str(cell)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
