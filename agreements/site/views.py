"""The public pages, read from editions only."""

from typing import Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.editions.queries import current_editions, log_head, register_figures
from agreements.site.answers import public_page, shown_today

_PAGE: Final = 25
_NEWEST: Final = 5


@public_page
def home(request: HttpRequest) -> HttpResponse:
    newest = current_editions().order_by("-entry_id")[:_NEWEST]
    context = {"newest": [shown_today(edition) for edition in newest], "figures": register_figures()}
    return render(request, "site/home.html", context)


@public_page
def agreements(request: HttpRequest) -> HttpResponse:
    page = Paginator(current_editions().order_by("-entry_id"), _PAGE).get_page(request.GET.get("page"))
    context = {
        "entries": [shown_today(edition) for edition in page],
        "previous_page": page.previous_page_number() if page.has_previous() else None,
        "next_page": page.next_page_number() if page.has_next() else None,
        "section": "agreements",
    }
    return render(request, "site/agreement_list.html", context)


@public_page
def about(request: HttpRequest) -> HttpResponse:
    has_development_seal = settings.DEVELOPMENT and not settings.SEAL_PKCS12
    context = {"head": log_head(), "has_development_seal": has_development_seal, "section": "about"}
    return render(request, "site/about.html", context)
