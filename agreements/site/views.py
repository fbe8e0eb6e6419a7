"""The public pages, read from editions only."""

from typing import Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.editions.queries import current_editions, log_head, register_figures
from agreements.site.answers import public_edition, public_page, shown_today

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
def agreement(request: HttpRequest, register_number: str) -> HttpResponse:
    view = shown_today(public_edition(register_number))
    context = {"view": view, "section": "agreements"}
    return render(request, "site/agreement_detail.html", context)


@public_page
def edition(request: HttpRequest, register_number: str, number: int) -> HttpResponse:
    view = shown_today(public_edition(register_number, number))
    is_current = public_edition(register_number).number == number
    context = {
        "view": view,
        "section": "agreements",
        "canonical": reverse("site:agreement", args=[register_number]),
        "is_not_found_by_search": not is_current,
        "notice": None if is_current else _("This is an older edition."),
    }
    return render(request, "site/agreement_detail.html", context)


@public_page
def about(request: HttpRequest) -> HttpResponse:
    has_development_seal = settings.DEVELOPMENT and not settings.SEAL_PKCS12
    context = {"head": log_head(), "has_development_seal": has_development_seal, "section": "about"}
    return render(request, "site/about.html", context)
