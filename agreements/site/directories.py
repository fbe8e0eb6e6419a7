"""The pages of organisations, frameworks with their objectives, and places."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from agreements.editions.content import AgreementContent
from agreements.editions.legal_status import legal_status
from agreements.search.directories import (
    activities_at,
    all_frameworks,
    framework_page,
    objective_thing,
    place_line,
    places_page,
)
from agreements.search.thing_models import Thing
from agreements.search.things import agreements_naming, list_things, parts_of, thing_named, with_counts
from agreements.site.answers import language_of_page, public_page
from agreements.site.forms import FindForm
from agreements.site.maps import places_map, with_marks
from agreements.vocabulary.asked import asked_choice, asked_number, asked_words
from agreements.vocabulary.kinds import LegalStatus, OrganizationKind
from agreements.vocabulary.mentions import MentionRole, ThingKind
from agreements.vocabulary.zone import day_in_baghdad


@dataclass(frozen=True)
class Listed:
    """An agreement as a line of a list: a whole view would draw up its page's sections for nobody."""

    content: AgreementContent
    status: LegalStatus


@public_page
def organizations(request: HttpRequest) -> HttpResponse:
    query, after = asked_words(request, "q"), asked_words(request, "after")
    page = list_things(ThingKind.ORGANIZATION, language=language_of_page(), query=query, after=after)
    form = FindForm(initial={"q": query})
    context = {"page": page, "form": form, "query": query, "after": after, "section": "organisations"}
    return render(request, "site/organization_list.html", context)


@public_page
def organization(request: HttpRequest, key: str) -> HttpResponse:
    thing = thing_named(ThingKind.ORGANIZATION, key)
    if thing is None:
        raise Http404
    parent = thing_named(ThingKind.ORGANIZATION, thing.parent) if thing.parent else None
    context = {
        "thing": thing,
        "kind": OrganizationKind(thing.part["kind"]).label if thing.part else None,
        "parent": parent,
        "parts": parts_of(thing, kind=ThingKind.ORGANIZATION, language=language_of_page()),
        "listed": with_counts([thing])[0],
        "section": "organisations",
    }
    return render(request, "site/organization_detail.html", context | _naming(request, thing))


@public_page
def frameworks(request: HttpRequest) -> HttpResponse:
    context = {"frameworks": all_frameworks(language_of_page()), "section": "frameworks"}
    return render(request, "site/framework_list.html", context)


@public_page
def framework(request: HttpRequest, key: str) -> HttpResponse:
    page = framework_page(key, language_of_page())
    if page is None:
        raise Http404
    context = {"framework": page, "section": "frameworks"} | _naming(request, page.thing)
    return render(request, "site/framework_detail.html", context)


@public_page
def objective(request: HttpRequest, key: str, code: str) -> HttpResponse:
    page = framework_page(key, language_of_page())
    line = page.objective(code) if page else None
    if line is None:
        raise Http404
    context = {"framework": page, "objective": line, "section": "frameworks"}
    return render(request, "site/objective_detail.html", context | _naming(request, objective_thing(key, code)))


@public_page
def places(request: HttpRequest) -> HttpResponse:
    page = places_page(language_of_page(), after=asked_words(request, "after"))
    drawn = places_map(page.shipped + page.others, language_of_page())
    rows = iter(drawn.rows)
    context = {
        "shipped": with_marks(page.shipped, rows),
        "others": with_marks(page.others, rows),
        "next_after": page.next_after,
        "map": drawn,
        "section": "places",
    }
    return render(request, "site/place_list.html", context)


@public_page
def place(request: HttpRequest, key: str) -> HttpResponse:
    line = place_line(key)
    if line is None:
        raise Http404
    context = _naming(request, line.thing)
    context["happening"] = [(one, activities_at(one["view"].content, key)) for one in context["naming"]]
    context |= {"line": line, "map": places_map([line], language_of_page()), "section": "places"}
    return render(request, "site/place_detail.html", context)


def _naming(request: HttpRequest, thing: Thing | None) -> dict[str, Any]:
    """The agreements that name a thing, as the query asks for them, with the day that their status is of."""
    role, before = asked_choice(request, "role", MentionRole), asked_number(request, "before")
    page = agreements_naming(thing, role=role, before=before) if thing else None
    editions = page.editions if page else ()
    today = day_in_baghdad(timezone.now())
    return {
        "naming": [{"view": _listed(one.edition.content, today), "roles": one.roles} for one in editions],
        "next_before": page.next_before if page else None,
        "before": before,
        "role": role,
        "today": today,
    }


def _listed(content: AgreementContent, today: date) -> Listed:
    return Listed(content, legal_status(content, on=today))
