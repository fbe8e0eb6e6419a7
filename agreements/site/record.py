"""One agreement: its page, its older editions, two of its languages side by side, and how to cite it."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.editions.models import Edition
from agreements.editions.public import public_edition
from agreements.formats.citation import bibtex, ris
from agreements.formats.side_by_side import language_pairs, side_by_side
from agreements.site.answers import language_of_page, public_page, shown_whole
from agreements.site.other_seals import seals_of
from agreements.vocabulary.languages import Language

_CITATIONS: Final[dict[str, tuple[Callable[..., str], str]]] = {
    "ris": (ris, "application/x-research-info-systems"),
    "bib": (bibtex, "application/x-bibtex"),
}


@public_page
def agreement(request: HttpRequest, register_number: str) -> HttpResponse:
    return _page(request, public_edition(register_number))


@public_page
def edition(request: HttpRequest, register_number: str, number: int) -> HttpResponse:
    """One edition; an older one says which is the current one, and leads to what differs."""
    found, current = public_edition(register_number, number), public_edition(register_number)
    return _page(request, found, newer=current if current.number != number else None)


@public_page
def read(
    request: HttpRequest, register_number: str, one: Language, other: Language, number: int | None = None
) -> HttpResponse:
    """The texts of an edition, the current one without a number, in two languages side by side."""
    if one == other:
        return redirect("site:agreement", register_number)
    found = public_edition(register_number, number)
    context = {
        "edition": found,
        "number": number,
        "both": side_by_side(found.content, one, other),
        "choices": language_pairs(found.content),
        "is_not_found_by_search": True,
        "section": "agreements",
    }
    return render(request, "site/side_by_side.html", context)


@public_page
def cite(request: HttpRequest, register_number: str, form: str, number: int | None = None) -> HttpResponse:
    """The citation of an edition, the current one without a number, as a file for a reference manager."""
    found = public_edition(register_number, number)
    write, media_type = _CITATIONS[form]
    language = language_of_page()
    response = HttpResponse(
        write(found, language, origin=settings.PUBLIC_ORIGIN), content_type=f"{media_type}; charset=utf-8"
    )
    name = f"{register_number}-edition-{found.number}-{language}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(request: HttpRequest, edition: Edition, *, newer: Edition | None = None) -> HttpResponse:
    """Search engines are told the agreement's own page, whichever edition is shown."""
    context = {
        "view": shown_whole(edition),
        "newer": newer,
        "other_seals": seals_of(edition),
        "section": "agreements",
        "canonical": reverse("site:agreement", args=[edition.register_number]),
        "is_not_found_by_search": newer is not None,
    }
    return render(request, "site/agreement_detail.html", context)
