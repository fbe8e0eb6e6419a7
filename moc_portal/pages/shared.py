"""Pages in a cache that processes and machines share, where one is configured."""

import hmac
import logging
from time import monotonic
from typing import Final

from django.core.cache.backends.base import BaseCache
from django.utils.crypto import salted_hmac

from moc_portal.pages.page import Answer

_REST_S: Final = 5.0
_SEAL_BYTES: Final = 32

logger = logging.getLogger("agreements.pages")


class PlainBytes:
    """Takes bytes to the cache as they are: Django's own way unpickles, which would run what a cache holds."""

    def dumps(self, value: bytes) -> bytes:
        return value

    def loads(self, stored: bytes) -> bytes:
        return stored


class SharedPages:
    """Gets and puts answers, each sealed with the portal's secret key, so that nobody else can plant one.

    A cache that fails is left alone for five seconds; no page fails with it.
    """

    def __init__(self, cache: BaseCache) -> None:
        self._cache = cache
        self._rests_until = 0.0
        self._has_failed = False

    def get(self, name: str) -> Answer | None:
        """The answer of that name; ``None`` where there is none, or none that is the portal's."""
        if monotonic() < self._rests_until:
            return None
        try:
            stored = self._cache.get(name)
            self._note_success()
            if not isinstance(stored, bytes) or not hmac.compare_digest(
                stored[:_SEAL_BYTES], _seal(name, stored[_SEAL_BYTES:])
            ):
                return None
            return Answer.from_bytes(stored[_SEAL_BYTES:])
        except Exception as error:  # noqa: BLE001  # whatever the cache's client raises
            self._note_failure(error)
            return None

    def put(self, name: str, answer: Answer, *, seconds: float) -> None:
        """Keep an answer for so long."""
        if seconds < 1 or monotonic() < self._rests_until:
            return
        stored = answer.to_bytes()
        try:
            self._cache.set(name, _seal(name, stored) + stored, timeout=int(seconds))
            self._note_success()
        except Exception as error:  # noqa: BLE001
            self._note_failure(error)

    def _note_failure(self, error: Exception) -> None:
        if not self._has_failed:
            logger.warning("act=share_pages outcome=cut_off error=%s", type(error).__name__)
        self._has_failed = True
        self._rests_until = monotonic() + _REST_S

    def _note_success(self) -> None:
        if self._has_failed:
            logger.warning("act=share_pages outcome=back")
        self._has_failed = False


def _seal(name: str, stored: bytes) -> bytes:
    """Of the name too: else an old page could be passed off as a new one."""
    return salted_hmac(f"moc_portal.pages.{name}", stored, algorithm="sha256").digest()
