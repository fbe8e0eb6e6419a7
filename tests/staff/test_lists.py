"""The list of agreements: as many queries for a hundred of them as for ten, and sorted by an index."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models.functions import Left
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.register.models.agreements import Agreement
from agreements.staff import lists
from agreements.staff.agreements import AgreementAdmin
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(editor: User) -> Client:
    return client_of(editor)


def make(count: int) -> None:
    for number in range(count):
        words = {"title_en": f"Title {number:03}", "title_ar": f"عنوان {999 - number}"}
        Agreement.objects.create(kind="protocol", written_in="en", **words)


def listed(language: str = "en") -> str:
    return reverse("admin:agreements_agreement_changelist").replace("/en/", f"/{language}/")


def titles(response: Any, language: str) -> list[str]:
    return [getattr(row, f"title_{language}") for row in response.context["cl"].result_list]


class TestTheList:
    @pytest.mark.parametrize("asked", ["", "?q=title", "?translations=lacks_ckb", "?kind__exact=protocol", "?o=2"])
    def test_takes_as_many_queries_for_a_hundred_rows_as_for_ten(self, client: Client, asked: str) -> None:
        make(10)
        client.get(listed() + asked)
        with CaptureQueriesContext(connection) as ten:
            client.get(listed() + asked)
        make(90)

        with CaptureQueriesContext(connection) as hundred:
            page = client.get(listed() + asked)

        assert len(page.context["cl"].result_list) == 100
        assert len(hundred) == len(ten), [one["sql"] for one in hundred]

    @pytest.mark.parametrize(("language", "words"), [("en", "Agreements: 12"), ("ar", "اتفاقات: ١٢"), ("ckb", ": ١٢")])
    def test_counts_in_the_digits_of_the_page(self, client: Client, language: str, words: str) -> None:
        make(12)

        assert words in client.get(listed(language)).content.decode()

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_is_sorted_by_the_title_in_the_language_of_the_page(self, client: Client, language: str) -> None:
        make(12)

        found = titles(client.get(f"{listed(language)}?o=2"), language)

        assert found == sorted(found)
        assert titles(client.get(f"{listed(language)}?o=-2"), language) == found[::-1]

    @pytest.mark.parametrize("order", ["", "&o=2", "&o=-2", "&o=3.-2"])
    def test_has_every_row_once_on_its_pages_in_order(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, order: str
    ) -> None:
        make(17)
        whole = titles(client.get(f"{listed()}?{order}"), "en")
        monkeypatch.setattr(AgreementAdmin, "list_per_page", 4)

        pages = [titles(client.get(f"{listed()}?p={number}{order}"), "en") for number in range(1, 6)]

        assert [len(page) for page in pages] == [4, 4, 4, 4, 1]
        assert [one for page in pages for one in page] == whole

    @pytest.mark.parametrize("column", ["title_en", "title_ar", "title_ckb"])
    def test_sorts_by_an_index(self, column: str) -> None:
        make(3)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            rows = Agreement.objects.order_by(Left(column, 60), "-id")
            plan = rows.explain()

        assert f"agreement_by_{column}" in plan

    def test_finds_a_part_of_a_word_whatever_its_case(self, client: Client) -> None:
        make(12)

        assert titles(client.get(f"{listed()}?q=TLE+011"), "en") == ["Title 011"]

    def test_says_that_a_search_found_more_than_it_lists(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        make(6)
        monkeypatch.setattr(lists, "COUNTED", 4)

        many, few = (client.get(f"{listed()}?q={words}") for words in ("title", "title+001"))

        assert many.context["cl"].result_count == 4
        assert "More than these were found" in many.content.decode()
        assert "More than these were found" not in few.content.decode()
        assert client.get(listed()).context["cl"].result_count == 6
