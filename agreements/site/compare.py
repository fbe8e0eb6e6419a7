"""The editions of an agreement, and what differs between any two of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.editions.differences import differences
from agreements.editions.queries import editions_of
from agreements.formats.differences import view_of_differences
from agreements.site.answers import language_of_page, public_edition, public_page
from agreements.site.forms import CompareForm


@public_page
def editions(request: HttpRequest, register_number: str) -> HttpResponse:
    """All editions; with ``?older=`` and ``?newer=`` the way to the comparison of these two."""
    current = public_edition(register_number)
    published = list(editions_of(register_number))
    asked = request.GET if {"older", "newer"} & request.GET.keys() else None
    form = CompareForm(asked, editions=published, language=language_of_page())
    if form.is_valid():
        return redirect("site:compare", register_number, *sorted(form.cleaned_data.values()))
    context = {
        "register_number": register_number,
        "title": current.content.title,
        "editions": published,
        "current_number": current.number,
        "form": form if len(published) > 1 else None,
        "section": "agreements",
    }
    return render(request, "site/edition_list.html", context)


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
