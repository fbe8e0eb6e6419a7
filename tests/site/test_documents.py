"""Files of an agreement, as a reader downloads them."""

import csv
import hashlib
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.models.words_and_files import Document
from agreements.register.uploaded import Uploaded
from agreements.vocabulary.files import ActiveContent
from agreements.vocabulary.languages import LocalisedText
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.signed_pdfs import UNSIGNED, added_to, sign, signer

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

    @pytest.mark.parametrize("is_known", [False, True])
    def test_run_nothing_and_set_no_cookie(
        self, client: Client, agreement: Agreement, noon: datetime, is_known: bool
    ) -> None:
        publish(agreement, at=noon)
        (address,) = set(links(client, agreement))
        known = {"if-none-match": f'"{hashlib.sha256(TEXT).hexdigest()}"'} if is_known else {}

        response: Any = client.get(address, headers={"cookie": "sessionid=x; csrftoken=y", **known})
        assert b"".join(response) == (b"" if is_known else TEXT)

        assert response.status_code == (304 if is_known else 200)
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not response.cookies

    def test_are_described_without_being_sent(self, client: Client, agreement: Agreement, noon: datetime) -> None:
        publish(agreement, at=noon)
        (address,) = set(links(client, agreement))

        response: Any = client.head(address)
        assert not b"".join(response)

        assert (response["Content-Length"], response["Accept-Ranges"]) == (str(len(TEXT)), "none")

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


@pytest.fixture(scope="module")
def signed(one_for_all_tests: None) -> Agreement:
    agreement = first_agreement()
    whole = sign(UNSIGNED, signer("Dr Leyla Examples"))
    for words, content in (("Whole", whole), ("Changed", added_to(whole)), ("Unsigned", UNSIGNED)):
        Document.objects.create(
            agreement=agreement, kind="annex", language="en", is_public=True, title_en=words,
            file=ContentFile(content, name="a.pdf"),
        )  # fmt: skip
    cleaned = ContentFile(UNSIGNED + b"%", name="b.pdf")
    freed = Document(agreement=agreement, kind="annex", language="en", is_public=True, title_en="Freed", file=cleaned)
    freed.uploaded = Uploaded(taken_out=(ActiveContent.SCRIPT,), sha256_before="ab" * 32)
    freed.save()
    publish(agreement, at=datetime(2026, 3, 4, 12, tzinfo=UTC))
    return agreement


class TestFound:
    """What was found in files stands beside them, in the page, the data and the tables."""

    @pytest.mark.parametrize(
        ("language", "intact"),
        [("en", "Signed by Dr Leyla Examples, intact"), ("ar", "سليم"), ("ckb", "دەستکاری نەکراوە")],
    )
    def test_is_told_to_readers(self, client: Client, signed: Agreement, language: str, intact: str) -> None:
        page = client.get(f"/{language}/agreements/{signed.register_number}/").content.decode()
        said = unescape(page).replace("\u2068", "").replace("\u2069", "")

        assert intact in said
        assert "Dr Leyla Examples" in said
        if language == "en":
            assert "but changed since" in said
            assert "No electronic signature" in said
            assert "Taken out of the file when it was uploaded, because it acts by itself: JavaScript." in said
            assert "The certificate names An authority as its issuer, which is not checked here." in said

    def test_is_data_of_the_edition(self, client: Client, signed: Agreement) -> None:
        documents = client.get(f"/id/{signed.register_number}.json").json()["documents"]
        whole, changed, unsigned, freed = documents

        assert [one["state"] for one in (*whole["signatures"], *changed["signatures"])] == ["intact", "changed"]
        assert whole["signatures"][0]["signer"] == "Dr Leyla Examples"
        assert "signatures" not in unsigned
        assert (freed["taken_out"], freed["uploaded_sha256"]) == (["script"], "ab" * 32)

    def test_stands_in_the_tables(self, client: Client, signed: Agreement) -> None:
        def rows(name: str) -> list[dict[str, str]]:
            stream: Any = client.get(f"/data/{name}.csv")
            text = b"".join(stream).decode("utf-8-sig")
            return [
                one for one in csv.DictReader(text.splitlines()) if one["register_number"] == signed.register_number
            ]

        assert [(one["state"], one["signer"]) for one in rows("signatures")] == [
            ("intact", "Dr Leyla Examples"), ("changed", "Dr Leyla Examples"),
        ]  # fmt: skip
        assert [one["taken_out"] for one in rows("documents")] == ["", "", "", "script"]


class TestContacts:
    def test_stay_inside_where_they_are_not_public(self, client: Client, agreement: Agreement, noon: datetime) -> None:
        agreement.contacts.create(name_en="Private mobile", telephone="+964 770 000 0000")
        publish(agreement, at=noon)

        page = client.get(f"/en/agreements/{agreement.register_number}/").content.decode()

        assert "Private mobile" not in page
        assert "770 000" not in page
