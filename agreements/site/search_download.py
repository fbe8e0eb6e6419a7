"""Downloads of exactly what a search found, as CSV, XLSX and JSON, sent while they are read."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from agreements.editions.queries import log_head
from agreements.formats.spreadsheet import MEDIA_TYPE, xlsx_pieces
from agreements.formats.tables import csv_lines, in_pieces
from agreements.search.days import derive_due_statuses
from agreements.search.download import NAMED, Row, all_matches
from agreements.search.errors import SearchRefused
from agreements.search.models import Facet
from agreements.search.query import Query, parse_query
from agreements.site.search import why_refused
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.zone import day_in_baghdad

_LISTED: Final = {
    Facet.PARTY: "parties", Facet.FUNDER: "funders", Facet.FRAMEWORK: "frameworks", Facet.OBJECTIVE: "objectives",
    Facet.PLACE: "places", Facet.LANGUAGE: "languages",
}  # fmt: skip
_COLUMNS: Final = (
    "register_number", *(f"title_{language}" for language in LANGUAGES), "kind", "legal_character", "legal_status",
    "legal_status_as_of", "date", *_LISTED.values(),
    *(f"{_LISTED[facet]}_{language}" for facet in NAMED for language in LANGUAGES),
    "edition", "published_at", "address",
)  # fmt: skip


@csrf_exempt
@require_safe
def agreements_csv(request: HttpRequest) -> HttpResponseBase:
    """One line an agreement; several values of a cell are separated by "; "."""
    return _download(request, "text/csv; charset=utf-8", "csv", _csv)


@csrf_exempt
@require_safe
def agreements_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook, below a sheet that says what was asked for."""
    return _download(request, MEDIA_TYPE, "xlsx", _xlsx)


@csrf_exempt
@require_safe
def agreements_json(request: HttpRequest) -> HttpResponseBase:
    """An object with the query's address, the day that legal statuses are of, and the agreements."""
    return _download(request, "application/json", "json", _json)


def _download(request: HttpRequest, media_type: str, ending: str, write: Any) -> HttpResponseBase:
    try:
        query = parse_query(request.GET).beginning(None)
    except SearchRefused as refused:
        return _refused(refused)
    now = timezone.now()
    derive_due_statuses(at=now)
    today = day_in_baghdad(now)
    response = StreamingHttpResponse(write(query, today), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="agreements-{today}.{ending}"'
    response["Cache-Control"] = "no-store"  # each is another day's, and some are long
    response["X-Robots-Tag"] = "noindex"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _refused(refused: SearchRefused) -> HttpResponse:
    return JsonResponse({"error": why_refused(refused), "limit": refused.args[0]}, status=400)


def _csv(query: Query, today: date) -> Iterator[bytes]:
    return in_pieces(csv_lines(_COLUMNS, _rows(query, today)))


def _xlsx(query: Query, today: date) -> Iterator[bytes]:
    licence = f"{settings.DATA_LICENCE_NAME} {settings.DATA_LICENCE_URL}".strip()
    about = (
        (gettext("Search"), _asked(query)),
        (gettext("Legal status as of"), today.isoformat()),
        (gettext("Licence of the data"), licence or gettext("No licence has been declared.")),
    )
    head = log_head()
    at_most = head.sequence if head else 0
    return xlsx_pieces("agreements", _COLUMNS, _rows(query, today), about=about, at_most=at_most)


def _json(query: Query, today: date) -> Iterator[bytes]:
    return in_pieces(_json_lines(query, today))


def _json_lines(query: Query, today: date) -> Iterator[str]:
    head = {"query": _asked(query), "legal_status_as_of": today.isoformat()}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "agreements": ['
    for place, row in enumerate(all_matches(query)):
        yield (",\n" if place else "\n") + json.dumps(_document(row), ensure_ascii=False)
    yield "\n]}\n"


def _asked(query: Query) -> str:
    return query.address(f"{settings.PUBLIC_ORIGIN}/en/agreements/")


def _rows(query: Query, today: date) -> Iterator[list[str]]:
    for row in all_matches(query):
        record = _record(row, today)
        yield [record[column] for column in _COLUMNS]


def _record(row: Row, today: date) -> dict[str, str]:
    listed = {column: "; ".join(row.keys[facet]) for facet, column in _LISTED.items()}
    named = {
        f"{_LISTED[facet]}_{language}": "; ".join(name.get(language) or "" for name in row.names[facet])
        for facet in NAMED
        for language in LANGUAGES
    }
    return {
        "register_number": row.register_number,
        **{f"title_{language}": row.title.get(language) or "" for language in LANGUAGES},
        "kind": row.keys[Facet.KIND][0],
        "legal_character": row.keys[Facet.CHARACTER][0],
        "legal_status": row.status,
        "legal_status_as_of": today.isoformat(),
        "date": row.date,
        **listed,
        **named,
        "edition": str(row.edition_number),
        "published_at": row.published_at,
        "address": _address(row),
    }


def _document(row: Row) -> dict[str, Any]:
    return {
        "register_number": row.register_number,
        "title": row.title.model_dump(),
        "kind": row.keys[Facet.KIND][0],
        "legal_character": row.keys[Facet.CHARACTER][0],
        "legal_status": row.status,
        "date": row.date or None,
        "languages": row.keys[Facet.LANGUAGE],
        **{
            _LISTED[facet]: [
                {"id": key, "name": name.model_dump()}
                for key, name in zip(row.keys[facet], row.names[facet], strict=True)
            ]
            for facet in NAMED
        },
        "edition": row.edition_number,
        "published_at": row.published_at,
        "address": _address(row),
    }


def _address(row: Row) -> str:
    return f"{settings.PUBLIC_ORIGIN}/id/{row.register_number}"
