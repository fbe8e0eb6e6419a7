"""How often one client may ask the API: counted by the minute, for answers from memory as well."""

import logging
from collections.abc import Callable, Iterable
from time import monotonic, time
from typing import Any, Final
from wsgiref.types import StartResponse

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from agreements.correspondence.limits import network_of
from agreements.opendata.api.middleware import BELOW
from agreements.opendata.api.problems import TOO_MANY_REQUESTS, Told, problem

Environ = dict[str, Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

WINDOW_S: Final = 60
_REST_S: Final = 5.0

logger = logging.getLogger("agreements.rates")


class Rates:
    """A WSGI application around another: below ``path`` it says in headers how much is left, and refuses what is more.

    The headers are those of draft-ietf-httpapi-ratelimit-headers-10. Outside of the page store, so that nobody gets
    what was left to another. Clients are kept as a keyed hash of their network address, for two minutes.

    Args:
        own: counts of this process.
        shared: counts that processes and machines share, where there are any. While these fail, ``own`` counts.
    """

    def __init__(
        self, application: Application, *, path: str, times: int, own: BaseCache, shared: BaseCache | None = None
    ) -> None:
        self._application = application
        self._path = path
        self._times = times
        self._own = own
        self._shared = shared
        self._rests_until = 0.0
        self._policy = f'"client";q={times};w={WINDOW_S}'

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(self._path):
            return self._application(environ, start_response)
        now = time()
        wait = WINDOW_S - int(now % WINDOW_S)
        left = self._times - self._count(_name(environ, window=int(now // WINDOW_S)))
        stated = [("RateLimit-Policy", self._policy), ("RateLimit", f'"client";r={max(0, left)};t={wait}')]
        if left < 0:
            return _refused(environ, start_response, stated, wait=wait)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *stated], *rest)

        return self._application(environ, start)

    def _count(self, name: str) -> int:
        """Count one more request; how many that makes."""
        if self._shared is not None and monotonic() >= self._rests_until:
            try:
                return _increased(self._shared, name)
            except Exception as error:  # noqa: BLE001  # whatever the cache's client raises
                logger.warning("act=count_requests outcome=cut_off error=%s", type(error).__name__)
                self._rests_until = monotonic() + _REST_S
        return _increased(self._own, name)


def opened_rates(application: Application) -> Rates:
    """The rates of a process that serves, as the settings have them."""
    return Rates(
        application,
        path=BELOW,
        times=settings.API_REQUESTS_A_MINUTE,
        own=caches["own_counts"],
        shared=caches["shared_counts"] if "shared_counts" in settings.CACHES else None,
    )


def _increased(cache: BaseCache, name: str) -> int:
    try:
        return cache.incr(name)
    except ValueError:  # nothing is counted under this name yet
        return 1 if cache.add(name, 1, timeout=2 * WINDOW_S) else cache.incr(name)


def _name(environ: Environ, *, window: int) -> str:
    """A client in one minute, told apart without its address being kept."""
    request = HttpRequest()
    request.META = environ
    return salted_hmac("moc_portal.rates", f"{window}.{network_of(request)}", algorithm="sha256").hexdigest()[:32]


def _refused(
    environ: Environ, start_response: StartResponse, stated: list[tuple[str, str]], *, wait: int
) -> Iterable[bytes]:
    request = HttpRequest()
    request.META = environ
    request.path = environ["PATH_INFO"]
    told = Told(headers={"Retry-After": str(wait), "Access-Control-Allow-Origin": "*", "X-Robots-Tag": "noindex"})
    response: HttpResponse = problem(request, TOO_MANY_REQUESTS, told)
    start_response(f"{response.status_code} {response.reason_phrase}", [*response.items(), *stated])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.content]
