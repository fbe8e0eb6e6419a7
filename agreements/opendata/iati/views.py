"""IATI 2.03 at permanent addresses: one edition, and the register as a whole."""

from datetime import date, datetime
from hashlib import sha256
from typing import Final, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from agreements.editions.models import LogEntry
from agreements.editions.public import Withdrawn, public_edition
from agreements.editions.queries import current_editions_at, log_head
from agreements.formats.iati.file import MEDIA_TYPE, iati_xml, register_iati
from agreements.formats.iati.reported import declared_licence, reported
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.zone import day_in_baghdad
from moc_portal.pages.public import SHARED_MAX_AGE_S, cacheable

Response = TypeVar("Response", bound=HttpResponseBase)

_MADE_ANEW: Final = 1
"""Part of the register file's tag: raise it where the same editions give another file."""


@csrf_exempt
@require_safe
def agreement(request: HttpRequest, register_number: str) -> HttpResponse:
    """The current edition as an IATI file, with the statuses of today in Baghdad."""
    return _answer(register_number, None)


@csrf_exempt
@require_safe
def edition(request: HttpRequest, register_number: str, number: int) -> HttpResponse:
    """One edition by number, in the same way."""
    return _answer(register_number, number)


@csrf_exempt
@require_safe
@gzip_page
def register(request: HttpRequest) -> HttpResponseBase:
    """All current editions as one IATI file, sent while it is made."""
    head, now = log_head(), timezone.now()
    etag = _tag(head, day_in_baghdad(now))
    response = get_conditional_response(request, etag=etag) or _streamed(head, now)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age=0, s-maxage={SHARED_MAX_AGE_S}"
    return _for_all(response, reverse("neutral:iati_register"))


def _streamed(head: LogEntry | None, now: datetime) -> HttpResponseBase:
    day = day_in_baghdad(now)
    subjects = (reported(one, as_of=day) for one in current_editions_at(head.sequence if head else 0))
    pieces = register_iati(subjects, origin=settings.PUBLIC_ORIGIN, at=now, as_of=day, licence=declared_licence())
    response = StreamingHttpResponse(pieces, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="iati-activities-{day}.xml"'
    return response


def _tag(head: LogEntry | None, day: date) -> str:
    """Of all that the register's file depends on: a weak one, because each compression has other bytes."""
    parts = (head.entry_hash if head else "", day, declared_licence(), settings.IATI_REPORTING_ORG, _MADE_ANEW)
    return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _answer(register_number: str, number: int | None) -> HttpResponse:
    try:
        found = public_edition(register_number, number)
    except Withdrawn as withdrawn:
        return _for_all(_gone(withdrawn.entry))
    except Http404:
        return _for_all(JsonResponse({"error": "not found", "register_number": register_number}, status=404))
    subject = reported(found, as_of=day_in_baghdad(timezone.now()))
    response = HttpResponse(iati_xml(subject), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response["Content-Language"] = ", ".join(LANGUAGES)
    response["Content-Disposition"] = f'inline; filename="{found.register_number}-edition-{found.number}.iati.xml"'
    return cacheable(_for_all(response, reverse("neutral:edition_iati", args=[found.register_number, found.number])))


def _gone(withdrawal: LogEntry) -> HttpResponse:
    """410 with the reason, as the address with ``.json`` gives it."""
    body = {
        "error": "withdrawn",
        "register_number": withdrawal.register_number,
        "withdrawn_at": withdrawal.at.isoformat(),
        "reason": withdrawal.note.model_dump(),
    }
    return cacheable(JsonResponse(body, status=410))


def _for_all(response: Response, canonical: str = "") -> Response:
    """Readable from any site's scripts; which address it is for ever, and on what terms it may be used."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link"
    licence = settings.DATA_LICENCE_URL if settings.DATA_LICENCE_NAME else ""
    links = (f'<{canonical}>; rel="canonical"' if canonical else "", f'<{licence}>; rel="license"' if licence else "")
    if any(links):
        response["Link"] = ", ".join(filter(None, links))
    return response
