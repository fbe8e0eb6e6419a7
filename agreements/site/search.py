"""The list of agreements: search, completion of words, and downloads of what was found."""

import json
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.editions.queries import was_published
from agreements.formats.words import write_number
from agreements.search.days import derive_due_statuses
from agreements.search.errors import QueryTooLong, SearchRefused, TooManyValues
from agreements.search.forms import SearchForm
from agreements.search.query import Query, parse_query
from agreements.search.terms import register_number_in
from agreements.search.words import completions_of
from agreements.site.answers import language_of_page, public_page
from agreements.site.search_page import search_page
from agreements.vocabulary.zone import day_in_baghdad

_HTMX: Final = json.dumps(
    {"allowEval": False, "historyCacheSize": 0, "includeIndicatorStyles": False, "refreshOnHistoryMiss": True}
)
"""It adds no style, runs no text as code, and keeps no page on the reader's machine."""


@public_page
def agreements(request: HttpRequest) -> HttpResponse:
    """All agreements, or those that the address asks for; a register number leads to its agreement."""
    language = language_of_page()
    try:
        query = parse_query(request.GET)
    except SearchRefused as refused:
        return _refused(request, refused)
    number = register_number_in(query.words)
    meant = f"MOC-{number:04d}" if number is not None else ""
    if meant and was_published(meant):
        return redirect("site:agreement", meant)
    now = timezone.now()
    derive_due_statuses(at=now)
    context = {
        "found": search_page(query, language=language),
        "as_of": day_in_baghdad(now),
        "section": "agreements",
        "htmx_config": _HTMX,
        **_addresses(request.path, query),
    }
    return render(request, "site/agreement_list.html", context)


@public_page
def completions(request: HttpRequest) -> HttpResponse:
    """What a text that is being typed may become, as a JSON list; empty where that is too long to be typed."""
    try:
        words = parse_query(request.GET).words
    except SearchRefused:
        words = ""
    return JsonResponse(completions_of(words), safe=False)


def _addresses(here: str, query: Query) -> dict[str, object]:
    kept = query.beginning(None).address()
    return {
        "form": SearchForm(query.words, action=here, completions=reverse("site:search_completions")),
        "here": here,
        "kept_query": kept,
        "canonical": f"{here}{kept}",
        "csv": reverse("site:agreements_csv"),
        "xlsx": reverse("site:agreements_xlsx"),
        "json": reverse("site:agreements_json"),
        "feed": reverse("site:search_feed"),
    }


def why_refused(refused: SearchRefused) -> str:
    """Why a query is not looked for, and what to do, in the active language."""
    match refused:
        case QueryTooLong(limit=limit):
            text = _("At most %(limit)s characters can be looked for. Use fewer words.")
        case TooManyValues(limit=limit):
            text = _("At most %(limit)s values of one kind can be chosen. Choose fewer.")
        case _:
            raise refused
    return text % {"limit": write_number(limit, language_of_page())}


def _refused(request: HttpRequest, refused: SearchRefused) -> HttpResponse:
    shown = {"heading": _("This search is too long"), "explanation": why_refused(refused)}
    return render(request, "site/error.html", shown, status=400)
