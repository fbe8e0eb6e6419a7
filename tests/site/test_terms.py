"""The terms as an edition keeps them, and as the public page and the PDF say them."""

import re
from datetime import datetime
from typing import Any

import pypdfium2
import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from agreements.editions.models import Edition
from agreements.formats.agreement_view import view_of
from agreements.publishing.snapshot import build_content
from agreements.register.models.agreements import Agreement, AgreementDate
from agreements.vocabulary.kinds import NoticeUnit, RenewalKind
from agreements.vocabulary.terms import Notice, Terms
from tests.published import first_agreement, publish
from tests.staff.desk import agreement_with, change_page, client_of, form_of

pytestmark = pytest.mark.django_db

COLUMNS: dict[str, Any] = {
    "renewal_kind": "tacit", "renewal_months": 12, "notice_length": 90, "notice_unit": "days", "review_months": 24,
}  # fmt: skip


def published(noon: datetime, **columns: Any) -> Edition:
    agreement = first_agreement()
    Agreement.objects.filter(pk=agreement.pk).update(**columns)
    return publish(agreement, at=noon)


def said(client: Client, edition: Edition, language: str = "en") -> dict[str, str]:
    """What the public page says in its box of dates and terms, by the names there."""
    page = client.get(f"/{language}/agreements/{edition.register_number}/").content.decode()
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    return {strip_tags(name).strip(): " ".join(strip_tags(words).split()) for name, words in pairs}


class TestEdition:
    def test_keeps_the_terms_that_days_are_computed_from(self, noon: datetime) -> None:
        edition = published(noon, **COLUMNS)

        assert edition.content.terms == Terms(
            renewal=RenewalKind.TACIT,
            renewal_months=12,
            notice=Notice(length=90, unit=NoticeUnit.DAYS),
            review_months=24,
        )

    def test_never_says_who_is_in_charge(self, noon: datetime, editor: User) -> None:
        agreement = first_agreement()
        before = build_content(Agreement.objects.get(pk=agreement.pk))

        agreement.people_in_charge.add(editor)

        assert build_content(Agreement.objects.get(pk=agreement.pk)) == before


class TestPublicPage:
    def test_says_them_in_english(self, client: Client, noon: datetime) -> None:
        found = said(client, published(noon, **COLUMNS))

        assert found["Renewal"].startswith("Tacit: renewed unless notice is given")
        assert found["Length of each renewal, in months"] == "12"
        assert found["Notice period, in days"] == "90"
        assert found["Time between reviews, in months"] == "24"

    @pytest.mark.parametrize(
        ("language", "name", "words"),
        [("ar", "مهلة الإشعار بالأيام", "٩٠"), ("ckb", "ماوەی ئاگادارکردنەوە، بە ڕۆژ", "٩٠")],
    )
    def test_says_them_in_the_reader_s_language(
        self, client: Client, noon: datetime, language: str, name: str, words: str
    ) -> None:
        assert said(client, published(noon, **COLUMNS), language)[name] == words

    def test_says_what_a_tacit_renewal_leaves_open(self, client: Client, noon: datetime) -> None:
        found = said(client, published(noon, renewal_kind="tacit"))

        assert found["Length of each renewal, in months"] == "Not stated"
        assert found["Notice period"] == "Not stated"

    def test_says_no_more_than_the_sources_where_nothing_is_stated(self, client: Client, noon: datetime) -> None:
        found = said(client, published(noon))

        assert found["Renewal"] == "Not stated"
        assert not [name for name in found if "otice period" in name or "months" in name]


class TestStatusBox:
    """Where the planned end has passed, the box says why the agreement is in force all the same."""

    @pytest.mark.parametrize(
        ("columns", "words"),
        [
            ({"renewal_kind": "tacit", "renewal_months": 12}, "2024 renewed tacitly; this term ends: 2026"),
            ({"renewal_kind": "tacit"}, "2024 then renewed tacitly"),
            ({"renewal_kind": "by_agreement"}, "2024"),
        ],
    )
    def test_says_what_comes_after_the_planned_end(
        self, client: Client, noon: datetime, columns: dict[str, Any], words: str
    ) -> None:
        agreement = first_agreement()
        AgreementDate.objects.create(
            agreement=agreement, kind="planned_end", date="2024", source=agreement.sources.first()
        )
        Agreement.objects.filter(pk=agreement.pk).update(**columns)
        edition = publish(agreement, at=noon)

        view = view_of(edition, language="en", as_of=noon.date(), origin="https://register.example")
        box = render_to_string("components/_status.html", {"view": view})

        assert re.search(rf"Ends {re.escape(words)}\b", re.sub(r"\[\d+\]|\s+", " ", strip_tags(box)).replace("  ", " "))


class TestPdf:
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", ("Tacit: renewed unless notice is given", "Notice period, in days", "Time between reviews")),
            ("ar", ("٩٠", "٢٤")),
            ("ckb", ("٩٠", "٢٤")),
        ],
    )
    def test_says_them_too(self, editor: User, language: str, words: tuple[str, ...]) -> None:
        agreement = first_agreement()
        Agreement.objects.filter(pk=agreement.pk).update(**COLUMNS)
        address = reverse("admin:agreement_preview_summary", args=[agreement.pk]).replace("/en/", f"/{language}/", 1)

        pdf = client_of(editor).get(address).content

        pages = pypdfium2.PdfDocument(pdf)
        text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
        assert [one for one in words if one not in text] == []


class TestView:
    @pytest.mark.parametrize(
        ("kind", "is_known", "has_length"),
        [("not_stated", False, False), ("none", True, False), ("tacit", True, True), ("by_agreement", True, True)],
    )
    def test_tells_which_rows_the_page_has(
        self, noon: datetime, kind: str, *, is_known: bool, has_length: bool
    ) -> None:
        edition = published(noon, renewal_kind=kind)

        view = view_of(edition, language="en", as_of=noon.date(), origin="https://register.example")

        assert (view.renewal_is_known, view.renewal_has_length) == (is_known, has_length)


class TestForm:
    def test_keeps_the_terms(self, editor: User) -> None:
        agreement, client = first_agreement(), client_of(editor)
        sent = form_of(client, change_page(agreement)) | COLUMNS | {"people_in_charge": [editor.pk]}

        answer = client.post(change_page(agreement), sent)

        assert answer.status_code == 302, answer.context["errors"]
        agreement.refresh_from_db()
        assert {name: getattr(agreement, name) for name in COLUMNS} == COLUMNS
        assert list(agreement.people_in_charge.all()) == [editor]

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"notice_length": 90, "notice_unit": ""}, "A notice period needs both"),
            ({"notice_length": "", "notice_unit": "days"}, "A notice period needs both"),
            ({"renewal_kind": "none", "renewal_months": 12}, "A length of renewal needs"),
            ({"review_months": 0}, "greater than or equal to 1"),
            ({"review_months": 1201}, "less than or equal to 1200"),
            ({"notice_length": "soon"}, "Enter a whole number."),
        ],
    )
    def test_refuses_terms_that_mean_nothing_in_words(self, editor: User, typed: dict[str, object], said: str) -> None:
        agreement, client = agreement_with(editor, participations=1, activities=0), client_of(editor)

        answer = client.post(change_page(agreement), form_of(client, change_page(agreement)) | COLUMNS | typed)

        assert answer.status_code == 200
        assert said in answer.content.decode()
        agreement.refresh_from_db()
        assert agreement.renewal_kind == "not_stated"

    def test_naming_people_in_charge_starts_no_review_over(self, editor: User, noon: datetime) -> None:
        agreement, client = first_agreement(), client_of(editor)
        publish(agreement, at=noon)
        before = Agreement.objects.get(pk=agreement.pk)

        sent = form_of(client, change_page(agreement)) | {"people_in_charge": [editor.pk]}
        client.post(change_page(agreement), sent)

        after = Agreement.objects.get(pk=agreement.pk)
        assert list(after.people_in_charge.all()) == [editor]
        assert (after.working_state, after.last_edited_by) == (before.working_state, before.last_edited_by)
