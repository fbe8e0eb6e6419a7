"""The whole register as files, sent while they are read: tables as CSV, the wide one as XLSX, editions as JSON Lines.

All of them are of the moment at which they were asked for, whatever is published while they are sent.
"""

import json
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext, override

from agreements.editions.models import Edition
from agreements.editions.partial import reader_of
from agreements.editions.queries import count_current_at, current_editions_at
from agreements.formats.all_tables import TABLES
from agreements.formats.register_table import AGREEMENTS
from agreements.formats.spreadsheet import MEDIA_TYPE, xlsx_pieces
from agreements.formats.tables import Cell, Published, Table, csv_lines, in_pieces
from agreements.opendata.files.answers import (
    State,
    current_state,
    data_file,
    declared_licence,
    of_register,
    packed_file,
)
from agreements.vocabulary.languages import LANGUAGES

_BY_NAME: Final = {table.name: table for table in TABLES}


@data_file
def table_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """A table of the register; several values of a cell are separated by "; "."""
    table, state = _BY_NAME.get(name), current_state()
    if table is None:
        raise Http404
    pieces = in_pieces(csv_lines(table.header, _rows(table, state)))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8; header=present")
    return of_register(response, state, file_name=f"{name}.csv")


@packed_file
def agreements_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The wide table as a workbook, below a sheet that says what it is."""
    state = current_state()
    expected = count_current_at(state.sequence)
    pieces = xlsx_pieces(
        AGREEMENTS.name,
        AGREEMENTS.header,
        _rows(AGREEMENTS, state),
        about=list(_about(state, agreements=expected)),
        at_most=expected,
    )
    response = StreamingHttpResponse(pieces, content_type=MEDIA_TYPE)
    return of_register(response, state, file_name="agreements.xlsx")


@data_file
def agreements_jsonl(request: HttpRequest) -> HttpResponseBase:
    """A line an agreement: its number, edition, hash, moment, licence and address, and the exact canonical content."""
    state = current_state()
    lines = in_pieces(_line(edition) for edition in current_editions_at(state.sequence))
    response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    return of_register(response, state, file_name="agreements.jsonl")


def _rows(table: Table, state: State) -> Iterator[list[Cell]]:
    read, licence, origin = reader_of(*table.fields), declared_licence(), settings.PUBLIC_ORIGIN
    for edition in current_editions_at(state.sequence):
        content = read(bytes(edition.canonical))
        yield from table.rows(Published(edition, content, state.day, origin, licence))


def _line(edition: Edition) -> str:
    licence = declared_licence()
    head = {
        "register_number": edition.register_number,
        "edition": edition.number,
        "content_sha256": edition.content_hash,
        "published_at": edition.published_at.isoformat(timespec="seconds"),
        "licence": str(licence) if licence else None,
        "address": f"{settings.PUBLIC_ORIGIN}/id/{edition.register_number}/{edition.number}",
    }
    # RFC 8785 writes no line breaks, so the content goes in as it was hashed.
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "content": {bytes(edition.canonical).decode()}}}\n'


def _about(state: State, *, agreements: int) -> Iterator[tuple[str, str]]:
    """What the first sheet says, in each language."""
    licence = declared_licence()
    for language in LANGUAGES:
        with override(language):
            address = settings.PUBLIC_ORIGIN + reverse("site:data")
            yield gettext("MOC Portal"), gettext("Public register of memoranda of cooperation")
            yield gettext("Agreements"), str(agreements)
            yield gettext("Legal status as of"), state.day.isoformat()
            yield gettext("Newest entry of the log"), f"{state.sequence} {state.head.entry_hash if state.head else ''}"
            yield gettext("Licence of the data"), str(licence or gettext("None has been declared."))
            yield gettext("What the columns mean"), address
            yield "", ""
