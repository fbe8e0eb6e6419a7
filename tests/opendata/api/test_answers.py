"""What programs get: lists, records, the log, and what every answer has in common."""

import gzip
import hashlib
import re
from typing import Any

import pytest
import rfc8785
from django.test import Client

from agreements.editions.log import GENESIS
from agreements.editions.models import Edition
from tests.opendata.api.records import TITLE

pytestmark = pytest.mark.django_db


def get(client: Client, path: str, **headers: str) -> Any:
    response = client.get(f"/api/v1/{path}", headers={name.replace("_", "-"): one for name, one in headers.items()})
    assert response.status_code == 200, response.content
    return response.json()


def numbers(client: Client, path: str) -> list[str]:
    return [one["register_number"] for one in get(client, path)["items"]]


class TestAgreements:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("", ["MOC-0001", "MOC-0002"]),
            ("q=trebil", ["MOC-0001"]),
            ("q=health&year=2019&sort=relevance", ["MOC-0002"]),
            ("year=2019&year=1999", ["MOC-0002"]),
            ("status=in_force", []),
            ("party=nobody", []),
            ("q=%E2%80%9C%E2%80%9D", []),
        ],
    )
    def test_are_those_that_the_sites_search_finds(
        self, client: Client, record: Edition, asked: str, found: list[str]
    ) -> None:
        assert sorted(numbers(client, f"agreements?{asked}")) == found

    def test_a_line_says_where_the_record_is_in_every_form(self, client: Client, record: Edition) -> None:
        answer = get(client, "agreements?q=trebil")

        [line] = answer["items"]
        assert (line["title"]["en"], line["edition"]) == (TITLE, 2)
        assert line["legal_status"] == "announced"
        assert answer["as_of"]
        addresses = line["addresses"]
        assert addresses["permanent"] == "https://register.example/id/MOC-0001"
        assert [one["address"].removeprefix(addresses["permanent"]) for one in addresses["files"]] == [
            ".json", ".jsonld", ".iati.xml", ".ics", ".atom"
        ]  # fmt: skip
        assert addresses["pages"]["ckb"] == "https://register.example/ckb/agreements/MOC-0001/"

    def test_each_of_those_addresses_leads_to_what_is_described(self, client: Client, record: Edition) -> None:
        current = get(client, "agreements/MOC-0001")
        for file in (*current["addresses"]["files"], *current["edition"]["addresses"]["files"]):
            answer = client.get(file["address"].removeprefix("https://register.example"), follow=True)

            assert (file["address"], answer.status_code) == (file["address"], 200)
            assert answer["Content-Type"].partition(";")[0] == file["media_type"]

    def test_a_value_that_no_agreement_has_is_named(self, client: Client, record: Edition) -> None:
        answer = get(client, "agreements?party=nobody&kind=memorandum_of_cooperation")

        assert answer["unknown_values"] == [{"parameter": "party", "value": "nobody"}]

    @pytest.mark.parametrize(
        "path",
        [
            "agreements?limit=1", "agreements?limit=1&q=border&sort=relevance", "agreements/MOC-0001/editions?limit=1",
            "organisations?limit=1", "organisations?limit=1&order=ckb", "places?limit=7", "frameworks?limit=2",
            "log?limit=1", "places/trebil/agreements?limit=1", "organisations/iom-iraq/agreements?limit=1&role=party",
        ],
    )  # fmt: skip
    def test_pages_follow_each_other_and_each_item_comes_once(self, client: Client, record: Edition, path: str) -> None:
        whole = get(client, re.sub("limit=[0-9]+", "limit=100", path))["items"]
        seen, following = [], f"https://register.example/api/v1/{path}"
        while following:
            response = client.get(following.removeprefix("https://register.example"))
            seen += response.json()["items"]
            following = response.json()["links"]["next"]
            assert (f'<{following}>; rel="next"' in response["Link"]) == bool(following)

        assert seen == whole
        assert len(seen) == len({str(one) for one in seen})


class TestAgreement:
    def test_is_the_current_edition_or_the_fields_that_are_wanted(self, client: Client, record: Edition) -> None:
        whole = get(client, "agreements/MOC-0001")
        some = get(client, "agreements/MOC-0001?fields=title&fields=dates")

        assert (whole["edition"]["number"], whole["edition"]["is_current"]) == (2, True)
        assert whole["content"] == client.get("/id/MOC-0001.json").json()
        assert some["content"] == {"title": whole["content"]["title"], "dates": whole["content"]["dates"]}

    def test_an_editions_hash_can_be_computed_from_its_answer(self, client: Client, record: Edition) -> None:
        answer = get(client, "agreements/MOC-0001/editions/1")

        assert hashlib.sha256(rfc8785.dumps(answer["content"])).hexdigest() == answer["edition"]["content_hash"]
        assert not answer["edition"]["is_current"]
        entry = get(client, f"log/{answer['edition']['log_sequence']}")["entry"]
        assert entry["hashed"]["content_sha256"] == answer["edition"]["content_hash"]

    def test_two_editions_differ_in_what_was_rewritten(self, client: Client, record: Edition) -> None:
        answer = get(client, "agreements/MOC-0001/editions/1/differences/2")

        [change] = answer["sections"][0]["changes"]
        assert (change["field"], change["language"], change["newer"]) == ("title", "en", TITLE)
        assert get(client, "agreements/MOC-0001/editions/2/differences/2")["count"] == 0


class TestDirectories:
    def test_an_organisation_says_who_names_it_and_in_what_roles(self, client: Client, record: Edition) -> None:
        answer = get(client, "organisations/iom-iraq")["organisation"]

        assert {"role": "party", "agreements": 2} in answer["roles"]
        naming = get(client, "organisations/iom-iraq/agreements?role=party")["items"]
        assert [one["agreement"]["register_number"] for one in naming] == ["MOC-0002", "MOC-0001"]
        assert "party" in naming[0]["roles"]

    def test_frameworks_and_places_are_there_before_an_agreement_names_them(
        self, client: Client, record: Edition
    ) -> None:
        framework = get(client, "frameworks/gcm")
        [objective] = [one for one in framework["objectives"] if one["code"] == "11"]
        place = get(client, "places/trebil")["place"]

        assert objective["agreements_address"].endswith("agreements?objective=gcm%2F11")
        assert (place["place"]["name"]["ar"], place["agreements"]) == ("طريبيل", 0)
        assert [one["place"]["id"] for one in get(client, "places?q=طريبيل")["items"]] == ["trebil"]
        assert get(client, "places/trebil/agreements")["items"] == []


class TestLog:
    def test_is_enough_to_compute_the_chain_anew(self, client: Client, record: Edition) -> None:
        answer = get(client, "log")

        before = GENESIS
        for entry in answer["items"]:
            assert entry["hashed"]["previous"] == before
            before = hashlib.sha256(rfc8785.dumps(entry["hashed"])).hexdigest()
            assert entry["hash"] == before
        assert answer["head"]["hash"] == before
        assert answer["items"][-1]["hashed"]["kind"] == "withdrawal"


class TestEveryAnswer:
    def test_may_be_read_by_scripts_of_any_site_and_is_kept_out_of_search_engines(
        self, client: Client, record: Edition
    ) -> None:
        for path in ("", "agreements", "agreements/MOC-0003", "nothing", "log?x=1", "openapi.json"):
            response = client.get(f"/api/v1/{path}", headers={"Origin": "https://elsewhere.example"})

            assert response["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in response
            assert "RateLimit" in response["Access-Control-Expose-Headers"]
            assert response["X-Robots-Tag"] == "noindex"
            assert not response.cookies
        asked = client.options("/api/v1/agreements", headers={"Access-Control-Request-Method": "GET"})
        assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")

    def test_is_not_sent_again_where_it_is_known_and_is_compressed_where_that_is_asked_for(
        self, client: Client, record: Edition
    ) -> None:
        plain = client.get("/api/v1/agreements")
        small = client.get("/api/v1/agreements", headers={"Accept-Encoding": "gzip"})

        assert gzip.decompress(small.content) == plain.content
        assert "Accept-Language" not in plain["Vary"]
        for tag in (plain["ETag"], small["ETag"]):
            assert client.get("/api/v1/agreements", headers={"If-None-Match": tag}).status_code == 304
        head = client.head("/api/v1/agreements")
        assert (head.status_code, head["ETag"], head.content) == (200, plain["ETag"], b"")

    def test_the_index_leads_browsers_to_the_page_in_their_language(self, client: Client, record: Edition) -> None:
        shown = client.get("/api/v1/", headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "ku-IQ, en;q=0.5"})

        assert (shown.status_code, shown["Location"]) == (303, "/ckb/data/api/")
        assert get(client, "", accept="*/*")["log"] == "https://register.example/api/v1/log"
        assert {"Accept", "Accept-Language"} <= set(shown["Vary"].split(", "))
