"""Answers forms whose token does not hold: at the desk without losing what was typed."""

from django.http import HttpRequest, HttpResponse

from agreements.site.errors import csrf_failure as expired
from agreements.staff.resume import rescue


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return rescue(request) or expired(request, reason)
