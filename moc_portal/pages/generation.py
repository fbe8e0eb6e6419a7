"""Which pages hold now: those of the log's newest entry and checkpoint, accepted seals, this build and today."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from threading import Event, Lock
from time import monotonic
from time import time as now_s
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from agreements.editions.models import LogEntry
from agreements.editions.tree_models import Checkpoint
from agreements.summaries.others.models import OtherSealDecision
from agreements.vocabulary.zone import BAGHDAD, day_in_baghdad
from moc_portal.pages.build import Build
from moc_portal.pages.memory import Key, Memory

UNCHECKED_S: Final = 15 * 60
"""How long pages are shown while the log can't be asked: what was withdrawn meanwhile must not stay for long."""

_NEWEST: Final = "(SELECT coalesce(max(id), 0) FROM {})"
_HEAD: Final = (
    f"SELECT sequence, entry_hash, {_NEWEST.format(Checkpoint._meta.db_table)}, "  # noqa: S608
    f"{_NEWEST.format(OtherSealDecision._meta.db_table)} "
    f"FROM {LogEntry._meta.db_table} ORDER BY sequence DESC LIMIT 1"
)


@dataclass(frozen=True)
class Head:
    """The log's newest entry, number 0 while nothing was published, and the number of its newest checkpoint.

    A checkpoint is also signed on days on which nothing is published, and what it proves stands on public pages. So
    do seals of the other side, from the decision on that accepts them.
    """

    sequence: int
    entry_hash: str
    checkpoint: int
    seal_decision: int

    @property
    def place(self) -> tuple[int, int, int]:
        """What only ever grows."""
        return self.sequence, self.checkpoint, self.seal_decision


def read_head(connection: BaseDatabaseWrapper) -> Head:
    """The log's head as this connection's database knows it.

    Raises:
        django.db.Error: the database does not answer, or lacks the table.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        found = cursor.fetchone()
    return Head(*found) if found else Head(0, "", 0, 0)


@dataclass(frozen=True, eq=False, slots=True)
class Generation:
    """Pages that belong together, with the memory that only they are kept in.

    An answer that was begun in one generation can't get into another: each has a memory of its own.
    """

    head: Head
    build: str
    day: date
    memory: Memory

    @property
    def ends_at(self) -> float:
        """The next midnight in Baghdad, as a time of day in seconds: legal status is stated for a day."""
        return datetime.combine(self.day + timedelta(days=1), time(), BAGHDAD).timestamp()

    def name_of(self, key: Key) -> str:
        """What a page of this generation is called in a cache that processes share."""
        state = (self.head.entry_hash, self.head.checkpoint, self.head.seal_decision, self.build, self.day)
        return hashlib.sha256(repr((*state, *key)).encode()).hexdigest()


class Generations:
    """Tells the generation that holds; begins a new one when the log, the build or the day has changed.

    ``changed`` is set at each beginning.
    """

    def __init__(self, *, build: Build, memory_bytes: int, clock: Callable[[], float] = now_s) -> None:
        self.changed = Event()
        self.clock = clock
        self._build = build
        self._memory_bytes = memory_bytes
        self._lock = Lock()
        self._seen_at = 0.0
        self._held: tuple[Generation | None, float] = (None, 0.0)

    def at(self, now: float) -> Generation | None:
        """The generation to answer from at a time of day; none after midnight, or when unchecked for too long."""
        generation, until = self._held
        return generation if now < until else None

    def confirm(self, connection: BaseDatabaseWrapper) -> Generation:
        """Ask the database for the log's head; the generation that holds as of that.

        Raises:
            django.db.Error: the database does not answer.
        """
        began = monotonic()
        head = read_head(connection)
        with self._lock:
            current, _ = self._held
            is_overtaken = current is not None and began < self._seen_at and head.place < current.head.place
            if current is not None and is_overtaken:
                return current
            now = self.clock()
            day = day_in_baghdad(datetime.fromtimestamp(now, UTC))
            if current is None or (current.head, current.build, current.day) != (head, self._build.stamp, day):
                current = Generation(head, self._build.stamp, day, Memory(self._memory_bytes))
                self.changed.set()
            self._seen_at = monotonic()
            self._held = (current, min(current.ends_at, now + UNCHECKED_S))
            return current
