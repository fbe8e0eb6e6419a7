"""Citations for reference managers: every line and every sign of them can be read by a program."""

import re
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.editions.canonical import canonical_bytes
from agreements.editions.models import Edition
from agreements.formats.citation import bibtex, citation, ris
from agreements.vocabulary.languages import LocalisedText
from tests.editions.contents import shipped

ORIGIN = "https://portal.example"
AT = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # the 24th in Baghdad


def edition(title: LocalisedText) -> Edition:
    content = shipped().model_copy(update={"title": title})
    return Edition(
        register_number="MOC-0001", number=2, canonical=canonical_bytes(content), content_hash="a" * 64, published_at=AT
    )


ARABIC = LocalisedText(en="Border & ports: 100% {shared} C:\\road_1", ar="مذكرة تعاون\nبين الطرفين")


class TestRis:
    def test_has_one_tag_a_line_with_its_own_line_ends(self) -> None:
        lines = ris(edition(ARABIC), "ar", origin=ORIGIN).split("\r\n")

        assert lines[0] == "TY  - GOVDOC"
        assert "TI  - مذكرة تعاون بين الطرفين" in lines
        assert "DA  - 2026/11/24/" in lines
        assert f"UR  - {ORIGIN}/id/MOC-0001/2" in lines
        assert lines[-2:] == ["ER  - ", ""]

    @given(st.text(min_size=1).filter(str.strip))
    @settings(max_examples=40, deadline=None)
    def test_is_never_broken_by_a_title(self, title: str) -> None:
        *lines, last = ris(edition(LocalisedText(en=title)), "en", origin=ORIGIN).split("\r\n")

        assert last == ""
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
        assert not any("\n" in line or "\r" in line for line in lines)


class TestBibtex:
    def test_escapes_what_tex_takes_for_its_own(self) -> None:
        entry = bibtex(edition(ARABIC), "en", origin=ORIGIN)

        assert entry.startswith("@misc{MOC-0001-2-en,\n")
        assert r"title = {{Border \& ports: 100\% \{shared\} C:\textbackslash{}road\_1}}," in entry
        assert f"url = {{{ORIGIN}/id/MOC-0001/2}}," in entry

    def test_keeps_arabic_as_it_is(self) -> None:
        assert "title = {{مذكرة تعاون بين الطرفين}}," in bibtex(edition(ARABIC), "ar", origin=ORIGIN)

    @given(st.text(min_size=1).filter(str.strip))
    @settings(max_examples=40, deadline=None)
    def test_is_never_opened_by_a_title(self, title: str) -> None:
        entry = bibtex(edition(LocalisedText(en=title)), "en", origin=ORIGIN)

        bare = re.sub(r"\\[{}$&#%_]", "", entry)
        assert bare.count("{") == bare.count("}")
        assert entry.count("\n") == len(entry.splitlines()) == 11


def test_a_line_names_the_day_in_baghdad() -> None:
    assert "24 November 2026" in citation(edition(ARABIC), "en", origin=ORIGIN)
