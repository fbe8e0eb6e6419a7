"""The public pages over HTTP."""

import hashlib
from datetime import datetime

import pytest
from django.conf import settings as portal_settings
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.editions.models import Edition
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import NOON
from tests.people import make_user
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    return publish(first_agreement(), at=NOON)


def address(edition: Edition, rest: str = "", language: str = "en") -> str:
    return f"/{language}/agreements/{edition.register_number}/{rest}"


class TestPages:
    @pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ckb", "rtl")])
    @pytest.mark.parametrize("rest", ["", "editions/", "editions/1/"])
    def test_speak_their_language_and_set_no_cookie(
        self, client: Client, edition: Edition, language: str, direction: str, rest: str
    ) -> None:
        page = client.get(address(edition, rest, language))

        assert page.status_code == 200
        assert f'<html lang="{language}" dir="{direction}">' in page.content.decode()
        assert not page.cookies
        assert "Cookie" not in page.get("Vary", "")

    def test_name_their_other_languages_by_full_address(self, client: Client, edition: Edition) -> None:
        page = client.get(address(edition)).content.decode()

        for language in ("en", "ar", "ckb"):
            there = f"{portal_settings.PUBLIC_ORIGIN}{address(edition, language=language)}"
            assert f'<link rel="alternate" hreflang="{language}" href="{there}">' in page

    def test_say_what_no_source_states(self, client: Client, edition: Edition) -> None:
        text = client.get(address(edition)).content.decode()

        assert '<span class="unknown">Not stated</span>' in text
        assert "No source says who signed." in text

    def test_are_not_sent_again_when_nothing_changed(self, client: Client, edition: Edition) -> None:
        first = client.get(address(edition))

        again = client.get(address(edition), headers={"If-None-Match": first["ETag"]})

        assert again.status_code == 304

    @pytest.mark.parametrize("rest", ["", "editions/", "editions/1/", "editions/1/summary.pdf"])
    def test_tell_head_the_tag_that_get_is_told(self, client: Client, edition: Edition, rest: str) -> None:
        assert client.head(address(edition, rest))["ETag"] == client.get(address(edition, rest))["ETag"]

    def test_set_no_cookie_where_the_browser_sends_damaged_ones(self, client: Client, edition: Edition) -> None:
        client.cookies["sessionid"] = client.cookies["csrftoken"] = "x"

        assert not client.get(address(edition)).cookies

    @pytest.mark.parametrize("rest", ["", "editions/1/", "summary.pdf"])
    def test_are_for_reading_only(self, edition: Edition, rest: str) -> None:
        assert Client(enforce_csrf_checks=True).post(address(edition, rest)).status_code == 405

    def test_lead_to_the_sealed_pdf_beside_the_title(self, client: Client, edition: Edition) -> None:
        beginning, _, _ = client.get(address(edition)).content.decode().partition('id="summary"')

        assert address(edition, "editions/1/summary.pdf") in beginning

    def test_an_older_edition_says_so(self, client: Client, edition: Edition, noon: datetime) -> None:
        agreement = Agreement.objects.get()
        agreement.title_en = "A corrected title"
        agreement.save()
        publish(agreement, at=noon)

        assert "This is an older edition." in client.get(address(edition, "editions/1/")).content.decode()
        assert "This is an older edition." not in client.get(address(edition, "editions/2/")).content.decode()

    def test_what_never_was_is_not_found(self, client: Client, edition: Edition) -> None:
        assert client.get("/en/agreements/MOC-999999/").status_code == 404
        assert client.get(address(edition, "editions/7/")).status_code == 404

    def test_what_was_withdrawn_is_gone_and_says_why(self, client: Client, edition: Edition, noon: datetime) -> None:
        reason = LocalisedText(en="Published by mistake.", ar="نُشر خطأً.", ckb="بە هەڵە بڵاوکرایەوە.")
        withdraw_agreement(Agreement.objects.get().pk, by=make_user("reviewer"), at=noon, reason=reason)

        page = client.get(address(edition, language="ckb"))
        data = client.get(f"/id/{edition.register_number}.json")

        assert (page.status_code, data.status_code) == (410, 410)
        assert "بە هەڵە بڵاوکرایەوە." in page.content.decode()
        assert data.json()["reason"]["en"] == "Published by mistake."


class TestPermanentAddress:
    def test_leads_people_to_the_page_in_their_language(self, client: Client, edition: Edition) -> None:
        response = client.get(
            f"/id/{edition.register_number}", headers={"Accept": "text/html", "Accept-Language": "ar"}
        )

        assert (response.status_code, response["Location"]) == (303, address(edition, language="ar"))

    @pytest.mark.parametrize("suffix", ["", "/1"])
    def test_gives_programs_the_exact_bytes_that_were_hashed(
        self, client: Client, edition: Edition, suffix: str
    ) -> None:
        response = client.get(f"/id/{edition.register_number}{suffix}", headers={"Accept": "application/json"})

        assert hashlib.sha256(response.content).hexdigest() == edition.content_hash

    def test_reads_the_language_as_the_front_door_does(self, client: Client, edition: Edition) -> None:
        client.cookies["django_language"] = "ar"

        response = client.get(f"/id/{edition.register_number}", headers={"Accept-Language": "ku-Arab-IQ"})

        assert response["Location"] == address(edition, language="ckb")

    def test_says_that_the_content_is_in_three_languages(self, client: Client, edition: Edition) -> None:
        assert client.get(f"/id/{edition.register_number}.json")["Content-Language"] == "en, ar, ckb"


class TestAnyAddress:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        path=st.text(st.characters(codec="utf-8", exclude_characters="\\"), max_size=40),
        accept=st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=30),
    )
    def test_never_ends_in_a_server_error(self, edition: Edition, path: str, accept: str) -> None:
        client = Client(raise_request_exception=False, headers={"Accept": accept})

        for start in (
            "/en/agreements/",
            f"/id/{edition.register_number}/",
            "/en/verify/?code=",
            "/en/agreements/?page=",
        ):
            assert client.get(start + path.replace("#", "").replace("?", "")).status_code < 500
