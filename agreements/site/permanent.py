"""Permanent, language-neutral addresses: people are led to the page, programs get the content."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from agreements.editions.models import Edition
from agreements.editions.public import Withdrawn, public_edition
from agreements.site.answers import gone, gone_json
from agreements.vocabulary.asked_language import asked_language
from agreements.vocabulary.languages import LANGUAGES
from moc_portal.pages.public import cacheable

_HTML, _JSON, _JSON_LD, _XML = "text/html", "application/json", "application/ld+json", "application/xml"
_ALTERNATES: Final = {"json": _JSON, "jsonld": _JSON_LD, "iati.xml": _XML}


@csrf_exempt
@require_safe
def agreement(request: HttpRequest, register_number: str) -> HttpResponse:
    """The current edition: its content where JSON is asked for, else a redirect to another form or to the page."""
    return _negotiate(request, register_number, None)


@csrf_exempt
@require_safe
def edition(request: HttpRequest, register_number: str, number: int) -> HttpResponse:
    """One edition by number, in the same way."""
    return _negotiate(request, register_number, number)


@csrf_exempt
@require_safe
def agreement_json(request: HttpRequest, register_number: str) -> HttpResponse:
    return _content(register_number, None)


@csrf_exempt
@require_safe
def edition_json(request: HttpRequest, register_number: str, number: int) -> HttpResponse:
    return _content(register_number, number)


def _negotiate(request: HttpRequest, register_number: str, number: int | None) -> HttpResponse:
    wanted = request.get_preferred_type([_HTML, _JSON, _JSON_LD, _XML])
    ending = {_JSON_LD: "jsonld", _XML: "iati.xml"}.get(wanted or "")
    if ending is not None:
        response = _see_other(f"{request.path}.{ending}")
    else:
        response = _content(register_number, number) if wanted == _JSON else _to_page(request, register_number, number)
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _to_page(request: HttpRequest, register_number: str, number: int | None) -> HttpResponse:
    with translation.override(asked_language(request.headers.get("Accept-Language", ""))):
        try:
            public_edition(register_number, number)
        except Withdrawn as withdrawn:
            return gone(request, withdrawn.entry)
        if number is None:
            target = reverse("site:agreement", args=[register_number])
        else:
            target = reverse("site:edition", args=[register_number, number])
    response = _see_other(target)
    response["Link"] = _alternates(register_number, number)
    return response


def _see_other(target: str) -> HttpResponse:
    response = HttpResponseRedirect(target)
    response.status_code = 303
    return response


def _alternates(register_number: str, number: int | None) -> str:
    """The other forms of the same, for programs (RFC 8288)."""
    if number is None:
        address = reverse("neutral:agreement", args=[register_number])
    else:
        address = reverse("neutral:edition", args=[register_number, number])
    return ", ".join(f'<{address}.{ending}>; rel="alternate"; type="{name}"' for ending, name in _ALTERNATES.items())


def _content(register_number: str, number: int | None) -> HttpResponse:
    """The canonical bytes exactly as they were hashed, so that anyone can recompute the hash."""
    try:
        found = public_edition(register_number, number)
    except Withdrawn as withdrawn:
        return gone_json(withdrawn)
    except Http404:
        return JsonResponse({"error": "not found", "register_number": register_number}, status=404)
    return cacheable(_json(found))


def _json(edition: Edition) -> HttpResponse:
    response = HttpResponse(bytes(edition.canonical), content_type=_JSON)
    response["ETag"] = f'"{edition.content_hash}"'
    response["Content-Language"] = ", ".join(LANGUAGES)
    response["Access-Control-Allow-Origin"] = "*"
    canonical = reverse("neutral:edition", args=[edition.register_number, edition.number])
    others = _alternates(edition.register_number, edition.number)
    response["Link"] = f'<{canonical}>; rel="canonical", {others}'
    return response
