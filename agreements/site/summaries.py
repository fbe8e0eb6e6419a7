"""Sealed PDFs and the development root certificate, for anyone to download."""

import logging
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from agreements.editions.public import Withdrawn, public_edition
from agreements.site.answers import gone, language_of_page
from agreements.summaries.authority import development_authority
from agreements.summaries.errors import SummariesError
from agreements.summaries.key_settings import seals_for_development
from agreements.summaries.store import read_summary, summary_for
from moc_portal.pages.public import cacheable

logger = logging.getLogger(__name__)


@csrf_exempt
@require_safe
def summary(request: HttpRequest, register_number: str) -> HttpResponse:
    """To the sealed PDF of the current edition."""
    try:
        edition = public_edition(register_number)
    except Withdrawn as withdrawn:
        return gone(request, withdrawn.entry)
    return cacheable(HttpResponseRedirect(reverse("site:edition_summary", args=[register_number, edition.number])))


@csrf_exempt
@require_safe
def edition_summary(request: HttpRequest, register_number: str, number: int) -> HttpResponse:
    """The sealed PDF of one edition in the page's language."""
    try:
        edition = public_edition(register_number, number)
        sealed = summary_for(edition, language_of_page(), at=timezone.now())
    except Withdrawn as withdrawn:
        return gone(request, withdrawn.entry)
    except SummariesError:
        logger.exception("act=summary register_number=%s edition=%s", register_number, number)
        context = {
            "heading": _("The PDF can’t be made at the moment"),
            "explanation": _("The page shows the same record. Please try again in a few minutes."),
        }
        answer = render(request, "site/error.html", context, status=503)
        answer["Retry-After"] = "300"
        return answer
    response = HttpResponse(read_summary(sealed), content_type="application/pdf")
    name = f"{register_number}-edition-{number}-{language_of_page()}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = f'"{sealed.sha256}"'
    return cacheable(response)


@csrf_exempt
@require_safe
def seal_root(request: HttpRequest) -> HttpResponse:
    """The root certificate of the development authority; elsewhere there is none to hand out."""
    if not seals_for_development():
        raise Http404
    root = development_authority(Path(settings.DATA_DIR, "seal")) / "root.pem"
    response = HttpResponse(root.read_bytes(), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="moc-portal-development-root.crt"'
    return response
