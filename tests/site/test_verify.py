"""The verifier's page: what it takes, what it says, what it leads to, and what it keeps from logs and addresses."""

import hashlib
import json
import logging

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.editions.models import Edition
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.models.words_and_files import Document
from agreements.summaries.models import Summary
from agreements.summaries.store import read_summary, summary_for
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText
from tests.conftest import NOON
from tests.people import make_user
from tests.published import first_agreement, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient_verifier")]

TEXT = b"%PDF-1.7\n% the authentic text"


@pytest.fixture(scope="module")
def agreement(one_for_all_tests: None) -> Agreement:
    agreement = first_agreement()
    file = ContentFile(TEXT, name="text.pdf")
    Document.objects.create(
        agreement=agreement, kind="authentic_text", language="en", is_public=True, title_en="Authentic text", file=file
    )
    return agreement


@pytest.fixture(scope="module")
def edition(agreement: Agreement) -> Edition:
    return publish(agreement, at=NOON)


@pytest.fixture(scope="module")
def summary(edition: Edition) -> Summary:
    return summary_for(edition, "en", at=NOON)


def said(client: Client, language: str = "en", **posted: object) -> str:
    return client.post(f"/{language}/verify/", posted).content.decode()


def give(client: Client, content: bytes) -> str:
    return said(client, file=SimpleUploadedFile("copy", content))


def republished(agreement: Agreement) -> Edition:
    Agreement.objects.filter(pk=agreement.pk).update(title_en="A corrected title")
    return publish(Agreement.objects.get(pk=agreement.pk), at=NOON)


class TestHashes:
    def test_of_a_file_that_the_page_hashed_says_all_that_the_file_would_say(
        self, client: Client, summary: Summary
    ) -> None:
        page = said(client, hash=summary.sha256)

        assert 'data-finding="genuine"' in page
        for words in ("Technical part", "MOC Portal development seal", "Nothing was added", "It holds: the entry"):
            assert words in page

    def test_that_are_typed_are_taken_as_people_write_them(self, client: Client, summary: Summary) -> None:
        digest = summary.sha256.upper()
        in_groups = " ".join(digest[at : at + 4] for at in range(0, 64, 4))

        for typed in (digest, in_groups, f"sha256:{digest.lower()}"):
            assert 'data-finding="hash_of_summary"' in said(client, typed=typed)

    def test_of_contents_and_documents_get_words_of_their_own(self, client: Client, edition: Edition) -> None:
        content = said(client, typed=edition.content_hash)
        document = said(client, typed=hashlib.sha256(TEXT).hexdigest())

        assert "This is the hash of an edition’s content" in content
        assert "This is the hash of a document in the register" in document
        assert "Authentic text" in document
        assert "The current edition names this document." in document

    def test_that_nobody_knows_are_called_unknown_and_the_file_is_asked_for(self, client: Client) -> None:
        assert 'data-finding="hash_unknown"' in said(client, typed="0" * 64)
        unknown = said(client, hash="0" * 64)
        assert 'data-finding="file_unknown"' in unknown
        assert "data-sends" in unknown

    @pytest.mark.parametrize("posted", ["", "x", "é" * 64, "0" * 5000, "\0"])
    def test_that_are_none_are_unknown(self, client: Client, posted: str) -> None:
        assert client.post("/en/verify/", {"hash": posted}).status_code == 200

    def test_are_never_taken_from_an_address(self, client: Client, summary: Summary) -> None:
        page = client.get("/en/verify/", {"hash": summary.sha256}).content.decode()

        assert "data-finding" not in page
        assert summary.sha256 not in page

    def test_are_not_logged(self, client: Client, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, logger="agreements")
        secret = hashlib.sha256(b"a secret").hexdigest()

        said(client, hash=secret)
        give(client, b"a secret")
        give(client, b"%PDF-1.7 a secret")

        assert secret not in caplog.text
        assert hashlib.sha256(b"%PDF-1.7 a secret").hexdigest() not in caplog.text


class TestTyped:
    def test_a_code_leads_to_an_address_that_can_be_passed_on(self, client: Client, edition: Edition) -> None:
        answer = client.post("/en/verify/", {"typed": edition.code.lower()})

        assert answer.status_code == 302
        assert 'data-finding="code_known"' in client.get(answer["Location"]).content.decode()

    def test_what_is_neither_code_nor_hash_is_told_so(self, client: Client) -> None:
        assert "This is neither a code" in said(client, typed="MOC-0001")


class TestJson:
    def test_the_editions_own_is_genuine_also_when_it_is_laid_out_anew(self, client: Client, edition: Edition) -> None:
        content = bytes(edition.canonical)

        assert 'data-finding="content" ' not in give(client, content + b"\n")
        assert 'data-genuine="yes" data-current="yes" data-finding="content"' in give(client, content)
        anew = give(client, json.dumps(json.loads(content), indent=1).encode())
        assert 'data-genuine="yes" data-current="yes" data-finding="rewritten"' in anew

    def test_another_content_is_not_and_leads_to_the_record_that_it_names(
        self, client: Client, edition: Edition
    ) -> None:
        content = json.loads(bytes(edition.canonical)) | {"title": {"en": "Another"}}

        page = give(client, json.dumps(content).encode())

        assert 'data-genuine="no"' in page
        assert f'href="/en/agreements/{edition.register_number}/"' in page

    def test_what_is_wrong_with_it_is_said(self, client: Client) -> None:
        assert "One of its names stands twice" in give(client, b'{"a": 1, "a": 2}')


class TestWhatCameAfter:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_older_edition_leads_to_what_has_changed_and_to_the_current_pdf(
        self, client: Client, agreement: Agreement, summary: Summary, language: Language
    ) -> None:
        republished(agreement)
        below = f"/{language}/agreements/{agreement.register_number}/editions"

        page = said(client, language, hash=summary.sha256)

        assert 'data-genuine="yes" data-current="no"' in page
        assert f'href="{below}/1/compare/2/"' in page
        assert f'href="{below}/2/summary.pdf"' in page

    def test_what_was_added_to_names_its_edition_and_the_genuine_file(self, client: Client, summary: Summary) -> None:
        page = give(client, read_summary(summary) + b"rubbish")

        assert 'data-genuine="no" data-current="unknown" data-finding="added_to"' in page
        assert f"/editions/{summary.edition_number}/summary.pdf" in page
        assert "bytes that belong to no part of the PDF" in page

    def test_a_document_that_the_current_edition_dropped_is_not_current(
        self, client: Client, agreement: Agreement, edition: Edition
    ) -> None:
        Document.objects.filter(agreement=agreement).update(is_public=False)
        republished(agreement)

        page = give(client, TEXT)

        assert 'data-genuine="yes" data-current="no" data-finding="document"' in page
        assert "does not name this document any more" in page

    def test_a_withdrawn_one_says_when_and_why_and_leads_nowhere_else(
        self, client: Client, agreement: Agreement, summary: Summary
    ) -> None:
        reason = LocalisedText(en="A mistake.")
        withdraw_agreement(agreement.pk, by=make_user("reviewer"), at=NOON, reason=reason)

        page = said(client, hash=summary.sha256)
        of_document = give(client, TEXT)

        assert "was withdrawn from the public on 23 November 2026" in page
        assert "A mistake." in page
        assert "summary.pdf" not in page
        assert "Authentic text" not in of_document
