"""The page of dates to come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agreements.search.coming import coming_page
from agreements.search.thing_models import ComingKind
from agreements.site.answers import public_page
from agreements.vocabulary.asked import asked_choice, asked_number
from agreements.vocabulary.zone import day_in_baghdad


@public_page
def dates(request: HttpRequest) -> HttpResponse:
    today = day_in_baghdad(timezone.now())
    kind, after = asked_choice(request, "kind", ComingKind), asked_number(request, "after")
    page = coming_page(on=today, kind=kind, after=after)
    context = {
        "page": page,
        "kind": kind,
        "kinds": ComingKind,
        "after": after,
        "today": today,
        "section": "dates",
    }
    return render(request, "site/date_list.html", context)
