"""Answers public pages from memory before Django starts to work on a request."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final
from wsgiref.types import StartResponse

from django.db import Error, connection
from django.http import HttpResponse

from moc_portal.pages.generation import Generation, Generations
from moc_portal.pages.memory import Key
from moc_portal.pages.page import Answer, Page
from moc_portal.pages.reading import Environ, Reading
from moc_portal.pages.shared import SharedPages

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_PATIENCE_S: Final = 10.0
_TRIES: Final = 3
_FOREVER: Final = float("inf")


class PageStore:
    """A WSGI application around Django's: what is public and the same for all readers is made once a generation.

    What may be kept is said by the answer (``Cache-Control: public``), not by a list of pages.
    """

    def __init__(self, application: Application, generations: Generations, *, shared: SharedPages | None) -> None:
        self._application = application
        self._generations = generations
        self._reading = Reading()
        self._shared = shared

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        reading = self._reading
        if not reading.is_for_all(environ):
            return self._passed_on(environ, start_response)
        key = reading.key(environ)
        now = self._generations.clock()
        generation = self._generations.at(now)
        page = generation.memory.get(key, now=now) if generation is not None else None
        if page is None:
            is_passed = generation is not None and generation.memory.is_passed(key)
            if is_passed or not reading.may_be_kept(key, environ):
                return self._application(environ, start_response)
            made = self._made_in_turn(key, environ)
            if not isinstance(made, Page):
                return made.send(start_response) if made else self._application(environ, start_response)
            page = made
        if not environ.keys().isdisjoint(page.varies):
            return self._application(environ, start_response)
        return page.answer(environ, start_response)

    def _passed_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Django's own answer. Where it may have published something, this process shows that from here on."""
        answer = self._application(environ, start_response)
        if environ["REQUEST_METHOD"] == "POST":
            with suppress(Error):
                self._generations.confirm(connection)
        return answer

    def _made_in_turn(self, key: Key, environ: Environ) -> Page | Answer | None:
        """The page, made unless another request has just made it; ``None`` where Django is to answer by itself."""
        try:
            generation = self._generations.confirm(connection)
        except Error:  # or a connection from before the database was restarted, which Django now replaces
            return None
        turn = generation.memory.turn(key)
        if not turn.acquire(timeout=_PATIENCE_S):
            return None
        try:
            now = self._generations.clock()
            return generation.memory.get(key, now=now) or self._made(key, environ, generation)
        finally:
            turn.release()

    def _made(self, key: Key, environ: Environ, generation: Generation) -> Page | Answer | None:
        """Ask Django until no publication comes in between: a page of two states is neither shown nor kept."""
        for _ in range(_TRIES):
            answer = self._from_others(key, generation)
            is_shared = answer is not None
            answer = answer or self._ask_django(environ)
            if answer is None or not answer.may_be_kept:
                if answer is None or answer.code < HTTPStatus.INTERNAL_SERVER_ERROR:
                    generation.memory.pass_on(key)
                if answer is None or self._reading.said_more(environ, answer.varies_by):
                    return None
                return answer
            try:
                now_holds = self._generations.confirm(connection)
            except Error:
                return answer
            if now_holds is generation:
                return self._keep(key, answer, generation, is_shared=is_shared)
            generation = now_holds
        return None

    def _ask_django(self, environ: Environ) -> Answer | None:
        """The whole answer to the bare request; ``None`` where it comes in pieces."""
        said: list[Any] = []
        result = self._application(self._reading.bare(environ), lambda *of: said.extend(of))  # type: ignore[arg-type]  # nobody writes
        if not isinstance(result, HttpResponse):
            close = getattr(result, "close", None)
            if close is not None:
                close()
            return None
        try:
            return Answer(said[0], tuple(said[1]), result.content)
        finally:
            result.close()

    def _keep(self, key: Key, answer: Answer, generation: Generation, *, is_shared: bool) -> Page:
        # What a query asks may depend on more than the log, so it is kept as long as any cache may keep it.
        until = self._generations.clock() + answer.shared_seconds if key.query else _FOREVER
        page = Page(answer, until=until)
        generation.memory.put(key, answer, page)
        if self._shared is not None and not is_shared and not key.query:
            self._shared.put(generation.name_of(key), answer, seconds=generation.ends_at - self._generations.clock())
        return page

    def _from_others(self, key: Key, generation: Generation) -> Answer | None:
        return self._shared.get(generation.name_of(key)) if self._shared is not None and not key.query else None
