"""Where everything is, for who knows only the root."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_noop as _

from agreements.opendata.api.answers import Answer, InLanguages, Licence, address, licence, send
from agreements.opendata.api.operations import Words, reading, router
from agreements.opendata.api.problems import KINDS, NOT_FOUND, Refused
from agreements.opendata.api.things import PATHS
from agreements.vocabulary.asked_language import asked_language
from agreements.vocabulary.mentions import ThingKind
from moc_portal.pages.public import cacheable

TAG: Final = _("Index")
PAGE: Final = "data/api/"
"""The page of documentation, below a language."""


class Index(Answer):
    """The addresses of what there is."""

    documentation: InLanguages
    openapi: str
    agreements: str
    organisations: str
    frameworks: str
    places: str
    log: str
    licence: Licence | None


@reading(
    "",
    answer=Index,
    words=Words(
        TAG, _("List the addresses"), _("Where everything is. Browsers are led to the page of documentation instead.")
    ),
)
def get_index(request: HttpRequest) -> Index | HttpResponse:
    answer = _to_page(request) if _is_browser(request) else send(index())
    patch_vary_headers(answer, ["Accept"])
    return answer


@router.get("problems/{name}", include_in_schema=False)
def explain_problem(request: HttpRequest, name: str) -> HttpResponse:
    """The address that names a kind of problem leads to what is said of it."""
    if name not in {one.name for one in KINDS}:
        raise Refused(NOT_FOUND)
    return _to_page(request, f"#{name}")


def index() -> Index:
    return Index(
        documentation=InLanguages.of(PAGE),
        openapi=address("openapi.json"),
        agreements=address("agreements"),
        organisations=address(PATHS[ThingKind.ORGANIZATION]),
        frameworks=address(PATHS[ThingKind.FRAMEWORK]),
        places=address(PATHS[ThingKind.PLACE]),
        log=address("log"),
        licence=licence(),
    )


def _is_browser(request: HttpRequest) -> bool:
    return request.get_preferred_type(["application/json", "text/html"]) == "text/html"


def _to_page(request: HttpRequest, fragment: str = "") -> HttpResponse:
    language = asked_language(request.headers.get("Accept-Language", ""))
    response = HttpResponseRedirect(f"/{language}/{PAGE}{fragment}", status=303)
    patch_vary_headers(response, ["Accept-Language"])
    return cacheable(response)
