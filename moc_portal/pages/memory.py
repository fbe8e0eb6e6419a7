"""Pages in a process's memory, up to a bound; what was read longest ago goes first."""

from collections import OrderedDict
from http import HTTPStatus
from threading import Lock
from typing import Final, NamedTuple

from moc_portal.pages.page import Answer, Page


class Key(NamedTuple):
    """What an answer is kept by; nothing else of a request may change it."""

    host: str
    is_secure: bool
    path: str
    query: str


_FOR_OTHERS: Final = 8  # an eighth of the memory for pictures and queries: whoever makes some up drives out no page
_FOR_REFUSALS: Final = 16  # redirects, too, and what was withdrawn
_MAX_PASSED: Final = 2000
_TURNS: Final = 64


class Shelf:
    """Pages by their keys, the one read last at the end."""

    def __init__(self, bound_bytes: int) -> None:
        self._bound_bytes = bound_bytes
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()
        self.size_bytes = 0

    def get(self, key: Key) -> Page | None:
        # Without the lock: each of the two is one step of the interpreter, and a page that goes between is missed.
        try:
            self._pages.move_to_end(key)
            return self._pages[key]
        except KeyError:
            return None

    def put(self, key: Key, page: Page) -> None:
        if page.size_bytes > self._bound_bytes:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.size_bytes += page.size_bytes
            while self.size_bytes > self._bound_bytes:
                self._drop(next(iter(self._pages)))

    def newest(self, count: int) -> list[Key]:
        """The keys that were read last, the very last first."""
        with self._lock:
            return list(reversed(self._pages))[:count]

    def __len__(self) -> int:
        return len(self._pages)

    def _drop(self, key: Key) -> None:
        dropped = self._pages.pop(key, None)
        if dropped is not None:
            self.size_bytes -= dropped.size_bytes


class Memory:
    """The pages of one generation, on three shelves: what fills one drives nothing out of another."""

    def __init__(self, bound_bytes: int) -> None:
        self.pages = Shelf(bound_bytes - bound_bytes // _FOR_OTHERS - bound_bytes // _FOR_REFUSALS)
        self.others = Shelf(bound_bytes // _FOR_OTHERS)
        self.refusals = Shelf(bound_bytes // _FOR_REFUSALS)
        self._passed: OrderedDict[Key, None] = OrderedDict()
        self._turns = tuple(Lock() for _ in range(_TURNS))

    def get(self, key: Key, *, now: float) -> Page | None:
        page = self.pages.get(key) or self.others.get(key) or self.refusals.get(key)
        return page if page is not None and now < page.until else None

    def put(self, key: Key, answer: Answer, page: Page) -> None:
        """Keep the page that was made of the answer."""
        if answer.code != HTTPStatus.OK:
            self.refusals.put(key, page)
        elif key.query or not answer.is_text:
            self.others.put(key, page)
        else:
            self.pages.put(key, page)

    def is_passed(self, key: Key) -> bool:
        """Whether it is known that what Django answers here can't be kept."""
        return key in self._passed

    def pass_on(self, key: Key) -> None:
        self._passed[key] = None
        if len(self._passed) > _MAX_PASSED:
            self._passed.popitem(last=False)

    def turn(self, key: Key) -> Lock:
        """Held while a page is made, so that many who ask at once have it made once."""
        return self._turns[hash(key) % _TURNS]
