"""What search engines and those who share a page are told."""

import io
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from agreements.editions.canonical import canonical_bytes
from agreements.editions.models import Edition
from agreements.formats.agreement_view import view_of
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.templatetags.sharing import json_ld
from agreements.vocabulary.languages import LANGUAGES, LocalisedText
from tests.conftest import NOON
from tests.people import make_user
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    return publish(first_agreement(), at=NOON)


def of_record(edition: Edition, rest: str = "", language: str = "en") -> str:
    return f"/{language}/agreements/{edition.register_number}/{rest}"


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def told(text: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{re.escape(name)}" content="([^"]*)">', text)
    return found.group(1) if found else ""


class TestHead:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_the_record_where_its_page_is_shared(self, client: Client, edition: Edition, language: str) -> None:
        text = page(client, of_record(edition, language=language))

        title = edition.content.title.get(language)  # type: ignore[arg-type]  # a parameter is a plain str
        assert title
        assert told(text, "og:title") == f"{title} · {edition.register_number}"
        assert told(text, "description") == told(text, "og:description") != ""
        assert told(text, "og:image").endswith(of_record(edition, "editions/1/image.png", language))
        assert told(text, "og:image").startswith(settings.PUBLIC_ORIGIN)

    def test_leads_from_the_current_edition_to_the_agreement(self, client: Client, edition: Edition) -> None:
        text = page(client, of_record(edition, "editions/1/"))

        assert f'<link rel="canonical" href="{settings.PUBLIC_ORIGIN}{of_record(edition)}">' in text

    @pytest.mark.parametrize("address", ["/en/agreements/?page=1", "/en/verify/?code=8RYS-9D7A-JT80"])
    def test_keeps_what_was_asked_for_out_of_search_engines(
        self, client: Client, edition: Edition, address: str
    ) -> None:
        text = page(client, address)

        assert told(text, "robots") == "noindex, follow"
        assert "canonical" not in text

    def test_keeps_what_is_not_there_out_of_search_engines(self, client: Client, edition: Edition) -> None:
        assert told(page(client, "/en/agreements/MOC-9999/"), "robots") == "noindex"


class TestJsonLd:
    def data(self, client: Client, edition: Edition, language: str) -> Any:
        text = page(client, of_record(edition, language=language))
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        assert len(found) == 1
        return json.loads(found[0])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_says_what_the_record_says_and_nothing_it_does_not_know(
        self, client: Client, edition: Edition, language: str
    ) -> None:
        data = self.data(client, edition, language)

        assert data["@type"] == "Legislation"
        assert data["@id"] == f"{settings.PUBLIC_ORIGIN}/id/{edition.register_number}"
        assert data["name"] == edition.content.title.get(language)  # type: ignore[arg-type]  # as above
        assert data["datePublished"] == "2021-02-05"
        assert len(data["legislationPassedBy"]) == 2
        assert len(data["funder"]) == 4
        assert "legislationDate" not in data
        assert "legislationLegalForce" not in data

    def test_cannot_end_its_element(self, edition: Edition) -> None:
        content = edition.content.model_copy(update={"summary": LocalisedText(en="</script><b>&")})
        hostile = Edition(register_number="MOC-0001", number=1, published_at=NOON, canonical=canonical_bytes(content))

        written = json_ld(view_of(hostile, language="en", as_of=NOON.date(), origin=settings.PUBLIC_ORIGIN))

        assert written.count("<") == 2
        assert json.loads(written.split(">", 1)[1].removesuffix("</script>"))["abstract"] == "</script><b>&"


class TestImages:
    @pytest.mark.parametrize("rest", ["agreements/MOC-0001/editions/1/image.png", "image.png"])
    def test_are_drawn_once_in_the_size_that_is_told(self, client: Client, edition: Edition, rest: str) -> None:
        first = client.get(f"/ar/{rest.replace('MOC-0001', edition.register_number)}")
        again = client.get(f"/ar/{rest.replace('MOC-0001', edition.register_number)}")

        picture = Image.open(io.BytesIO(first.content))
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert len(picture.getcolors()) > 10  # something is drawn
        assert len(first.content) < 60_000
        assert again.content == first.content
        assert first["ETag"]

    def test_are_only_of_what_was_published(self, client: Client, edition: Edition) -> None:
        assert client.get(of_record(edition, "editions/2/image.png")).status_code == 404


class TestSitemap:
    def addresses(self, client: Client, address: str) -> list[str]:
        answer = client.get(address)
        assert answer["Content-Type"].startswith("application/xml")
        root = ET.fromstring(answer.content)  # noqa: S314  # our own
        return [one.text or "" for one in root.iter(f"{SITEMAP}loc")]

    def test_leads_to_every_page_in_every_language(self, client: Client, edition: Edition) -> None:
        files = self.addresses(client, "/sitemap.xml")
        found = [one for file in files for one in self.addresses(client, file.removeprefix(settings.PUBLIC_ORIGIN))]

        assert len(found) == len(set(found))
        for language in LANGUAGES:
            assert f"{settings.PUBLIC_ORIGIN}{of_record(edition, language=language)}" in found
        for path in ("organisations/iom-iraq/", "places/trebil/", "frameworks/gcm/11/", "glossary/", "places/baghdad/"):
            assert f"{settings.PUBLIC_ORIGIN}/en/{path}" in found
        for one in (one for one in found if "/en/" in one):
            assert client.get(one.removeprefix(settings.PUBLIC_ORIGIN)).status_code == 200

    def test_forgets_what_was_withdrawn(self, client: Client, edition: Edition) -> None:
        agreement = Agreement.objects.get(register_number=edition.register_number)
        withdraw_agreement(agreement.pk, by=make_user("reviewer"), at=NOON, reason=LocalisedText(en="Annulled."))

        assert edition.register_number not in client.get("/sitemap-1.xml").content.decode()

    def test_ends_with_the_log(self, client: Client, edition: Edition) -> None:
        assert client.get("/sitemap-2.xml").status_code == 404

    def test_is_what_robots_are_led_to(self, client: Client, edition: Edition) -> None:
        text = client.get("/robots.txt").content.decode()

        assert f"Sitemap: {settings.PUBLIC_ORIGIN}/sitemap.xml" in text
        assert "Disallow: /ckb/confirm/" in text
        assert "Disallow: /ckb/seal/" in text
