"""The page store: what it keeps and for whom, and that nobody is shown what no longer holds.

Asked as a web server asks it, by WSGI, with Django's own application behind it.
"""

import gzip
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse

import brotli
import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection
from django.http import HttpResponse
from pytest_django import Settings

from agreements.editions.checkpoints import sign_todays_checkpoint
from agreements.editions.log import append_edition, append_withdrawal
from agreements.editions.models import Edition
from agreements.vocabulary.languages import LocalisedText
from moc_portal.pages import generation
from moc_portal.pages.build import Build
from moc_portal.pages.generation import UNCHECKED_S
from moc_portal.pages.memory import Key
from moc_portal.pages.shared import PlainBytes, SharedPages
from moc_portal.pages.warm import Warmer
from tests.conftest import NOON
from tests.editions.contents import shipped
from tests.portal.fronts import MEGABYTE, PAGE, PUBLIC, Counted, Front, answering, ask


def publish_again() -> Edition:
    content = shipped().model_copy(update={"summary": LocalisedText(en="Written anew.")})
    return append_edition(content, by="somebody", at=NOON, note=LocalisedText())


def withdraw() -> None:
    append_withdrawal("MOC-0001", by="somebody", at=NOON, note=LocalisedText(en="By mistake."))


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Django's own test client has it: a request does not close the connection with the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    return append_edition(shipped(), by="somebody", at=NOON, note=LocalisedText())


@pytest.fixture
def front(edition: Edition, db: None) -> Front:
    return Front(Counted(WSGIHandler()))


class TestKeptPages:
    def test_are_made_once_and_carry_what_django_sends(self, front: Front) -> None:
        by_django = ask(WSGIHandler(), PAGE)
        first, second = front.get(), front.get()

        assert front.times_asked == 1
        assert first == second
        assert first.body == by_django.body
        assert first.headers == by_django.headers | {"vary": "Accept-Encoding"}

    def test_are_sent_in_the_encoding_that_is_asked_for(self, front: Front) -> None:
        plain = front.get()
        for coding, decode in (("gzip", gzip.decompress), ("br", brotli.decompress)):
            received = front.get(accept_encoding=coding)

            assert received.headers["content-encoding"] == coding
            assert received.headers["content-length"] == str(len(received.body))
            assert received.headers["etag"] == f"W/{plain.headers['etag']}"
            assert decode(received.body) == plain.body

    def test_have_no_body_for_head(self, front: Front) -> None:
        head, page = front.get(method="HEAD"), front.get()

        assert front.times_asked == 1
        assert (head.status, head.headers, head.body) == (200, page.headers, b"")

    def test_are_not_sent_again_to_who_has_them_and_keep_their_strict_headers(self, front: Front) -> None:
        tag = front.get(accept_encoding="gzip").headers["etag"]

        again = front.get(accept_encoding="br", if_none_match=f'"other", {tag}')

        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == tag
        assert "content-encoding" not in again.headers
        assert "default-src 'none'" in again.headers["content-security-policy"]

    def test_are_for_readers_whatever_cookies_they_bring_but_not_for_staff(self, front: Front) -> None:
        front.get()
        front.get(cookie="theme=dark; csrftoken=abc")
        assert front.times_asked == 1

        front.get(cookie="theme=dark; sessionid=somebody")
        assert front.times_asked == 2

    @pytest.mark.parametrize("header", ["authorization", "hx_request", "if_match"])
    def test_are_not_for_requests_that_ask_for_something_else(self, front: Front, header: str) -> None:
        front.get()
        front.get(**{header: "true"})

        assert front.times_asked == 2

    def test_hold_nothing_of_the_reader_who_asked_first(self, edition: Edition, db: None) -> None:
        def repeating(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            response = HttpResponse(repr(environ), headers={"Cache-Control": PUBLIC})
            start_response("200 OK", list(response.items()))
            return response

        front = Front(Counted(repeating))

        assert b"mine" not in front.get(cookie="a=mine", x_forwarded_host="mine", accept_language="mine").body

    def test_say_of_what_was_withdrawn_that_it_is_gone(self, front: Front) -> None:
        withdraw()

        assert [front.get().status, front.get().status] == [410, 410]
        assert front.times_asked == 1

    def test_that_vary_by_a_header_are_for_those_who_do_not_send_it(self, front: Front) -> None:
        first, second = front.get("/id/MOC-0001.json"), front.get("/id/MOC-0001.json")
        assert (first.status, first.body, front.times_asked) == (200, second.body, 1)

        front.get("/id/MOC-0001.json", accept_language="ar")
        assert front.times_asked == 2


class TestFreshness:
    def test_a_publication_is_seen_as_soon_as_the_log_is_looked_at(self, front: Front) -> None:
        front.get()
        publish_again()
        front.generations.confirm(connection)

        assert b"Written anew." in front.get().body

    def test_who_published_sees_it_at_once(self, front: Front) -> None:
        front.get()
        django = front.django.application

        def publishing(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] == "POST":
                publish_again()
            return django(environ, start_response)

        front.django.application = publishing
        front.get("/en/admin/", method="POST", cookie="sessionid=reviewer")

        assert b"Written anew." in front.get().body

    def test_a_withdrawal_as_well(self, front: Front) -> None:
        front.get()
        withdraw()
        front.generations.confirm(connection)

        assert front.get().status == 410

    def test_a_checkpoint_that_was_signed_without_a_publication(self, front: Front) -> None:
        before = front.get("/log/checkpoint.txt").body
        sign_todays_checkpoint(at=NOON + timedelta(days=1))
        front.generations.confirm(connection)

        assert front.get("/log/checkpoint.txt").body not in {b"", before}

    def test_a_page_that_a_publication_came_into_is_neither_shown_nor_kept(self, front: Front) -> None:
        django = front.django.application
        meanwhile = iter([publish_again])

        def slow(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            answer = django(environ, start_response)
            next(meanwhile, lambda: None)()
            return answer

        front.django.application = slow

        assert b"Written anew." in front.get().body
        assert b"Written anew." in front.get().body
        assert front.times_asked == 2

    def test_a_look_that_was_overtaken_does_not_bring_the_old_pages_back(
        self, front: Front, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = generation.read_head(connection)
        publish_again()

        def overtaken(_connection: object) -> generation.Head:
            monkeypatch.undo()
            front.generations.confirm(connection)
            return old

        monkeypatch.setattr(generation, "read_head", overtaken)

        assert front.generations.confirm(connection).head.sequence == old.sequence + 1

    def test_pages_end_with_the_day_in_baghdad(self, front: Front) -> None:
        front.get()
        front.later_s = timedelta(hours=11, minutes=59).total_seconds()
        front.generations.confirm(connection)
        front.get()
        assert front.times_asked == 1

        front.later_s = timedelta(hours=12, minutes=1).total_seconds()
        front.get()
        assert front.times_asked == 2

    def test_pages_are_shown_for_a_while_where_the_database_does_not_answer(
        self, front: Front, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        front.get()
        monkeypatch.setattr(generation, "read_head", unreachable)
        front.later_s = UNCHECKED_S - 1
        front.get()
        assert front.times_asked == 1

        front.later_s = UNCHECKED_S + 1
        front.get()
        assert front.times_asked == 2

    def test_a_changed_template_begins_anew(self, tmp_path: Path, settings: Settings) -> None:
        settings.BASE_DIR = tmp_path
        template = tmp_path / "templates" / "page.html"
        template.parent.mkdir()
        template.write_text("old")
        build = Build()
        before = build.stamp

        template.write_text("newer")
        build.look_at_templates()

        assert build.stamp != before
        assert build.stamp == Build().stamp

    @pytest.mark.parametrize(
        ("name", "value"),
        [("API_REQUESTS_A_MINUTE", 7), ("CHECKPOINT_FORMER_KEYS", ["x"]), ("CHECKPOINT_KEY", ""), ("OPERATOR", "X")],
    )
    def test_a_changed_setting_that_is_seen_in_pages_begins_anew(
        self, tmp_path: Path, settings: Settings, name: str, value: object
    ) -> None:
        settings.BASE_DIR = tmp_path
        before = Build().stamp
        setattr(settings, name, value)

        assert Build().stamp != before


def unreachable(_connection: object) -> generation.Head:
    raise OperationalError


class TestNeverKept:
    @pytest.mark.parametrize(
        "path",
        [
            "/en/admin/login/", "/en/verify/", "/en/reports/", "/ar/confirm/secret/", "/ar/seal/secret/",
            "/calendar/secret.ics",
            "/health/live", "/en/no-such-page/", "/id/MOC-0001", "//en/agreements/MOC-0001/", "/en/../en/about/",
            "/en/./about/", "/en/agreements/MOC-0001/\x00", "/en/%61bout/", f"/en/{'a' * 400}/",
        ],
    )  # fmt: skip
    def test_addresses(self, front: Front, path: str) -> None:
        first, second = front.get(path), front.get(path)

        assert first.status == second.status < 500
        assert front.times_asked >= 2

    @pytest.mark.parametrize("method", ["POST", "OPTIONS", "PUT"])
    def test_other_methods(self, front: Front, method: str) -> None:
        front.get()

        assert front.get(method=method).status == 405

    def test_hosts_that_are_not_ours(self, front: Front, settings: Settings) -> None:
        settings.ALLOWED_HOSTS = ["register.example"]
        front = Front(front.django)
        front.get()

        assert front.get(host="evil.example").status == 400
        assert front.get(host="register.example:@evil.example").status == 400

    @pytest.mark.parametrize(
        "headers",
        [
            {}, {"Cache_Control": "private"}, {"Cache_Control": "max-age=60"}, {"Cache_Control": "public, no-store"},
            {"Cache_Control": PUBLIC, "Set_Cookie": "a=b"}, {"Cache_Control": PUBLIC, "Vary": "Cookie"},
            {"Cache_Control": PUBLIC, "Vary": "*"}, {"Cache_Control": PUBLIC, "Content_Type": "application/pdf"},
            {"Cache_Control": PUBLIC, "Content_Encoding": "gzip"},
        ],
    )  # fmt: skip
    def test_answers(self, edition: Edition, db: None, headers: dict[str, str]) -> None:
        front = Front(answering(**headers))
        front.get()
        front.get()

        assert front.times_asked == 2

    def test_a_moment_s_failure_is_not_remembered(self, edition: Edition, db: None) -> None:
        front = Front(Counted(lambda _environ, start: start("503 Later", []) or HttpResponse(b"")))
        front.get()
        front.django.application = WSGIHandler()
        front.get()
        front.get()

        assert front.times_asked == 2


class TestQueries:
    def test_are_kept_no_longer_than_any_cache_may(self, edition: Edition, db: None) -> None:
        front = Front(answering(Cache_Control=PUBLIC, Content_Type="text/html"))
        front.get(query="q=border")
        front.later_s = 59
        front.get(query="q=border")
        assert front.times_asked == 1

        front.get(query="q=other")
        front.later_s = 61
        front.get(query="q=border")
        assert front.times_asked == 3

    def test_pictures_are_kept_as_they_are_and_drive_out_no_page_either(self, edition: Edition, db: None) -> None:
        front = Front(answering(Cache_Control=PUBLIC, Content_Type="image/png"))
        front.get("/en/image.png", accept_encoding="br")

        assert front.get("/en/image.png", accept_encoding="br").body == b"the same"
        assert front.times_asked == 1
        assert len(front.generations.confirm(connection).memory.others) == 1

    def test_made_up_ones_drive_out_no_page(self, edition: Edition, db: None) -> None:
        front = Front(answering(Cache_Control=PUBLIC, Content_Type="text/html"))
        front.get()
        for number in range(600):
            front.get(query=f"q={number}")
        front.get()

        assert front.times_asked == 601
        memory = front.generations.confirm(connection).memory
        assert 0 < memory.others.size_bytes <= MEGABYTE


class TestSharedPages:
    @pytest.fixture
    def cache(self) -> LocMemCache:
        cache = LocMemCache("pages", {})
        cache.clear()
        return cache

    def test_are_made_by_one_process_for_all(self, front: Front, cache: LocMemCache) -> None:
        first = Front(front.django, shared=SharedPages(cache))
        other = Front(front.django, shared=SharedPages(cache))

        assert first.get() == other.get()
        assert front.times_asked == 1

    def test_that_somebody_else_wrote_are_not_shown(self, front: Front, cache: LocMemCache) -> None:
        Front(front.django, shared=SharedPages(cache)).get()
        name = front.generations.confirm(connection).name_of(Key("register.example", False, PAGE, ""))
        cache.set(name, cache.get(name).replace(b"Iraq", b"Mars"))

        assert b"Mars" not in Front(front.django, shared=SharedPages(cache)).get().body
        assert front.times_asked == 2

    def test_fail_without_a_page_failing(self, front: Front, caplog: pytest.LogCaptureFixture) -> None:
        dead = RedisCache("redis://127.0.0.1:9/0", {"OPTIONS": {"serializer": PlainBytes}})
        front = Front(front.django, shared=SharedPages(dead))

        assert [front.get().status, front.get("/ar/").status, front.get().status] == [200, 200, 200]
        assert front.times_asked == 2
        assert caplog.text.count("outcome=cut_off") == 1


class TestWarmer:
    def test_asks_nothing_where_the_public_address_is_another_process_s(self, front: Front, settings: Settings) -> None:
        settings.PUBLIC_ORIGIN, settings.ALLOWED_HOSTS = "http://register.example", ["127.0.0.1"]
        front.generations.confirm(connection)
        front.generations.changed.clear()
        Warmer(front.store, front.generations).warm()

        assert front.times_asked == 0

    def test_makes_what_most_readers_ask_for(self, front: Front, settings: Settings) -> None:
        settings.PUBLIC_ORIGIN = "http://register.example"
        front.generations.confirm(connection)
        front.generations.changed.clear()
        Warmer(front.store, front.generations).warm()
        assert front.times_asked == 6

        for language in ("en", "ar", "ckb"):
            front.get(f"/{language}/")
            front.get(f"/{language}/agreements/MOC-0001/")
        assert front.times_asked == 6

    def test_goes_on_after_a_page_that_fails(
        self, front: Front, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.PUBLIC_ORIGIN = "http://register.example"
        front.generations.confirm(connection)
        front.generations.changed.clear()
        asked: list[str] = []

        def store(environ: dict[str, Any], _start_response: StartResponse) -> list[bytes]:
            asked.append(environ["PATH_INFO"])
            raise ValueError(environ["PATH_INFO"])

        Warmer(store, front.generations).warm()

        assert len(asked) == 6
        assert "act=warm path=/en/" in caplog.text
