"""The home page."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agreements.editions.queries import newest_current_editions
from agreements.formats.portfolio import draw_portfolio
from agreements.search.coming import next_dates
from agreements.search.directories import shipped_place_lines
from agreements.search.figures import agreements_by_year, figures
from agreements.site.answers import language_of_page, public_page, shown_today
from agreements.site.maps import places_map
from agreements.vocabulary.zone import day_in_baghdad

_NEWEST: Final = 6
_COMING: Final = 4


@public_page
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today = day_in_baghdad(now)
    language = language_of_page()
    context = {
        "newest": [shown_today(edition) for edition in newest_current_editions(_NEWEST)],
        "figures": figures(at=now),
        "coming": next_dates(on=today, number=_COMING),
        "map": places_map(shipped_place_lines(), language),
        "portfolio": draw_portfolio(agreements_by_year(), language=language, as_of=today),
        "today": today,
    }
    return render(request, "site/home.html", context)
