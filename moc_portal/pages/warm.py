"""Makes the pages that most readers ask for before they ask: after a start, and after each publication."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from threading import Thread
from time import sleep
from typing import Any, Final
from urllib.parse import urlsplit
from wsgiref.types import StartResponse

from django.conf import settings
from django.db import Error, connections
from django.urls import reverse
from django.utils import translation

from agreements.editions.queries import current_editions
from agreements.vocabulary.languages import LANGUAGES
from moc_portal.pages.generation import Generation, Generations
from moc_portal.pages.memory import Key
from moc_portal.pages.reading import Reading

logger = logging.getLogger("agreements.pages")

NEWEST: Final = 20
"""The pages of so many agreements are made, in each language; of what was read before, as many pages as that."""

_PAUSE_S: Final = 0.02  # readers come first: only one thread of a process works at a time

Store = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class Warmer:
    """Asks the store itself, in a thread of its own, whenever a generation begins."""

    def __init__(self, store: Store, generations: Generations) -> None:
        self._store = store
        self._generations = generations
        self._reading = Reading()
        self._last: Generation | None = None

    def start(self) -> None:
        Thread(target=self._run, name="moc-pages-warm", daemon=True).start()

    def _run(self) -> None:
        while True:
            self._generations.changed.wait()
            self._generations.changed.clear()
            try:
                self.warm()
            except Error:  # what can't be asked for now is made when somebody asks
                continue
            finally:
                connections.close_all()

    def warm(self) -> None:
        """Make the home page, the newest agreements and what was read last; stops when a generation begins again.

        Raises:
            django.db.Error: the database does not answer.
        """
        before, self._last = self._last, self._generations.at(self._generations.clock())
        read_last = before.memory.pages.newest(NEWEST) if before else []
        for key in dict.fromkeys([*_newest(), *read_last]):
            if self._generations.changed.is_set():
                return
            request = _request(key)
            if self._reading.may_be_kept(key, request):  # not where the public address is no host of this process
                self._make(key, request)
                sleep(_PAUSE_S)

    def _make(self, key: Key, request: dict[str, Any]) -> None:
        try:
            self._store(request, lambda *_: None)  # type: ignore[arg-type]  # nobody writes
        except Error:
            raise
        except Exception:  # one page that fails keeps nobody from the others, nor this thread from its work
            logger.exception("act=warm path=%s", key.path)


def _newest() -> Iterator[Key]:
    origin = urlsplit(settings.PUBLIC_ORIGIN)
    numbers = list(current_editions().order_by("-entry_id").values_list("register_number", flat=True)[:NEWEST])
    for view, arguments in [("home", []), *(("agreement", [number]) for number in numbers)]:
        for language in LANGUAGES:
            with translation.override(language):
                yield Key(origin.netloc, origin.scheme == "https", reverse(f"site:{view}", args=arguments), "")


def _request(key: Key) -> dict[str, Any]:
    """The request of a reader who comes to the portal's public address."""
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443" if key.is_secure else "80",
        "REMOTE_ADDR": "",
        "HTTP_HOST": key.host,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if key.is_secure else "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
