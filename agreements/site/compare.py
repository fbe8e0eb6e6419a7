"""The editions of an agreement, and what differs between any two of them."""

import re
from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.editions.differences import differences
from agreements.editions.models import Edition
from agreements.editions.public import public_edition
from agreements.editions.queries import editions_of
from agreements.formats.differences import view_of_differences
from agreements.site.answers import language_of_page, public_page
from agreements.site.forms import CompareForm

_PAGE: Final = 50


@public_page
def editions(request: HttpRequest, register_number: str) -> HttpResponse:
    """The editions, newest first, fifty a page: ``?before=`` says which number the page ends above.

    With ``?older=`` and ``?newer=`` the way to the comparison of these two.
    """
    current = public_edition(register_number)
    published = list(editions_of(register_number).defer("canonical"))
    shown, earlier = _page_of(published, request.GET.get("before", ""))
    asked = request.GET if {"older", "newer"} & request.GET.keys() else None
    form = CompareForm(asked, editions=published, language=language_of_page())
    if form.is_valid():
        return redirect("site:compare", register_number, *sorted(form.cleaned_data.values()))
    context = {
        "register_number": register_number,
        "title": current.content.title,
        "editions": shown,
        "earlier": earlier,
        "current_number": current.number,
        "form": form if len(published) > 1 else None,
        "section": "agreements",
    }
    return render(request, "site/edition_list.html", context)


def _page_of(published: Sequence[Edition], before: str) -> tuple[Sequence[Edition], int | None]:
    """A page of the list, and where the next one begins; a number that is none begins at the newest."""
    limit = int(before) if re.fullmatch(r"[1-9][0-9]{0,8}", before, re.ASCII) else None
    older = [one for one in published if limit is None or one.number < limit] or published
    page = older[:_PAGE]
    return page, page[-1].number if len(older) > _PAGE else None


@public_page
def compare(request: HttpRequest, register_number: str, one: int, other: int) -> HttpResponse:
    """What the newer of two editions says differently; the older number comes first in the address."""
    newer = public_edition(register_number, max(one, other))
    older = public_edition(register_number, min(one, other))
    if one == other:
        return redirect("site:edition", register_number, one)
    if one > other:
        return redirect("site:compare", register_number, other, one)
    found = differences(older.content, newer.content)
    context = {
        "register_number": register_number,
        "title": newer.content.title,
        "older": older,
        "newer": newer,
        "found": view_of_differences(found, language=language_of_page()),
        "section": "agreements",
    }
    return render(request, "site/edition_compare.html", context)
