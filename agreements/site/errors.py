"""Error pages: what went wrong and where to go, in the reader's language."""

import sys
from http.client import NOT_FOUND

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(
        request, 400, _("This request can’t be read"), _("The address or what was sent with it is damaged. Try again.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(
        request, 403, _("You may not do this"), _("Your account does not have the permission. Ask an administrator.")
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return _page(
        request,
        403,
        _("The form has expired"),
        _("Go back, load the page anew and send the form again. Your browser must accept this site’s cookies."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(
        request,
        404,
        _("There is no such page"),
        _("Nothing was ever published at this address. Check it for a typing error, or look in the list."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 with `Retry-After` (RFC 9110, 10.2.3) while the database can't be reached.

    Rendered without the request, so that what failed there can't fail again here.
    """
    if isinstance(sys.exception(), OperationalError):
        shown = {
            "heading": _("The register can’t be reached at the moment"),
            "explanation": _("Its database does not answer. Nothing was saved; please try again in a minute."),
        }
        return HttpResponse(render_to_string("site/error.html", shown), status=503, headers={"Retry-After": "60"})
    shown = {
        "heading": _("Something went wrong on our side"),
        "explanation": _("The fault has been written down. Nothing was saved; please try again in a moment."),
    }
    return HttpResponse(render_to_string("site/error.html", shown), status=500)


def _page(request: HttpRequest, status: int, heading: str | Promise, explanation: str | Promise) -> HttpResponse:
    context = {"heading": heading, "explanation": explanation, "offers_search": status == NOT_FOUND}
    return render(request, "site/error.html", context, status=status)
