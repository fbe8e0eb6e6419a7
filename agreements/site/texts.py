"""The pages that tell about the register itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.correspondence.erase import NAME_DAYS, NAME_DAYS_AFTER_ANSWER, REPORT_DAYS
from agreements.editions.checkpoints import is_log_signed
from agreements.editions.queries import count_current_at, log_head
from agreements.formats.all_tables import TABLES
from agreements.formats.carried import FORMS, carried_fields
from agreements.formats.glossary import TERMS
from agreements.site.answers import public_page
from agreements.summaries.key_settings import seals_for_development


@public_page
def about(request: HttpRequest) -> HttpResponse:
    has_development_seal = seals_for_development()
    context = {"head": log_head(), "has_development_seal": has_development_seal, "section": "about"}
    return render(request, "site/about.html", context | _operator())


@public_page
def data(request: HttpRequest) -> HttpResponse:
    head = log_head()
    context = {
        "head": head,
        "is_signed": is_log_signed(),
        "origin": settings.PUBLIC_ORIGIN,
        "agreements": count_current_at(head.sequence) if head else 0,
        "tables": TABLES[1:],
        "forms": FORMS,
        "carried": carried_fields(),
        "section": "data",
    }
    licence = {"licence": settings.DATA_LICENCE_NAME, "licence_url": settings.DATA_LICENCE_URL}
    return render(request, "site/data.html", context | licence | _operator())


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html", {"section": "accessibility"} | _operator())


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    kept = {"answered": NAME_DAYS_AFTER_ANSWER, "left": NAME_DAYS, "report": REPORT_DAYS}
    return render(request, "site/privacy.html", {"section": "privacy", "kept": kept} | _operator())


@public_page
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "site/contact.html", {"section": "contact"} | _operator())


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "site/glossary.html", {"terms": TERMS, "section": "glossary"})


def _operator() -> dict[str, Any]:
    return {"operator": settings.OPERATOR, "contact_email": settings.CONTACT_EMAIL}
