"""A page store as a web server asks it, by WSGI."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.http import HttpResponse

from moc_portal.pages.build import Build
from moc_portal.pages.generation import Generations
from moc_portal.pages.shared import SharedPages
from moc_portal.pages.store import PageStore
from tests.conftest import NOON

PAGE = "/en/agreements/MOC-0001/"
MEGABYTE = 1024**2
PUBLIC = "public, max-age=0, s-maxage=60"


@dataclass(frozen=True)
class Received:
    """What a web server was given; the body as it travels."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Counted:
    """Django's application, or another, which counts what it is asked."""

    application: Callable[..., Iterable[bytes]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        return self.application(environ, start_response)


@dataclass
class Front:
    """A store with what stands behind it, and a clock that can be moved on."""

    django: Counted
    later_s: float = 0.0
    shared: SharedPages | None = None

    def __post_init__(self) -> None:
        self.generations = Generations(
            build=Build(), memory_bytes=8 * MEGABYTE, clock=lambda: NOON.timestamp() + self.later_s
        )
        self.store = PageStore(self.django, self.generations, shared=self.shared)

    def get(self, path: str = PAGE, *, query: str = "", method: str = "GET", **headers: str) -> Received:
        return ask(self.store, path, query=query, method=method, **headers)

    @property
    def times_asked(self) -> int:
        return len(self.django.asked)


def ask(application: Any, path: str, *, query: str = "", method: str = "GET", **headers: str) -> Received:
    environ = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "register.example", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(),
    } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}  # fmt: skip
    told: list[Any] = []
    body = application(environ, lambda status, headers, *_: told.extend((status, headers)))
    received = Received(int(told[0][:3]), {name.lower(): value for name, value in told[1]}, b"".join(body))
    getattr(body, "close", lambda: None)()
    return received


def answering(**headers: str) -> Counted:
    """An application that answers the same to everything, with these headers."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        response = HttpResponse(b"the same", headers={name.replace("_", "-"): one for name, one in headers.items()})
        start_response("200 OK", [*response.items(), *(("Set-Cookie", one) for one in response.cookies)])
        return response

    return Counted(application)
