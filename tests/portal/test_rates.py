"""How often one client may ask, as a web server asks by WSGI."""

from typing import Any

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from pytest_django.fixtures import Settings as PortalSettings

from moc_portal import rates
from moc_portal.rates import Rates
from tests.portal.fronts import answering, ask

PATH = "/api/v1/agreements"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifteen seconds into a minute."""
    monkeypatch.setattr(rates, "time", lambda: 6_000_015.0)


def limited(name: str, *, times: int = 2, shared: BaseCache | None = None) -> Rates:
    return Rates(answering(), path="/api/", times=times, own=LocMemCache(name, {}), shared=shared)


class Broken(BaseCache):
    """A cache that can't be reached."""

    def __init__(self) -> None:
        super().__init__({})

    def incr(self, *_: Any, **__: Any) -> int:
        raise ConnectionError


class TestRates:
    def test_states_what_is_left_and_refuses_what_is_more(self) -> None:
        front = limited("stated")
        first, second, third = (ask(front, PATH, accept_language="ar") for _ in range(3))

        assert (first.status, first.headers["ratelimit-policy"]) == (200, '"client";q=2;w=60')
        assert [one.headers["ratelimit"] for one in (first, second, third)] == [
            '"client";r=1;t=45', '"client";r=0;t=45', '"client";r=0;t=45'
        ]  # fmt: skip
        assert (third.status, third.headers["retry-after"]) == (429, "45")
        assert third.headers["content-type"] == "application/problem+json"
        assert third.headers["access-control-allow-origin"] == "*"
        assert third.headers["content-language"] == "ar"
        assert b"too-many-requests" in third.body

    def test_counts_each_client_and_each_minute_by_itself(
        self, settings: PortalSettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.TRUST_PROXY = True
        front = limited("each", times=1)

        assert ask(front, PATH, x_forwarded_for="1.1.1.1").status == 200
        assert ask(front, PATH, x_forwarded_for="9.9.9.9, 1.1.1.1").status == 429
        assert ask(front, PATH, x_forwarded_for="2001:db8::1").status == 200
        assert ask(front, PATH, x_forwarded_for="2001:db8::2").status == 429
        monkeypatch.setattr(rates, "time", lambda: 6_000_075.0)
        assert ask(front, PATH, x_forwarded_for="1.1.1.1").status == 200

    def test_leaves_pages_alone(self) -> None:
        front = limited("pages", times=1)

        answers = [ask(front, "/en/") for _ in range(3)]

        assert {one.status for one in answers} == {200}
        assert "ratelimit" not in answers[0].headers

    def test_counts_for_itself_while_the_shared_cache_is_away(self) -> None:
        front = limited("alone", times=1, shared=Broken())

        assert [ask(front, PATH).status for _ in range(2)] == [200, 429]

    def test_counts_together_where_processes_share_a_cache(self) -> None:
        shared = LocMemCache("together", {})
        one, other = limited("one", times=1, shared=shared), limited("other", times=1, shared=shared)

        assert [ask(front, PATH).status for front in (one, other)] == [200, 429]
