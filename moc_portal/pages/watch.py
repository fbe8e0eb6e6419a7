"""Watches the log from a thread of its own, so that each process learns within a second what has changed."""

import logging
import select
from contextlib import closing
from threading import Event, Thread
from typing import Any, Final

from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from moc_portal.pages.build import Build
from moc_portal.pages.generation import Generations

CHANNEL: Final = "moc_log"
"""What a trigger on the log notifies when a publication or withdrawal is committed."""

_POLL_S: Final = 1.0
_CONNECTION: Final = {
    "connect_timeout": "3",
    "application_name": "moc_pages",
    "tcp_user_timeout": "4000",  # milliseconds; a network that is cut sends no word
    "keepalives_idle": "2",
    "keepalives_interval": "1",
    "keepalives_count": "3",
}

logger = logging.getLogger("agreements.pages")


class Watch:
    """Woken by the database; asks for the log's head every second all the same, because notices can be lost."""

    def __init__(self, generations: Generations, build: Build) -> None:
        self._generations = generations
        self._build = build
        self._is_cut_off = False
        self._stopping = Event()

    def start(self) -> None:
        Thread(target=self._run, name="moc-pages-watch", daemon=True).start()

    def stop(self) -> None:
        """End the thread, which takes up to a second."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with closing(_own_connection()) as own:
                    self._follow(own)
            except (Error, OSError, ValueError) as error:
                if not self._is_cut_off:
                    logger.warning("act=watch_log outcome=cut_off error=%s", type(error).__name__)
                self._is_cut_off = True
                self._stopping.wait(_POLL_S)

    def _follow(self, own: BaseDatabaseWrapper) -> None:
        with own.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        while not self._stopping.is_set():
            self._build.look_at_templates()
            self._generations.confirm(own)
            if self._is_cut_off:
                logger.warning("act=watch_log outcome=back")
            self._is_cut_off = False
            _wait(own)


def _own_connection() -> BaseDatabaseWrapper:
    """A connection like Django's that notices within seconds that it is cut off."""
    own: BaseDatabaseWrapper = connection.copy()
    options: dict[str, Any] = own.settings_dict["OPTIONS"]
    own.settings_dict["OPTIONS"] = _CONNECTION | options
    return own


def _wait(own: BaseDatabaseWrapper) -> None:
    """Until something was published or withdrawn, a second at most."""
    raw = own.connection
    with own.wrap_database_errors:
        if not raw.notifies:
            select.select([raw], [], [], _POLL_S)
        raw.poll()
        raw.notifies.clear()
