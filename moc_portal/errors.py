"""What Django answers where no view does: pages to readers, problems (RFC 9457) to programs."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from agreements.opendata.api.middleware import is_api
from agreements.opendata.api.problems import (
    BAD_REQUEST,
    FORBIDDEN,
    NOT_FOUND,
    SERVER_ERROR,
    UNAVAILABLE,
    Told,
    problem,
)
from agreements.site import errors


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, BAD_REQUEST) if is_api(request) else errors.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, FORBIDDEN) if is_api(request) else errors.forbidden(request, exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, NOT_FOUND) if is_api(request) else errors.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if not is_api(request):
        return errors.server_error(request)
    if isinstance(sys.exception(), OperationalError):
        return problem(request, UNAVAILABLE, Told(headers={"Retry-After": "60"}))
    return problem(request, SERVER_ERROR)
