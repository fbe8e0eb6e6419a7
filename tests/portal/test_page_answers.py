"""Answers as they are kept: which may be, how they are told apart and how they are sent."""

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from moc_portal.pages.encodings import accepted
from moc_portal.pages.memory import Key, Shelf
from moc_portal.pages.page import Answer, Page
from tests.portal.fronts import MEGABYTE, PUBLIC


class TestAnswer:
    @pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable", "206 Partial Content"])
    def test_of_a_failure_is_never_kept(self, status: str) -> None:
        assert not Answer(status, (("Cache-Control", PUBLIC), ("Content-Type", "text/html")), b"x").may_be_kept

    def test_is_kept_up_to_a_megabyte(self) -> None:
        headers = (("Cache-Control", PUBLIC), ("Content-Type", "text/html"))

        assert Answer("200 OK", headers, b"x" * MEGABYTE).may_be_kept
        assert not Answer("200 OK", headers, b"x" * (MEGABYTE + 1)).may_be_kept


class TestShelf:
    def test_drops_what_was_read_longest_ago(self) -> None:
        page = Page(Answer("200 OK", (), b""), until=0)
        shelf = Shelf(2 * page.size_bytes)
        first, second, third = (Key("register.example", True, f"/{name}/", "") for name in ("en", "ar", "ckb"))
        shelf.put(first, page)
        shelf.put(second, page)
        shelf.get(first)
        shelf.put(third, page)

        assert [shelf.get(first), shelf.get(second), shelf.get(third)] == [page, None, page]
        assert shelf.size_bytes == 2 * page.size_bytes
        assert shelf.newest(1) == [third]


class TestAccepted:
    @pytest.mark.parametrize(
        ("header", "expected"),
        [
            ("", "identity"), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("gzip;q=1.0, br;q=0.5", "gzip"),
            ("br;q=0, gzip", "gzip"), ("*", "br"), ("*;q=0", "identity"), ("identity, gzip;q=0.5", "identity"),
            ("gzip;q=0", "identity"), ("GZIP", "gzip"), ("gzip;q=zero", "identity"), ("zstd", "identity"),
            ("br;q=1,*;q=0.1", "br"), ("x-gzip", "gzip"), ("identity;q=0", "identity"),
        ],
    )  # fmt: skip
    def test_puts_the_best_first(self, header: str, expected: str) -> None:
        assert accepted(header)[0] == expected

    @effort(max_examples=60)
    @given(st.text(alphabet="gzipbrq=;,.*01 ", max_size=40))
    def test_bears_anything_and_always_takes_what_is_as_it_is(self, header: str) -> None:
        assert "identity" in accepted(header)


class TestIfNoneMatch:
    @pytest.mark.parametrize(
        ("header", "status"),
        [
            ('"tag"', 304), ('W/"tag"', 304), ("*", 304), ('"a", "tag"', 304), ('W/"a",W/"tag"', 304),
            ('"other"', 200), ("tag", 200), ("", 200), ('"tag', 200), (f'"tag", {"x" * 5000}', 200),
        ],
    )  # fmt: skip
    def test_is_compared_weakly(self, header: str, status: int) -> None:
        page = Page(Answer("200 OK", (("ETag", '"tag"'),), b"words"), until=0)
        told: list[str] = []

        page.answer({"REQUEST_METHOD": "GET", "HTTP_IF_NONE_MATCH": header}, lambda line, _: told.append(line))

        assert told[0].startswith(str(status))
