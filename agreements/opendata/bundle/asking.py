"""Asking the portal itself, in this process, for what a reader without an account would get."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http.response import HttpResponseBase

from moc_portal.attachments import FILES


class Asked:
    """Django's own handler, with all its middleware: a copy can show nothing that the portal would not."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()

    @contextmanager
    def answer(self, address: str) -> Iterator[HttpResponseBase]:
        """The answer to GET, for as long as it is read."""
        response: HttpResponseBase = self._handler.get_response(WSGIRequest(_environ(address)))
        try:
            yield response
        finally:
            request_finished.disconnect(close_old_connections)  # else each of thousands is a new connection
            response.close()
            request_finished.connect(close_old_connections)


def _environ(address: str) -> dict[str, Any]:
    """The request of a reader who comes to the portal's public address."""
    path, _mark, query = address.partition("?")
    is_apart = settings.FILES_ORIGIN and path.startswith(FILES)
    origin = urlsplit(settings.FILES_ORIGIN if is_apart else settings.PUBLIC_ORIGIN)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443" if origin.scheme == "https" else "80",
        "REMOTE_ADDR": "",
        "HTTP_HOST": origin.netloc,
        "wsgi.url_scheme": origin.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
