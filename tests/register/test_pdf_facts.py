"""What a PDF says of itself, and what a broken one does not."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile

from agreements.register.examined import examine_waiting
from agreements.register.models.agreements import Agreement
from agreements.register.models.words_and_files import Document
from agreements.register.pdf_facts import PdfFacts, pdf_facts, read_facts
from agreements.register.pdf_signatures import Signature
from tests.summaries.attacks.exhausting import pdf

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = b"<< /Type /Page /Parent 2 0 R >>"
TWO_PAGES = pdf(CATALOG, b"<< /Type /Pages /Count 99 /Kids [3 0 R 4 0 R] >>", PAGE, PAGE)
SIGNED = pdf(
    b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>",
    b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    PAGE,
    b"<< /FT /Sig /T (Approval) /V 5 0 R >>",
    b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents <00> /ByteRange [0 1 2 3] >>",
)
ENDLESS = pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] >>")


class TestReadFacts:
    def test_counts_the_pages_that_are_there_whatever_the_file_says(self) -> None:
        assert read_facts(TWO_PAGES) == PdfFacts(pages=2, is_signed=False, signatures=())

    def test_sees_an_electronic_signature(self) -> None:
        assert read_facts(SIGNED) == PdfFacts(pages=1, is_signed=True, signatures=(Signature(),))

    def test_ends_where_the_pages_do_not(self) -> None:
        with pytest.raises(ValueError, match="endless"):
            read_facts(ENDLESS)


class TestPdfFacts:
    def test_are_read_in_a_process_apart(self) -> None:
        assert pdf_facts(SIGNED) == PdfFacts(pages=1, is_signed=True, signatures=(Signature(),))

    def test_are_none_of_what_can_not_be_read(self) -> None:
        assert pdf_facts(b"%PDF-1.7 and no more") == PdfFacts()


@pytest.mark.django_db
class TestDocument:
    def kept(self, shipped_draft: int, content: bytes, name: str = "text.pdf", **fields: Any) -> Document:
        return Document.objects.create(
            agreement=Agreement.objects.get(pk=shipped_draft), kind="annex", language="en", title_en="Annex",
            file=ContentFile(content, name=name), **fields,
        )  # fmt: skip

    def test_is_examined_when_it_is_kept(self, shipped_draft: int) -> None:
        document = self.kept(shipped_draft, TWO_PAGES)

        assert (document.pages, document.is_signed) == (2, False)
        assert document.examined_at is not None

    def test_that_is_no_pdf_tells_nothing(self, shipped_draft: int) -> None:
        document = self.kept(shipped_draft, b"A text.", name="text.txt")

        assert (document.pages, document.is_signed) == (None, None)

    def test_that_was_kept_before_is_examined_once_before_an_act(self, shipped_draft: int, noon: datetime) -> None:
        document = self.kept(shipped_draft, TWO_PAGES)
        Document.objects.filter(pk=document.pk).update(pages=None, is_signed=None, examined_at=None)

        assert [examine_waiting(shipped_draft, at=noon) for _time in range(2)] == [1, 0]

        document.refresh_from_db()
        assert (document.pages, document.examined_at) == (2, noon)
