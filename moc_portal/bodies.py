"""Refuses requests that are too large before anything of them is kept."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

MAX_BODY_BYTES: Final = 64 * 1024 * 1024
"""A form with a scanned annex fits; what the web server passes on without a length is read as empty."""


class BodySizeMiddleware:
    """Answers 413 where the CSRF check would first write the whole body to disk.

    Views that are exempt from that check read the body themselves, and say themselves what is too
    large.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if body_size(request) <= MAX_BODY_BYTES or getattr(view, "csrf_exempt", False):
            return None
        context = {
            "heading": _("This is too large"),
            "explanation": _(
                "At most %(limit)d MB can be sent at once. Choose a smaller file, or send fewer at a time."
            )
            % {"limit": MAX_BODY_BYTES // 1024**2},
        }
        return render(request, "site/error.html", context, status=413)


def body_size(request: HttpRequest) -> int:
    """What the client says that it sends, in bytes; 0 where it does not say."""
    stated = request.headers.get("Content-Length", "")
    return int(stated) if stated.isdecimal() else 0
