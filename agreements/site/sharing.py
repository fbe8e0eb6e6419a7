"""What search engines and those who share a page fetch: pictures, the sitemap, robots.txt."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from agreements.editions.public import public_edition
from agreements.editions.queries import log_head, published_between
from agreements.reference.frameworks import shipped_frameworks
from agreements.reference.places import shipped_places
from agreements.search.named import page_of
from agreements.search.things import newest_thing, things_between
from agreements.site.answers import language_of_page, public_page
from agreements.summaries.sharing_image import image_of_edition, image_of_register
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.mentions import ThingKind

ENTRIES_A_SITEMAP: Final = 2_000
"""Places of the log that one file covers: in three languages far below the protocol's 50,000 addresses and 50 MB."""

_PAGES: Final = (
    "home", "agreements", "organizations", "frameworks", "places", "dates", "verify", "data", "api", "about",
    "glossary", "accessibility", "privacy", "contact",
)  # fmt: skip
"""Pages, by their names, that are no record's."""

_KEPT_OUT: Final = ("admin/", "confirm/", "seal/", "calendar/", "reports/")
"""What lies below a language and is not the public's."""

_XML: Final = "application/xml; charset=utf-8"


@public_page
def edition_image(request: HttpRequest, register_number: str, number: int) -> HttpResponse:
    """The picture that a shared link to an edition shows."""
    image = image_of_edition(public_edition(register_number, number), language_of_page())
    return HttpResponse(image, content_type="image/png")


@public_page
def register_image(request: HttpRequest) -> HttpResponse:
    """The picture that a shared link to any other page shows."""
    return HttpResponse(image_of_register(language_of_page()), content_type="image/png")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What robots are asked to leave alone (RFC 9309), and where the sitemap is."""
    kept_out = [f"Disallow: /{language}/{path}" for language in LANGUAGES for path in _KEPT_OUT]
    lines = ["User-agent: *", "Disallow: /admin/", *kept_out, "", f"Sitemap: {settings.PUBLIC_ORIGIN}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps (sitemaps.org, protocol 0.9): of pages, of stretches of the log, of what agreements name."""
    head = log_head()
    addresses = [reverse("neutral:sitemap_of_pages")]
    for name, last in (("sitemap", head.sequence if head else 0), ("sitemap_of_things", newest_thing())):
        files = range(1, (last - 1) // ENTRIES_A_SITEMAP + 2)
        addresses += [reverse(f"neutral:{name}", args=[number]) for number in files]
    context = {"addresses": addresses, "origin": settings.PUBLIC_ORIGIN}
    return render(request, "site/sitemap_index.xml", context, content_type=_XML)


@public_page
def sitemap_of_pages(request: HttpRequest) -> HttpResponse:
    """Pages about the register, and those of what the portal ships with, also where no agreement names it."""
    return _sitemap(request, [(_without_language(path), None) for path in [*map(_page, _PAGES), *_shipped()]])


@public_page
def sitemap(request: HttpRequest, number: int) -> HttpResponse:
    """The agreements whose current edition stands in one stretch of the log."""
    head = log_head()
    first, last = _stretch(number, end=head.sequence if head else 0)
    found = published_between(first, last)
    return _sitemap(request, [(f"agreements/{one.register_number}/", one.published_at) for one in found])


@public_page
def sitemap_of_things(request: HttpRequest, number: int) -> HttpResponse:
    """Organisations, frameworks, objectives and places that agreements name."""
    first, last = _stretch(number, end=newest_thing())
    shipped = set(_shipped())
    paths = [path for kind, key in things_between(first, last) if (path := page_of(kind, key)) not in shipped]
    return _sitemap(request, [(_without_language(path), None) for path in paths])


def _stretch(number: int, *, end: int) -> tuple[int, int]:
    first = (number - 1) * ENTRIES_A_SITEMAP + 1
    if first > end:
        raise Http404
    return first, first + ENTRIES_A_SITEMAP - 1


def _page(name: str) -> str:
    return reverse(f"site:{name}")


def _shipped() -> Iterator[str]:
    for framework in shipped_frameworks():
        yield page_of(ThingKind.FRAMEWORK, framework.id)
        for objective in framework.objectives:
            yield page_of(ThingKind.OBJECTIVE, objective.id)
    for place in shipped_places():
        yield page_of(ThingKind.PLACE, place.id)


def _without_language(path: str) -> str:
    return path.split("/", 2)[2]


def _sitemap(request: HttpRequest, pages: Sequence[tuple[str, datetime | None]]) -> HttpResponse:
    context = {"pages": pages, "languages": LANGUAGES, "origin": settings.PUBLIC_ORIGIN}
    return render(request, "site/sitemap.xml", context, content_type=_XML)
