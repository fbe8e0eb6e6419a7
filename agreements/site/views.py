"""The pages of an agreement, read from editions only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.editions.queries import family_editions
from agreements.site.answers import public_edition, public_page, shown_today


@public_page
def agreement(request: HttpRequest, register_number: str) -> HttpResponse:
    shown = public_edition(register_number)
    view = shown_today(shown, related=family_editions(shown))
    context = {"view": view, "section": "agreements"}
    return render(request, "site/agreement_detail.html", context)


@public_page
def edition(request: HttpRequest, register_number: str, number: int) -> HttpResponse:
    shown = public_edition(register_number, number)
    view = shown_today(shown, related=family_editions(shown))
    is_current = public_edition(register_number).number == number
    context = {
        "view": view,
        "section": "agreements",
        "canonical": reverse("site:agreement", args=[register_number]),
        "is_not_found_by_search": not is_current,
        "notice": None if is_current else _("This is an older edition."),
    }
    return render(request, "site/agreement_detail.html", context)
