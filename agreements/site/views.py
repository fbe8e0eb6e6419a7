"""The public pages, read from editions only."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from agreements.editions.queries import current_editions
from agreements.site.answers import public_edition, public_page, shown_today

_PAGE: Final = 25


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
    context = {"view": view, "section": "agreements", "canonical": request.path}
    return render(request, "site/agreement_detail.html", context)


@public_page
def edition(request: HttpRequest, register_number: str, number: int) -> HttpResponse:
    view = shown_today(public_edition(register_number, number))
    current = public_edition(register_number)
    context = {
        "view": view,
        "section": "agreements",
        "canonical": request.path,
        "notice": _("This is an older edition.") if current.number != number else None,
    }
    return render(request, "site/agreement_detail.html", context)
