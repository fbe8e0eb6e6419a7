"""A page as a file, and the names of files."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.opendata.bundle.addresses import file_of
from agreements.opendata.bundle.pages import as_file

HERE = "/en/agreements/MOC-0001/"
ORIGIN = "https://register.example"


def written(text: str) -> str:
    return as_file(text, HERE, made_on="2026-11-23").text


class TestAsFile:
    @pytest.mark.parametrize(
        ("link", "target"),
        [
            ("/en/", "../../index.html"),
            ("/ckb/agreements/MOC-0001/", "../../../ckb/agreements/MOC-0001/index.html"),
            ("/en/glossary/#party", "../../glossary/index.html#party"),
            (f"{ORIGIN}/id/MOC-0002", "../MOC-0002/index.html"),
            (f"{ORIGIN}/id/MOC-0001/1.json", "../../../id/MOC-0001/1.json"),
            ("/documents/" + "a" * 64 + "/%D9%86%D8%B5%20x.pdf", "../../../documents/" + "a" * 64 + "/x-"),
            ("/en/agreements/?status=in_force", f"{ORIGIN}/en/agreements/?status=in_force"),
            (f"{HERE}report/?edition=1&amp;about=x", f"{ORIGIN}{HERE}report/?edition=1&amp;about=x"),
            ("/en/no/such/page/", f"{ORIGIN}/en/no/such/page/"),
            ("#cite", "#cite"),
            ("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&amp;b=2"),
            ("mailto:a@example.org", "mailto:a@example.org"),
        ],
    )
    def test_leads_to_the_copy_s_file_or_to_the_portal(self, link: str, target: str) -> None:
        assert written(f'<p>1 < 2<a lang="en" href="{link}">x</a>').startswith(f'<p>1 < 2<a lang="en" href="{target}')

    def test_leaves_what_names_the_portal_itself(self) -> None:
        feed = f'<link rel="alternate" href="{ORIGIN}/en/feed.atom">'
        text = (
            f'{feed}<link rel="canonical" href="{ORIGIN}{HERE}"><a href="{ORIGIN}/id/MOC-0001">{ORIGIN}/id/MOC-0001</a>'
        )

        assert written(text) == written(text.replace(f"{ORIGIN}/en/feed", "/en/feed")) == text

    def test_puts_words_in_the_place_of_forms_and_leaves_out_what_asks_the_portal(self) -> None:
        text = (
            '<svg viewBox="0 0 1 1"><path d="M0"/></svg><form action="/en/"><a href="/en/">x</a></form>'
            '<script src="/static/search.js" defer></script><script src="/static/copy.js"></script><form></form>'
        )
        page = as_file(text, HERE, made_on="2026-11-23")

        assert page.text.startswith('<svg viewBox="0 0 1 1"><path d="M0"/></svg>\n')
        assert page.text.endswith('</p>\n<script src="../../../static/copy.js"></script>')
        assert page.text.count("A copy can’t answer") == 1
        assert page.leads_to == ("/static/copy.js",)

    def test_takes_in_the_further_pages_of_a_list(self) -> None:
        page = as_file('<a rel="next" href="?after=b~1">x</a>', "/en/organisations/", made_on="2026-11-23")

        assert page.leads_to == ("/en/organisations/?after=b~1",)
        assert re.fullmatch(r'<a rel="next" href="after-[0-9a-f]{10}\.html">x</a>', page.text)


class TestFileOf:
    @settings(max_examples=60)
    @given(st.lists(st.text(min_size=1, max_size=40).filter(lambda one: "/" not in one), min_size=2, max_size=2))
    def test_is_another_for_another_address_on_any_file_system(self, parts: list[str]) -> None:
        names = [file_of(f"/documents/{one.replace('%', '')}") for one in parts]

        assert all(re.fullmatch(r"documents(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99})?(?<!\.)", name) for name in names)
        if len({re.sub("[%?].*", "", one) for one in parts}) == 2 and not any(set(one) & set("?%") for one in parts):
            assert names[0].lower() != names[1].lower()

    @pytest.mark.parametrize("name", ["con", "aux.pdf", "Report.PDF", "نص.pdf", "a b", "x.", "..", "a" * 300])
    def test_avoids_what_some_file_system_refuses(self, name: str) -> None:
        file = file_of(f"/documents/{name}").removeprefix("documents/")

        assert file not in {"", "..", name}
        assert len(file) < 70
