"""The preview: the public's page and PDF of a draft, for staff only."""

from io import BytesIO

import pypdfium2
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader

from agreements.register.models.agreements import Agreement
from tests.published import first_agreement
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

MARK = {
    "en": "Draft: not published, not sealed",
    "ar": "مسودة: غير منشورة وغير مختومة",
    "ckb": "ڕەشنووس: بڵاونەکراوەتەوە و مۆر نەکراوە",
}
PAGES = ("agreement_preview", "agreement_preview_summary")


@pytest.fixture
def draft() -> Agreement:
    agreement = first_agreement()
    Agreement.objects.filter(pk=agreement.pk).update(title_en="A title that nobody has seen")
    return agreement


def address_of(draft: Agreement, name: str, language: str = "en") -> str:
    return reverse(f"admin:{name}", args=[draft.pk]).replace("/en/", f"/{language}/", 1)


class TestPreview:
    @pytest.mark.parametrize("language", MARK)
    def test_shows_the_public_page_marked_as_a_draft(self, draft: Agreement, editor: User, language: str) -> None:
        page = client_of(editor).get(address_of(draft, "agreement_preview", language)).content.decode()

        assert MARK[language] in page
        assert "A title that nobody has seen" in page
        assert "Download sealed PDF" not in page

    @pytest.mark.parametrize("language", MARK)
    def test_marks_every_page_of_the_pdf_and_seals_nothing(self, draft: Agreement, editor: User, language: str) -> None:
        pdf = client_of(editor).get(address_of(draft, "agreement_preview_summary", language)).content

        pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
        first_word = MARK[language].split(":")[0]
        assert len(pages) > 1
        assert all(first_word in page for page in pages), pages
        assert not PdfFileReader(BytesIO(pdf)).embedded_signatures

    @pytest.mark.parametrize("name", PAGES)
    def test_is_kept_by_no_cache_and_listed_by_no_search_engine(
        self, draft: Agreement, editor: User, name: str
    ) -> None:
        answer = client_of(editor).get(address_of(draft, name))

        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]

    @pytest.mark.parametrize("name", PAGES)
    def test_is_for_staff_only(self, draft: Agreement, client: Client, name: str) -> None:
        answer = client.get(address_of(draft, name))

        assert answer.status_code == 302
        assert "/login/" in answer["Location"]
