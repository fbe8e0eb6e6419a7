"""Which requests the page store answers, and what it asks Django in their place."""

import re
from typing import Any, Final

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from moc_portal.pages.memory import Key

Environ = dict[str, Any]

_PATH: Final = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?")
"""Every public address is of these letters; anything encoded, doubled or climbing is Django's to judge."""

_NEVER: Final = re.compile(
    r"/(?:static|documents|health|calendar|admin)(?:/|$)|/[a-z]{2,3}/(?:admin|confirm|seal|verify|reports)(?:/|$)"
)
_QUERY: Final = re.compile(r"[\x21-\x7e]*")
_MAX_PATH, _MAX_QUERY = 300, 400
_ALONE: Final = ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_IF_MATCH", "HTTP_TRANSFER_ENCODING")
"""Requests with one of these are never answered from the store: its answers were made without them."""

_KEPT: Final = frozenset({"HTTP_HOST", "HTTP_X_FORWARDED_FOR"})
_CONDITIONS: Final = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")


class Reading:
    """Reads requests by the settings as they are when it is made."""

    def __init__(self) -> None:
        self._session = f"{settings.SESSION_COOKIE_NAME}="
        self._proxy: tuple[str, str] | None = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
        self._leads_to_https: bool = settings.SECURE_SSL_REDIRECT
        self._hosts: list[str] = settings.ALLOWED_HOSTS
        self._kept = _KEPT | ({self._proxy[0]} if self._proxy else set())

    def key(self, environ: Environ) -> Key:
        return Key(
            environ.get("HTTP_HOST", ""), self.is_secure(environ), environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        )

    def is_secure(self, environ: Environ) -> bool:
        """As ``HttpRequest.is_secure`` tells it."""
        if self._proxy is not None and self._proxy[0] in environ:
            said: str = environ[self._proxy[0]]
            return said.split(",", 1)[0].strip() == self._proxy[1]
        return bool(environ["wsgi.url_scheme"] == "https")

    def is_for_all(self, environ: Environ) -> bool:
        """Whether a reader asks, who gets what every other reader gets.

        Staff are told by their session's cookie; whatever other cookies a browser sends change nothing.
        """
        cookies = environ.get("HTTP_COOKIE")
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and (cookies is None or self._session not in cookies)
            and environ.keys().isdisjoint(_ALONE)
            and environ.get("CONTENT_LENGTH") in (None, "", "0")
        )

    def may_be_kept(self, key: Key, environ: Environ) -> bool:
        """Whether the address is one that is ever kept, asked for in the plainest way, of a host that is ours."""
        return (
            len(key.path) <= _MAX_PATH
            and len(key.query) <= _MAX_QUERY
            and _PATH.fullmatch(key.path) is not None
            and _QUERY.fullmatch(key.query) is not None
            and _NEVER.match(key.path) is None
            and not environ.get("SCRIPT_NAME")
            and (key.is_secure or not self._leads_to_https)
            and validate_host(split_domain_port(key.host)[0], self._hosts)
        )

    def bare(self, environ: Environ) -> Environ:
        """The same request from nobody in particular: nothing in it that answers are not kept by."""
        bare = {name: value for name, value in environ.items() if not name.startswith("HTTP_") or name in self._kept}
        return bare | {"REQUEST_METHOD": "GET"}

    def said_more(self, environ: Environ, varies_by: frozenset[str]) -> bool:
        """Whether the real request might be answered otherwise than the bare one."""
        return (
            environ["REQUEST_METHOD"] == "HEAD"
            or any(name in environ for name in _CONDITIONS)
            or any(f"HTTP_{one.upper().replace('-', '_')}" in environ for one in varies_by)
        )
