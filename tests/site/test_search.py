"""The list of agreements over HTTP."""

import csv
import io
import json

import openpyxl
import pytest
from django.http import HttpResponseBase
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.search.models import Facet
from agreements.vocabulary.languages import LocalisedText
from tests.search.records import content, dated, indexed, with_party

pytestmark = pytest.mark.django_db

LIST = "/en/agreements/"
FEED = "/en/agreements/feed.atom"


@pytest.fixture(scope="module", autouse=True)
def register(one_for_all_tests: None) -> None:
    hostile = content(2, "=SUM(A1) <b>fisheries</b>", **dated(signed="2022"))
    arabic = LocalisedText(ar="مصايد الأسماك في الأهوار")
    indexed(content(1, "Fisheries of the marshes", **dated(signed="2021-03"), **with_party("fao", "FAO & partners")))
    indexed(hostile)
    indexed(content(3).model_copy(update={"title": arabic, "summary": arabic}))


def bytes_of(response: HttpResponseBase) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content if response.streaming else [response.content])  # type: ignore[attr-defined]


def text_of(response: HttpResponseBase) -> str:
    return bytes_of(response).decode()


class TestAgreements:
    @pytest.mark.parametrize("language", ["en", "ar", "ckb"])
    def test_speaks_the_language_and_sets_no_cookie(self, client: Client, language: str) -> None:
        page = client.get(f"/{language}/agreements/?q=fisheries&kind=memorandum_of_cooperation")

        assert "MOC-0001" in text_of(page)
        assert not page.cookies

    def test_marks_what_was_looked_for_and_nothing_else(self, client: Client) -> None:
        page = text_of(client.get(LIST, {"q": "fisheries"}))

        assert "<mark>Fisheries</mark> of the marshes" in page
        assert "=SUM(A1) &lt;b&gt;<mark>fisheries</mark>&lt;/b&gt;" in page

    def test_shows_another_language_as_what_it_is(self, client: Client) -> None:
        assert 'lang="ar" dir="rtl"><mark>مصايد</mark>' in text_of(client.get(LIST, {"q": "مصايد"}))

    def test_leads_to_the_agreement_of_a_register_number(self, client: Client) -> None:
        response = client.get("/ckb/agreements/", {"q": "moc-٠٠١"})

        assert (response.status_code, response["Location"]) == (302, "/ckb/agreements/MOC-0001/")
        assert client.get(LIST, {"q": "MOC-0999"}).status_code == 200

    def test_is_narrowed_by_links_and_widened_again(self, client: Client) -> None:
        assert 'href="/en/agreements/?q=fisheries&amp;party=fao"' in text_of(client.get(LIST, {"q": "fisheries"}))

        page = text_of(client.get(LIST, {"q": "fisheries", "party": "fao"}))

        assert "1 agreement" in page
        assert 'href="/en/agreements/?q=fisheries"' in page
        assert '<input type="hidden" name="party" value="fao" form="search-form">' in page

    def test_keeps_the_query_in_its_canonical_address_and_in_other_languages(self, client: Client) -> None:
        page = text_of(client.get(LIST, {"utm": "x", "sort": "date", "year": "2021", "q": " a  b ", "after": "7"}))

        assert '/en/agreements/?q=a+b&amp;year=2021&amp;sort=date">' in page
        assert 'href="/ar/agreements/?q=a+b&amp;year=2021&amp;sort=date"' in page
        assert '<meta name="robots" content="noindex, follow">' in page

    def test_says_what_to_try_where_nothing_is_found(self, client: Client) -> None:
        page = text_of(client.get(LIST, {"q": "fisherise", "party": "nobody"}))

        assert 'href="/en/agreements/?q=fisheries&amp;party=nobody"' in page
        assert "The register knows no value “nobody” of “Party”." in page
        assert 'href="/en/agreements/?q=fisherise"' in page

    @pytest.mark.parametrize("parameters", [{"q": "a" * 10_000}, {"party": [str(n) for n in range(21)]}])
    def test_refuses_in_words_what_nobody_means(self, client: Client, parameters: dict[str, str]) -> None:
        for language, words in (("en", "too long"), ("ar", "عبارة البحث"), ("ckb", "گەڕانە")):
            page = client.get(f"/{language}/agreements/", parameters)

            assert page.status_code == 400
            assert words in page.content.decode()

    @pytest.mark.parametrize(
        ("address", "words"), [("/en/agreements.csv", "Use fewer words."), ("/ar/agreements.json", "٣٠٠")]
    )
    def test_refuses_downloads_in_words_too(self, client: Client, address: str, words: str) -> None:
        refused = client.get(address, {"q": "a" * 1_000})

        assert refused.status_code == 400
        assert words in refused.json()["error"]

    def test_completes_words(self, client: Client) -> None:
        assert client.get(f"{LIST}completions.json", {"q": "of the mar"}).json() == ["of the marshes"]


class TestSearchBox:
    @pytest.mark.parametrize("language", ["en", "ar", "ckb"])
    def test_leads_from_any_page_to_the_list_of_its_language(self, language: str) -> None:
        with translation.override(language):
            box = render_to_string("site/_search_form.html")

        assert f'action="/{language}/agreements/"' in box
        assert 'method="get"' in box


class TestDownloads:
    def test_hold_exactly_what_was_found(self, client: Client) -> None:
        query = {"q": "fisheries", "party": "fao"}
        [row] = csv.DictReader(io.StringIO(text_of(client.get("/en/agreements.csv", query)).removeprefix("\ufeff")))
        [one] = json.loads(text_of(client.get("/ar/agreements.json", query)))["agreements"]

        assert (row["register_number"], row["parties"]) == (
            "MOC-0001", "fao; commission-of-border-crossing-points",
        )  # fmt: skip
        assert one["title"]["en"] == row["title_en"] == "Fisheries of the marshes"
        assert one["date"] == row["date"] == "2021-03"
        assert one["legal_status"] == row["legal_status"] == "signed"

    def test_are_workbooks_with_the_same_cells(self, client: Client) -> None:
        query = {"q": "fisheries"}
        table = csv.DictReader(io.StringIO(text_of(client.get("/en/agreements.csv", query)).removeprefix("\ufeff")))
        book = openpyxl.load_workbook(io.BytesIO(bytes_of(client.get("/ar/agreements.xlsx", query))))
        [header, *rows] = [[cell.value or "" for cell in row] for row in book["agreements"].iter_rows()]

        assert [dict(zip(header, row, strict=True)) for row in rows] == [
            {name: cell.removeprefix("'") for name, cell in row.items()} for row in table
        ]

    def test_begin_no_formula(self, client: Client) -> None:
        table = csv.DictReader(io.StringIO(text_of(client.get("/en/agreements.csv")).removeprefix("\ufeff")))

        assert "'=SUM(A1) <b>fisheries</b>" in [row["title_en"] for row in table]


NAMES = st.sampled_from(["q", "sort", "after", "page", *Facet.values]) | st.text(max_size=5)
VALUES = st.text(max_size=60) | st.sampled_from(
    ["\x00", "\udcff", '"', "-", "' | !", "a:*B & <-> (", "9" * 40, "1e9~7", "0.5~1", "1.~1", "../..", "%C0%AF", "٣"]
)


class TestAnyQuery:
    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(parameters=st.lists(st.tuples(NAMES, VALUES), max_size=5), raw=st.binary(max_size=30))
    def test_gets_a_page_or_a_refusal(self, parameters: list[tuple[str, str]], raw: bytes) -> None:
        client = Client(raise_request_exception=False)
        query = (
            "&".join(f"{name}={value}" for name, value in parameters).encode("utf-8", "surrogatepass") + b"&q=" + raw
        )

        for address in ("/ar/agreements/", "/en/agreements/completions.json", "/en/agreements.json", FEED):
            response = client.get(address, QUERY_STRING=query.decode("latin-1"))
            assert response.status_code < 500
            b"".join(response.streaming_content if response.streaming else [])  # type: ignore[attr-defined]
