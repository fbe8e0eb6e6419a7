"""One agreement as linked data, and where its feed and calendar are."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pyld import jsonld

from agreements.vocabulary.languages import LANGUAGES
from tests.opendata.files.a_register import LICENCE, REASON, fetch

pytestmark = pytest.mark.django_db

SCHEMA = "https://schema.org/"
LD = "application/ld+json"


def nothing_from_elsewhere(address: str, _options: object) -> Any:
    raise AssertionError(f"{address} had to be fetched")


def expanded(written: bytes) -> dict[str, Any]:
    """As a program reads it that knows no context but the one inside."""
    options = {"documentLoader": nothing_from_elsewhere}
    [node] = jsonld.expand(json.loads(written), options)
    result: dict[str, Any] = node
    return result


class TestLinkedData:
    def test_says_everything_in_all_languages_without_anything_from_elsewhere(self, client: Client) -> None:
        node = expanded(fetch(client, "/id/MOC-0001.jsonld"))

        assert node["@type"] == [f"{SCHEMA}Legislation"]
        assert node["@id"] == f"{settings.PUBLIC_ORIGIN}/id/MOC-0001"
        names = {one["@language"]: one["@value"] for one in node[f"{SCHEMA}name"]}
        assert names == {"en": "First of all", "ar": "مذكرة تعاون", "ckb": "یاداشتی هاوکاری"}
        assert {one["@language"] for one in node[f"{SCHEMA}legislationType"]} == set(LANGUAGES)
        assert node[f"{SCHEMA}license"] == [{"@id": LICENCE}]
        assert node[f"{SCHEMA}version"] == [{"@value": "2"}]
        assert node[f"{SCHEMA}legislationDate"] == [{"@value": "2021-02-04"}]
        assert node[f"{SCHEMA}legislationLegalForce"] == [{"@id": f"{SCHEMA}InForce"}]

    def test_tells_editions_apart(self, client: Client) -> None:
        first = expanded(fetch(client, "/id/MOC-0001/1.jsonld"))

        assert first[f"{SCHEMA}version"] == [{"@value": "1"}]
        assert first[f"{SCHEMA}sameAs"] == [{"@id": f"{settings.PUBLIC_ORIGIN}/id/MOC-0001/1"}]

    def test_is_what_asks_for_it_is_led_to(self, client: Client) -> None:
        asked = client.get("/id/MOC-0001", headers={"Accept": f"{LD}, application/json;q=0.5"})
        page = client.get("/id/MOC-0001/1", headers={"Accept": "text/html"})

        assert (asked.status_code, asked["Location"]) == (303, "/id/MOC-0001.jsonld")
        assert f'</id/MOC-0001/1.jsonld>; rel="alternate"; type="{LD}"' in page["Link"]
        assert f'</id/MOC-0001/2.jsonld>; rel="alternate"; type="{LD}"' in client.get("/id/MOC-0001.json")["Link"]

    def test_gives_the_reason_of_a_withdrawal(self, client: Client) -> None:
        for address in ("/id/MOC-0003.jsonld", "/id/MOC-0003/1.jsonld", "/en/agreements/MOC-0003/dates.ics"):
            response = client.get(address)
            assert response.status_code == 410
            assert response.json()["reason"]["en"] == REASON

    @pytest.mark.parametrize(
        "address",
        ["/id/MOC-0999.jsonld", "/id/MOC-0001/3.jsonld", "/id/MOC-0001/0.jsonld", "/id/MOC-0001/1/.jsonld",
         "/id/MOC-0001.xml.jsonld", "/id/MOC-0001/99999999999.jsonld", "/id/../MOC-0001.jsonld", "/id/MOC-0001.exe"],
    )  # fmt: skip
    def test_answers_what_never_was_in_words(self, client: Client, address: str) -> None:
        response = client.get(address)

        assert response.status_code == 404
        assert "<h1" in response.content.decode()


class TestSubscriptions:
    @pytest.mark.parametrize(("ending", "name"), [("atom", "feed.atom"), ("ics", "dates.ics")])
    def test_are_in_the_language_that_is_asked_for(self, client: Client, ending: str, name: str) -> None:
        response = client.get(f"/id/MOC-0001.{ending}", headers={"Accept-Language": "ckb, en;q=0.5"})

        assert (response.status_code, response["Location"]) == (303, f"/ckb/agreements/MOC-0001/{name}")
        assert "Accept-Language" in response["Vary"]
