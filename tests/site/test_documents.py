"""Files of an agreement, as a reader downloads them."""

import hashlib
import re
from datetime import datetime
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.models.words_and_files import Document
from agreements.vocabulary.languages import LocalisedText
from tests.people import make_user
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db

TEXT = b"%PDF-1.7 the authentic text"
NAME = "Text #1 (50% agreed?) نص.pdf"
MINUTES = b"%PDF-1.7 minutes of the talks, for staff"


@pytest.fixture(scope="module")
def agreement(one_for_all_tests: None) -> Agreement:
    agreement = first_agreement()
    for words, content, is_public in (("Authentic text", TEXT, True), ("Minutes", MINUTES, False)):
        Document.objects.create(
            agreement=agreement, kind="authentic_text", language="en", is_public=is_public, title_en=words,
            file=ContentFile(content, name=NAME),
        )  # fmt: skip
    return agreement


def links(client: Client, agreement: Agreement) -> list[str]:
    page = client.get(f"/en/agreements/{agreement.register_number}/").content.decode()
    return [urlsplit(unescape(link)).path for link in re.findall(r'href="([^"]*/documents/[^"]*)"', page)]


def hidden_address(content: bytes) -> str:
    return f"/documents/{hashlib.sha256(content).hexdigest()}/text.pdf"


class TestDocuments:
    def test_are_linked_and_downloaded_byte_for_byte(
        self, client: Client, agreement: Agreement, noon: datetime
    ) -> None:
        publish(agreement, at=noon)

        (address,) = set(links(client, agreement))
        response = client.get(address)

        assert unquote(address).endswith(f"/{NAME}")
        assert b"".join(response) == TEXT  # type: ignore[arg-type]  # a stream of bytes
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment;")
        assert NAME in unquote(response["Content-Disposition"])
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_are_not_sent_again_when_the_reader_has_them(
        self, client: Client, agreement: Agreement, noon: datetime
    ) -> None:
        publish(agreement, at=noon)
        (address,) = set(links(client, agreement))

        first = client.get(address)
        list(first)  # read to its end, as a browser does

        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304

    def test_stay_inside_before_publication(self, client: Client, agreement: Agreement) -> None:
        assert client.get(hidden_address(TEXT)).status_code == 404

    def test_stay_inside_where_they_are_not_public(self, client: Client, agreement: Agreement, noon: datetime) -> None:
        publish(agreement, at=noon)

        assert client.get(hidden_address(MINUTES)).status_code == 404
        assert "Minutes" not in client.get(f"/en/agreements/{agreement.register_number}/").content.decode()

    def test_go_with_the_agreement_when_it_is_withdrawn(
        self, client: Client, agreement: Agreement, noon: datetime
    ) -> None:
        publish(agreement, at=noon)
        withdraw_agreement(agreement.pk, by=make_user("reviewer"), at=noon, reason=LocalisedText(en="A mistake."))

        assert client.get(hidden_address(TEXT)).status_code == 404

    @pytest.mark.parametrize("name", ["zz", "0" * 63, "../../etc/passwd", "%2e%2e"])
    def test_are_asked_for_by_hash_only(self, client: Client, name: str) -> None:
        assert client.get(f"/documents/{name}/x.pdf").status_code == 404


class TestContacts:
    def test_stay_inside_where_they_are_not_public(self, client: Client, agreement: Agreement, noon: datetime) -> None:
        agreement.contacts.create(name_en="Private mobile", telephone="+964 770 000 0000")
        publish(agreement, at=noon)

        page = client.get(f"/en/agreements/{agreement.register_number}/").content.decode()

        assert "Private mobile" not in page
        assert "770 000" not in page
