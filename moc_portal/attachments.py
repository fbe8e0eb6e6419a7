"""Files that people uploaded, as answers: saved, never shown, and nothing in them runs."""

from collections.abc import Callable
from typing import IO, Any, Final, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)

POLICY: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""For browsers that show a file all the same: no script, no form, no plugin, an origin of its own (CSP 3, 6.3.2)."""

FILES: Final = "/documents/"
"""Where public files are; their host, where they have one, answers nothing else."""


def attachment(file: IO[Any], *, file_name: str, media_type: str) -> FileResponse:
    """A file to be saved under its name (RFC 6266). Parts of it can't be asked for: files are at most 25 MB."""
    # Texts are kept only where they are UTF-8.
    content_type = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    response = FileResponse(file, as_attachment=True, filename=file_name, content_type=content_type)
    response["Accept-Ranges"] = "none"
    return guarded(response)


def guarded(response: Answer) -> Answer:
    """The same answer with the headers that keep browsers from running what is in it."""
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class FilesHostMiddleware:
    """Where files have a host of their own, it answers files only, and the portal's host leads to it.

    What would run there in spite of everything runs where there is no page, no form, no cookie and no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.FILES_ORIGIN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._host = urlsplit(settings.FILES_ORIGIN).netloc.lower()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_file = request.path_info.startswith(FILES)
        if request.get_host().lower() == self._host:
            return self.get_response(request) if is_file else _nothing_else()
        if not is_file:
            return self.get_response(request)
        response = HttpResponse(status=308)
        response["Location"] = f"{settings.FILES_ORIGIN}{request.get_full_path()}"
        response["Cache-Control"] = "public, max-age=86400"
        return response


def _nothing_else() -> HttpResponse:
    return guarded(HttpResponseNotFound("Only files are here.\n", content_type="text/plain; charset=utf-8"))
