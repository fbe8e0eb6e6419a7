"""What a draft says differently from what the public reads, at the desk."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import LocalisedText
from tests.conftest import NOON
from tests.published import first_agreement, publish
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "ar", "ckb")


@pytest.fixture(scope="module")
def published(one_for_all_tests: None) -> int:
    """Published once, and rewritten since."""
    agreement = first_agreement()
    publish(agreement, at=NOON)
    return rewritten(agreement, "An unseen title").pk


@pytest.fixture
def agreement(published: int, db: None) -> Agreement:
    return Agreement.objects.get(pk=published)


def rewritten(agreement: Agreement, title: str) -> Agreement:
    agreement = Agreement.objects.get(pk=agreement.pk)
    agreement.title_en = title
    agreement.save()
    return agreement


def page_of(agreement: Agreement, name: str = "difference", language: str = "en") -> str:
    return reverse(f"admin:agreement_{name}", args=[agreement.pk]).replace("/en/", f"/{language}/", 1)


class TestShowDifference:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_compares_the_draft_with_what_the_public_reads(
        self, agreement: Agreement, auditor: User, language: str
    ) -> None:
        page = client_of(auditor).get(page_of(agreement, language=language))

        assert page.context["older"].number == 1
        assert page.context["newer"] is None
        assert "An unseen title" in page.content.decode().replace("</ins>", "").replace("</del>", "")
        assert "diff-identity" in page.content.decode()

    def test_is_kept_by_no_cache(self, agreement: Agreement, reviewer: User) -> None:
        answer = client_of(reviewer).get(page_of(agreement))

        assert "no-store" in answer["Cache-Control"]

    def test_compares_any_two_editions_whichever_is_named_first(
        self, agreement: Agreement, reviewer: User, noon: datetime
    ) -> None:
        publish(agreement, at=noon)

        page = client_of(reviewer).get(f"{page_of(agreement)}?older=2&newer=1")

        assert (page.context["older"].number, page.context["newer"].number) == (1, 2)
        assert page.context["found"].count == 1

    def test_still_compares_with_the_newest_edition_when_it_is_withdrawn(
        self, agreement: Agreement, reviewer: User, noon: datetime
    ) -> None:
        withdraw_agreement(agreement.pk, by=reviewer, at=noon, reason=LocalisedText(en="A mistake."))

        assert client_of(reviewer).get(page_of(agreement)).context["found"].count == 1

    def test_says_so_when_nothing_was_ever_published(self, reviewer: User) -> None:
        page = client_of(reviewer).get(page_of(first_agreement())).content.decode()

        assert "Nothing of this agreement was ever published" in page

    def test_says_so_when_nothing_differs(self, reviewer: User, noon: datetime) -> None:
        agreement = first_agreement()
        publish(agreement, at=noon)

        assert "Nothing differs" in client_of(reviewer).get(page_of(agreement)).content.decode()

    @pytest.mark.parametrize("query", ["older=1&newer=1", "older=9", "newer=x", "older=draft"])
    def test_says_what_is_wrong_with_a_choice(self, agreement: Agreement, reviewer: User, query: str) -> None:
        page = client_of(reviewer).get(f"{page_of(agreement)}?{query}")

        assert page.status_code == 200
        assert page.context["form"].errors
        assert "found" not in page.context

    def test_of_no_agreement_is_not_found(self, reviewer: User) -> None:
        assert client_of(reviewer).get(reverse("admin:agreement_difference", args=[999_999])).status_code == 404


class TestReviewPage:
    def test_says_how_much_differs_and_leads_there(self, agreement: Agreement, reviewer: User) -> None:
        page = client_of(reviewer).get(page_of(agreement, "review"))

        assert (page.context["distance"].number, page.context["distance"].count) == (1, 1)
        assert "Differences from edition 1" in page.content.decode()
        assert f'href="{page_of(agreement)}"' in page.content.decode()

    def test_says_nothing_of_it_where_nothing_was_published(self, reviewer: User) -> None:
        page = client_of(reviewer).get(page_of(first_agreement(), "review"))

        assert page.context["distance"] is None
        assert "Differences from edition" not in page.content.decode()
