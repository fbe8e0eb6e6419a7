"""Feeds, as a program reads them that is not ours."""

from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.test import Client

from agreements.opendata.files import feeds
from agreements.search import things
from tests.opendata.files.a_register import LICENCE, REASON, fetch, published
from tests.search.records import content, with_party

pytestmark = pytest.mark.django_db

ORIGIN = settings.PUBLIC_ORIGIN


def feed(client: Client, address: str) -> Any:
    """The feed, which must be well-formed and say where it is itself and on what terms."""
    read = feedparser.parse(fetch(client, address))
    assert not read.bozo, read.get("bozo_exception")
    links = {one["rel"]: one["href"] for one in read.feed.links}
    assert links["self"] == read.feed.id == f"{ORIGIN}{address}"
    assert links["license"] == LICENCE
    assert "CC BY 4.0" in read.feed.rights
    return read


def ids(read: Any) -> list[str]:
    return [one.id.removeprefix(f"{ORIGIN}/id/") for one in read.entries]


class TestRegisterFeed:
    def test_tells_of_publications_and_withdrawals_newest_first(self, client: Client) -> None:
        read = feed(client, "/en/feed.atom")

        assert ids(read) == ["MOC-0003/1#withdrawn-5", "MOC-0001/2", "MOC-0002/1", "MOC-0001/1"]
        assert (read.entries[0].title, read.entries[0].summary) == ("Withdrawn: MOC-0003", REASON)
        assert (read.entries[1].title, read.entries[1].summary) == ("First of all (MOC-0001/2)", "Dates were added.")
        assert read.entries[3].summary == "What was agreed at first"
        assert read.feed.updated == read.entries[0].updated
        assert b"Secret" not in fetch(client, "/en/feed.atom")

    def test_speaks_the_language_and_says_where_it_can_not(self, client: Client) -> None:
        read = feed(client, "/ckb/feed.atom")

        assert read.feed.language == "ckb"
        assert read.entries[1].title_detail.language == "ckb"
        assert read.entries[1].summary_detail.language == "en"
        assert read.entries[1].link == f"{ORIGIN}/ckb/agreements/MOC-0001/editions/2/"

    def test_goes_on_page_by_page(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(feeds, "_ENTRIES", 3)
        read = feed(client, "/en/feed.atom")
        following = next(one["href"] for one in read.feed.links if one["rel"] == "next")

        assert len(read.entries) == 3
        assert ids(feed(client, following.removeprefix(ORIGIN))) == ["MOC-0001/1"]

    @pytest.mark.parametrize("asked", ["x", "-1", "9" * 99, "%00", ""])
    def test_begins_at_the_beginning_where_no_place_is_asked_for(self, client: Client, asked: str) -> None:
        assert fetch(client, f"/en/feed.atom?before={asked}") == fetch(client, "/en/feed.atom")


class TestAgreementFeed:
    def test_has_the_agreement_alone(self, client: Client) -> None:
        assert ids(feed(client, "/ar/agreements/MOC-0001/feed.atom")) == ["MOC-0001/2", "MOC-0001/1"]

    def test_tells_who_followed_that_it_was_withdrawn(self, client: Client) -> None:
        assert ids(feed(client, "/en/agreements/MOC-0003/feed.atom")) == ["MOC-0003/1#withdrawn-5"]

    def test_is_not_there_for_what_never_was(self, client: Client) -> None:
        assert client.get("/en/agreements/MOC-0999/feed.atom").status_code == 404


class TestFeedsOfThings:
    @pytest.mark.parametrize("address", ["organisations/european-union", "frameworks/gcm"])
    def test_have_the_current_editions_that_name_it_and_what_was_withdrawn(self, client: Client, address: str) -> None:
        assert ids(feed(client, f"/en/{address}/feed.atom")) == ["MOC-0003/1#withdrawn-5", "MOC-0001/2"]
        assert f'href="/en/{address}/feed.atom"' in client.get(f"/en/{address}/").content.decode()

    def test_tell_of_no_withdrawal_of_what_does_not_name_it(self, client: Client) -> None:
        published(content(4, **with_party("another-body", "Another body")), minutes=5)

        assert ids(feed(client, "/en/organisations/another-body/feed.atom")) == ["MOC-0004/1"]

    def test_go_on_page_by_page_without_a_withdrawal_twice(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        published(content(4, "Another"), minutes=5)
        published(content(5, "One more"), minutes=6)
        monkeypatch.setattr(things.mentions_of, "__kwdefaults__", {"role": None, "before": None, "size": 2})
        address, told = "/en/frameworks/gcm/feed.atom", []
        while address:
            read = feed(client, address)
            told.append(ids(read))
            following = [one["href"] for one in read.feed.links if one["rel"] == "next"]
            address = following[0].removeprefix(ORIGIN) if following else ""

        assert told == [["MOC-0005/1", "MOC-0004/1"], ["MOC-0003/1#withdrawn-5", "MOC-0001/2"]]

    @pytest.mark.parametrize("address", ["organisations/nobody", "frameworks/nothing"])
    def test_are_not_there_for_what_nothing_names(self, client: Client, address: str) -> None:
        assert client.get(f"/en/{address}/feed.atom").status_code == 404


class TestSearchFeed:
    def test_has_what_the_search_finds_with_the_last_published_first(self, client: Client) -> None:
        assert ids(feed(client, "/en/agreements/feed.atom")) == ["MOC-0001/2", "MOC-0002/1"]
        assert ids(feed(client, "/en/agreements/feed.atom?q=first")) == ["MOC-0001/2"]
        assert ids(feed(client, "/en/agreements/feed.atom?party=nobody")) == []

    def test_refuses_what_can_not_be_looked_for(self, client: Client) -> None:
        assert client.get("/en/agreements/feed.atom", {"q": "a" * 10_000}).status_code == 400


class TestPages:
    @pytest.mark.parametrize(
        ("page", "address"),
        [
            ("", "/en/feed.atom"),
            ("agreements/MOC-0001/", "/en/agreements/MOC-0001/feed.atom"),
            ("agreements/?q=first", "/en/agreements/feed.atom?q=first"),
        ],
    )
    def test_lead_programs_to_their_feed(self, client: Client, page: str, address: str) -> None:
        text = client.get(f"/en/{page}").content.decode()

        assert f'<link rel="alternate" type="application/atom+xml" href="{address}"' in text
