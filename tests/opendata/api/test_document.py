"""The OpenAPI document, and the page that is written from it."""

import re

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_django.fixtures import Settings as PortalSettings

from agreements.editions.models import Edition

pytestmark = pytest.mark.django_db

PAGES = ("/en/data/api/", "/ar/data/api/", "/ckb/data/api/")


class TestDocument:
    def test_is_valid_openapi_with_an_answer_of_this_register_for_each_operation(
        self, client: Client, record: Edition
    ) -> None:
        document = client.get("/api/v1/openapi.json").json()

        OpenAPIV31SpecValidator(document).validate()
        operations = [one["get"] for one in document["paths"].values()]
        examples = [one["responses"]["200"]["content"]["application/json"].get("example") for one in operations]
        assert len(operations) == 21
        assert all(examples)
        assert {media for one in operations for media in one["responses"]["400"]["content"]} == {
            "application/problem+json"
        }

    def test_has_the_licence_that_was_declared(self, client: Client, db: None, settings: PortalSettings) -> None:
        assert "license" not in client.get("/api/v1/openapi.json").json()["info"]
        settings.DATA_LICENCE_NAME, settings.DATA_LICENCE_URL = "CC BY 4.0", "https://creativecommons.example/by/4.0"

        document, log = client.get("/api/v1/openapi.json").json(), client.get("/api/v1/log")

        assert document["info"]["license"]["name"] == log.json()["licence"]["name"] == "CC BY 4.0"
        assert '<https://creativecommons.example/by/4.0>; rel="license"' in log["Link"]


class TestPage:
    @pytest.mark.parametrize("path", PAGES)
    def test_tells_each_operation_and_loads_nothing_from_elsewhere(
        self, client: Client, record: Edition, path: str
    ) -> None:
        page = client.get(path)
        text = page.content.decode()

        assert page["Cache-Control"].startswith("public")
        assert not page.cookies
        paths = client.get("/api/v1/openapi.json").json()["paths"]
        assert all(f"GET {one}</code>" in text for one in paths)
        assert "MOC-0001" in text
        loaded = re.findall(r'<(?:script|img|link)[^>]* (?:src|href)="([^"]+)"', text)
        assert not [one for one in loaded if "//" in one and not one.startswith("https://register.example/")]
        assert not re.search(r"<style|<script>| style=|onclick", text)

    def test_has_every_place_that_problems_and_its_own_links_lead_to(self, client: Client, record: Edition) -> None:
        text = client.get("/en/data/api/").content.decode()

        places = set(re.findall(r' id="([^"]+)"', text))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= places
        explained = client.get("/api/v1/problems/withdrawn", headers={"Accept-Language": "ckb"})
        assert explained["Location"] == "/ckb/data/api/#withdrawn"
        assert "withdrawn" in places
