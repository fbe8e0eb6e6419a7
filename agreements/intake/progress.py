"""How far an import has come, visible to others while its transaction is still open."""

import time
from types import TracebackType
from typing import Final, Self

from django.db import connection

_EVERY_S: Final = 1.0
_UPDATE: Final = "UPDATE agreements_import SET rows_done = %s, rows_total = GREATEST(rows_total, %s) WHERE id = %s"


class Progress:
    """Writes the figure through a connection of its own, about once a second.

    What the import's own transaction writes is seen by nobody before it is committed. That transaction must not
    have changed the import's row before, or this would wait for it.
    """

    def __init__(self, import_id: int) -> None:
        self.import_id = import_id
        self._next = 0.0
        self._connection = connection.copy()

    def note(self, done: int, *, total: int = 0) -> None:
        """``done`` rows are behind; ``total``, where it is known."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY_S
        with self._connection.cursor() as cursor:
            cursor.execute(_UPDATE, [done, total, self.import_id])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._connection.close()
