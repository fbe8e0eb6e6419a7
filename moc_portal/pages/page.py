"""An answer as the page store keeps it, and how it answers again."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from wsgiref.types import StartResponse

from django.utils.http import parse_etags

from moc_portal.pages.encodings import IDENTITY, accepted, encoded

MAX_BODY_BYTES: Final = 1024 * 1024
"""A larger answer is made anew each time: no page is that large."""

_KEPT_STATUSES: Final = frozenset({200, 301, 302, 303, 307, 308, 404, 410})
_TEXT: Final = re.compile(r"text/|application/([a-z.+-]+\+)?(json|xml)\b|image/svg\+xml", re.IGNORECASE)
_PICTURE: Final = re.compile(r"image/", re.IGNORECASE)
_OF_THE_BODY: Final = frozenset(
    {"content-type", "content-length", "content-encoding", "content-language", "content-disposition"}
)
_S_MAXAGE: Final = re.compile(r"\bs-maxage=([0-9]{1,9})\b")
_TAG_LIMIT: Final = 4096  # characters; longer lists of tags are not worth reading

Header = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    """What Django answered, whole: a status line such as ``200 OK``, headers and the body as it is."""

    status: str
    headers: tuple[Header, ...]
    body: bytes

    @property
    def code(self) -> int:
        return int(self.status[:3])

    def get(self, name: str) -> str:
        """A header's value, in small letters' comparison; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def varies_by(self) -> frozenset[str]:
        """The request headers that another answer might depend on, in small letters."""
        return frozenset(one.strip().lower() for one in self.get("vary").split(",") if one.strip())

    @property
    def shared_seconds(self) -> int:
        """How long shared caches may keep it."""
        stated = _S_MAXAGE.search(self.get("cache-control"))
        return int(stated[1]) if stated else 0

    @property
    def is_text(self) -> bool:
        return _TEXT.match(self.get("content-type")) is not None

    @property
    def may_be_kept(self) -> bool:
        """Whether it is public, the same for everybody who sends the same, and a text or picture of a bearable size.

        Sealed PDFs are files already, and as large as all forms of three pages.
        """
        rules = {one.strip().lower() for one in self.get("cache-control").split(",")}
        return (
            self.code in _KEPT_STATUSES
            and "public" in rules
            and not rules & {"private", "no-store", "no-cache"}
            and not self.varies_by & {"*", "cookie"}
            and not self.get("set-cookie")
            and not self.get("content-encoding")
            and (not self.body or self.is_text or _PICTURE.match(self.get("content-type")) is not None)
            and len(self.body) <= MAX_BODY_BYTES
        )

    def send(self, start_response: StartResponse) -> Iterable[bytes]:
        start_response(self.status, list(self.headers))
        return [self.body]

    def to_bytes(self) -> bytes:
        return json.dumps([self.status, self.headers]).encode() + b"\n" + self.body

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Answer":
        """What ``to_bytes`` made.

        Raises:
            ValueError: it is something else.
        """
        head, _, body = stored.partition(b"\n")
        status, headers = json.loads(head)
        return cls(status, tuple((name, value) for name, value in headers), body)


class Page:
    """A kept answer in every encoding, ready to be sent; ``until`` is the time of day it goes stale at by itself."""

    __slots__ = ("_not_modified", "_status", "_tag", "_variants", "size_bytes", "until", "varies")

    def __init__(self, answer: Answer, *, until: float) -> None:
        self.until = until
        self._status = answer.status
        bodies = encoded(answer.body) if answer.is_text else {IDENTITY: answer.body}
        tag = answer.get("etag").removeprefix("W/") or f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
        self._tag = tag if answer.code == HTTPStatus.OK else None
        others = [one for one in answer.headers if one[0].lower() not in {"etag", "vary", "content-length"}]
        without_body = [one for one in others if one[0].lower() not in _OF_THE_BODY]
        self._variants: dict[str, tuple[list[Header], bytes]] = {}
        self._not_modified: dict[str, list[Header]] = {}
        for name, body in bodies.items():
            shared = _of_encoding(answer, name, tag=tag, choices=len(bodies))
            coding = [] if name == IDENTITY else [("Content-Encoding", name)]
            self._variants[name] = ([*others, *shared, *coding, ("Content-Length", str(len(body)))], body)
            self._not_modified[name] = [*without_body, *shared]
        self.varies = tuple(f"HTTP_{one.upper().replace('-', '_')}" for one in answer.varies_by - {"accept-encoding"})
        self.size_bytes = sum(len(body) for body in bodies.values()) + 4096  # headers, and what Python adds

    def answer(self, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """The whole answer in the client's best encoding; 304 where it has it; no body for HEAD."""
        for name in accepted(environ.get("HTTP_ACCEPT_ENCODING", "")):  # identity is always among them
            if name in self._variants:
                break
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and self._is_known(known):
            start_response("304 Not Modified", self._not_modified[name].copy())
            return []
        headers, body = self._variants[name]
        start_response(self._status, headers.copy())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _is_known(self, header: str) -> bool:
        """Whether If-None-Match names it, by weak comparison (RFC 9110, 13.1.2)."""
        if self._tag is None or len(header) > _TAG_LIMIT:
            return False
        if header.removeprefix("W/") == self._tag:
            return True
        return any(one == "*" or one.removeprefix("W/") == self._tag for one in parse_etags(header))


def _of_encoding(answer: Answer, name: str, *, tag: str, choices: int) -> list[Header]:
    """The headers that tell encodings apart: a strong tag is for one sequence of bytes only."""
    varies = [one.strip() for one in answer.get("vary").split(",") if one.strip()]
    if choices > 1 and "accept-encoding" not in answer.varies_by:
        varies.append("Accept-Encoding")
    is_weak = name != IDENTITY or answer.get("etag").startswith("W/")
    tagged = [("ETag", f"W/{tag}" if is_weak else tag)] if answer.get("etag") or answer.code == HTTPStatus.OK else []
    return [*tagged, ("Vary", ", ".join(varies))] if varies else tagged
