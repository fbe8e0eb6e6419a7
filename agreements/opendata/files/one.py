"""One agreement in other forms than its JSON, below its permanent address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from agreements.editions.public import public_edition
from agreements.formats.json_ld import linked_data
from agreements.opendata.files.answers import data_file, declared_licence, of_edition
from agreements.vocabulary.asked_language import asked_language
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.zone import day_in_baghdad


@data_file
def agreement_jsonld(request: HttpRequest, register_number: str) -> HttpResponseBase:
    """The current edition as linked data."""
    return _linked_data(register_number, None)


@data_file
def edition_jsonld(request: HttpRequest, register_number: str, number: int) -> HttpResponseBase:
    """One edition as linked data, with the legal status that it has today."""
    return _linked_data(register_number, number)


@data_file
def agreement_ics(request: HttpRequest, register_number: str) -> HttpResponseBase:
    """Leads to the calendar of its dates in the language that is asked for."""
    return _in_language(request, "agreement_calendar", register_number)


@data_file
def agreement_atom(request: HttpRequest, register_number: str) -> HttpResponseBase:
    """Leads to the feed of its editions in the language that is asked for."""
    return _in_language(request, "agreement_feed", register_number)


def _linked_data(register_number: str, number: int | None) -> HttpResponse:
    edition = public_edition(register_number, number)
    today = day_in_baghdad(timezone.now())
    node = linked_data(edition, origin=settings.PUBLIC_ORIGIN, as_of=today, licence=declared_licence())
    written = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(node, content_type="application/ld+json", json_dumps_params=written)
    response["Content-Language"] = ", ".join(LANGUAGES)
    path = reverse("neutral:edition_jsonld", args=[register_number, edition.number])
    return of_edition(response, edition, path=path)


def _in_language(request: HttpRequest, name: str, register_number: str) -> HttpResponse:
    with translation.override(asked_language(request.headers.get("Accept-Language", ""))):
        response = HttpResponseRedirect(reverse(f"site:{name}", args=[register_number]))
    response.status_code = 303
    patch_vary_headers(response, ["Accept-Language"])
    return response
