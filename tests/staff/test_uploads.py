"""Files that staff upload: looked through, refused or freed of what acts, described, and given back."""

import hashlib
import html
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.register.models.agreements import Agreement
from agreements.register.models.words_and_files import Document
from tests.active_files import ACTIVE_OFFICE, ACTIVE_PDFS, active_pdf, picture
from tests.people import make_user
from tests.published import first_agreement
from tests.signed_pdfs import UNSIGNED, added_to, locked, sign, signer
from tests.staff.desk import change_page, client_of, form_of

pytestmark = pytest.mark.django_db

SCRIPT = ACTIVE_PDFS["a script that runs when it is opened"][0]


@pytest.fixture
def agreement() -> Agreement:
    return first_agreement()


def upload(editor: User, agreement: Agreement, content: bytes, name: str) -> str:
    """What the desk says at the file's field; nothing where it takes the file."""
    row = {"title_en": "Annex", "kind": "annex", "language": "en", "version": "1"}
    client, page = client_of(editor), change_page(agreement)
    sent = form_of(client, page, documents={**row, "file": SimpleUploadedFile(name, content)})
    response = client.post(page, sent)
    if response.status_code == 302:
        return ""
    formsets = response.context["inline_admin_formsets"]
    formset = next(one.formset for one in formsets if one.formset.prefix == "documents")
    return " ".join(str(one) for form in formset.forms for one in form.errors.get("file", ()))


def content_of(document: Document) -> bytes:
    with document.file.open() as file:
        return bytes(file.read())


def shown(editor: User, agreement: Agreement, language: str = "en") -> str:
    """The agreement's page at the desk, as text on one line."""
    page = client_of(editor).get(change_page(agreement).replace("/en/", f"/{language}/")).content.decode()
    return " ".join(html.unescape(page).split()).replace("\u2068", "").replace("\u2069", "")


class TestRefusal:
    @pytest.mark.parametrize(
        ("content", "name", "said"),
        [
            (ACTIVE_PDFS["a film"][0], "a.pdf", "sound, film or 3D. Print it to a new PDF"),
            (ACTIVE_PDFS["a program that is attached"][0], "a.pdf", "an attached file"),
            (sign(SCRIPT, signer("Dr Leyla Examples")), "a.pdf", "A signed file is never altered here"),
            (b"%PDF-1.7 and no more", "a.pdf", "it is damaged"),
            (ACTIVE_OFFICE["a template from the web"][1], "a.docx", "fetched from elsewhere. Take that out"),
            (ACTIVE_OFFICE["an event"][1], "a.odt", "macros or event handlers"),
            (picture("PNG") + b"<script>", "a.png", "behind the end of the picture: open it in a picture program"),
        ],
        ids=["film", "attached", "signed", "damaged", "template", "event", "behind"],
    )  # fmt: skip
    def test_says_what_was_found_and_how_to_mend_it(
        self, editor: User, agreement: Agreement, content: bytes, name: str, said: str
    ) -> None:
        assert said in upload(editor, agreement, content, name)
        assert not Document.objects.exists()


class TestTakingOut:
    def test_keeps_the_page_without_the_script_and_says_so(self, editor: User, agreement: Agreement) -> None:
        assert upload(editor, agreement, SCRIPT, "a.pdf") == ""

        document = Document.objects.get()
        kept = content_of(document)
        assert b"JavaScript" in SCRIPT
        assert b"JavaScript" not in kept
        assert document.sha256 == hashlib.sha256(kept).hexdigest()
        assert (document.pages, document.taken_out) == (1, ["script"])
        assert document.uploaded_sha256 == hashlib.sha256(SCRIPT).hexdigest()
        said = shown(editor, agreement)
        assert "Taken out of the file when it was uploaded, because it acts by itself: JavaScript." in said
        assert document.uploaded_sha256[:4] in said

    def test_makes_the_same_file_of_the_same_file(self, editor: User, agreement: Agreement) -> None:
        assert upload(editor, agreement, SCRIPT, "a.pdf") == ""

        assert "already" in upload(editor, agreement, SCRIPT, "b.pdf")

    def test_leaves_a_file_that_only_shows_as_it_is(self, editor: User, agreement: Agreement) -> None:
        harmless = active_pdf(page=b"/Annots [<< /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>]")
        assert upload(editor, agreement, harmless, "a.pdf") == ""

        document = Document.objects.get()
        assert (content_of(document), document.taken_out, document.uploaded_sha256) == (harmless, [], "")

    def test_is_forgotten_when_the_file_is_replaced(self, editor: User, agreement: Agreement) -> None:
        upload(editor, agreement, SCRIPT, "a.pdf")
        document = Document.objects.get()

        document.file = ContentFile(UNSIGNED, name="b.pdf")
        document.save()

        assert (document.taken_out, document.uploaded_sha256) == ([], "")


class TestFacts:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (sign(UNSIGNED, signer("Dr Leyla Examples")), "Signed by Dr Leyla Examples, intact"),
            (added_to(sign(UNSIGNED, signer("Dr Leyla Examples"))), "Signed by Dr Leyla Examples, but changed since"),
            (UNSIGNED, "No electronic signature"),
            (locked(UNSIGNED), "can’t be told: the file is encrypted"),
        ],
        ids=["intact", "changed", "unsigned", "locked"],
    )
    def test_say_who_signed_and_whether_it_is_intact(
        self, editor: User, agreement: Agreement, content: bytes, said: str
    ) -> None:
        assert upload(editor, agreement, content, "a.pdf") == ""

        assert said in shown(editor, agreement)

    def test_are_the_kind_the_size_the_pages_and_the_hash(self, editor: User, agreement: Agreement) -> None:
        upload(editor, agreement, UNSIGNED, "a.pdf")

        said = shown(editor, agreement)
        assert "PDF</bdi> ·" in said
        assert "1 page ·" in said
        assert hashlib.sha256(UNSIGNED).hexdigest()[:4] in said
        assert "1 صفحة" in shown(editor, agreement, "ar") or "صفحة" in shown(editor, agreement, "ar")

    def test_warn_of_a_picture_s_place_and_of_a_table_s_formulas(self, editor: User, agreement: Agreement) -> None:
        upload(editor, agreement, picture("JPEG", is_placed=True), "a.jpg")
        upload(editor, agreement, b"a,b\n=1+1,2\n", "a.csv")

        said = shown(editor, agreement)
        assert "says where it was taken (GPS)" in said
        assert "begin like a formula" in said
        assert content_of(Document.objects.get(media_type="text/csv")) == b"a,b\n=1+1,2\n"


class TestKeptFile:
    @pytest.fixture
    def document(self, agreement: Agreement) -> Document:
        return Document.objects.create(
            agreement=agreement, kind="annex", language="en", title_en="Annex",
            file=ContentFile(UNSIGNED, name="نص #1.pdf"),
        )  # fmt: skip

    def address(self, document: Document) -> str:
        return reverse("admin:agreements_document_file", args=[document.pk])

    def test_is_given_to_staff_as_an_attachment_that_runs_nothing(self, editor: User, document: Document) -> None:
        response: Any = client_of(editor).get(self.address(document))

        assert b"".join(response) == UNSIGNED
        assert unquote(response["Content-Disposition"]) == "attachment; filename*=utf-8''نص #1.pdf"
        assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]

    def test_is_linked_from_the_agreement_s_page(self, editor: User, agreement: Agreement, document: Document) -> None:
        assert f'href="{self.address(document)}"' in shown(editor, agreement)

    def test_is_not_given_where_it_is_infected_or_to_strangers(
        self, client: Any, editor: User, document: Document, noon: datetime
    ) -> None:
        def answer(asking: Any) -> int:
            response = asking.get(self.address(document))
            b"".join(response)  # to its end, where the file is closed
            return int(response.status_code)

        assert answer(client) == 302
        assert answer(client_of(User.objects.create_user("nobody", is_staff=True))) == 403
        assert answer(client_of(make_user("auditor"))) == 200
        Document.objects.update(scan_result="infected", scan_found="X", scanned_at=noon)
        assert answer(client_of(editor)) == 404
