"""Which characters a text may hold, in Python and in PostgreSQL alike."""

import re
import sys
import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from agreements.vocabulary.texts import (
    REFUSED_IN_LINES,
    UnseenKind,
    tidy_line,
    tidy_text,
    unseen_in_line,
    unseen_in_text,
)

_ARABIC_SIGNS = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2}
_OTHER_SCRIPTS = {0x110BD, 0x110CD, *range(0x13430, 0x13440)}
"""Format characters that are drawn, or join hieroglyphs: Unicode's "prepended concatenation marks" and the like."""

lines = some.text(
    some.one_of(
        some.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        some.sampled_from("abc بەه خانه\u200c\u200d\u200e\u202e\u2066\u00ad\u0301\u064e\t\n"),
    ),
    max_size=30,
)


class TestUnseen:
    def test_every_invisible_character_is_refused_except_joiners_and_signs(self) -> None:
        let_through = {
            code
            for code in range(1, sys.maxunicode + 1)
            if unicodedata.category(chr(code)) in ("Cf", "Cc", "Zl", "Zp")
            and not re.search(REFUSED_IN_LINES, f"ب{chr(code)}")
        }

        assert let_through == {0x200C, 0x200D} | _ARABIC_SIGNS | (let_through & _OTHER_SCRIPTS)

    @pytest.mark.parametrize(
        ("text", "code", "after", "kind"),
        [
            ("abc\u202edef", "U+202E", "abc", UnseenKind.DIRECTION),
            ("\u2066abc", "U+2066", "", UnseenKind.DIRECTION),
            ("zero\u200bwidth", "U+200B", "zero", UnseenKind.ZERO_WIDTH),
            ("soft\u00adhyphen", "U+00AD", "soft", UnseenKind.ZERO_WIDTH),
            ("a\x07b", "U+0007", "a", UnseenKind.CONTROL),
            ("latin\u200cjoiner", "U+200C", "latin", UnseenKind.JOINER),
            ("دوو\u200c\u200cجار", "U+200C", "دوو", UnseenKind.JOINER),
            ("tag\U000e0041", "U+E0041", "tag", UnseenKind.OTHER),
        ],
    )
    def test_is_named_with_what_stands_before_it(self, text: str, code: str, after: str, kind: UnseenKind) -> None:
        found = unseen_in_line(text)

        assert found is not None
        assert (found.code, found.after.replace("\u200c", ""), found.kind) == (code, after, kind)

    @pytest.mark.parametrize(
        "word", ["خانه\u200cها", "هه\u200cموو", "به\u200c", "١٤٤٢ ه\u200d", "ܫܠܡ\u200cܐ", "مُ\u200cسا"]
    )
    def test_spelling_with_joiners_stays(self, word: str) -> None:
        assert unseen_in_line(word) is None
        assert tidy_line(word) == word

    def test_marks_of_direction_stay_in_long_texts_and_are_dropped_from_names(self) -> None:
        assert unseen_in_text("هاتف \u200e+964 750\n") is None
        assert tidy_text("\u200e+964") == "\u200e+964"
        assert tidy_line("IOM\u200e \u200fمنظمة") == "IOM منظمة"

    @given(lines)
    def test_tidying_settles_at_once(self, text: str) -> None:
        assert tidy_line(tidy_line(text)) == tidy_line(text)
        assert tidy_text(tidy_text(text)) == tidy_text(text)


@pytest.mark.django_db
class TestDatabase:
    @given(lines)
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
    def test_takes_exactly_what_forms_let_through(self, text: str) -> None:
        tidied = tidy_line(text)
        with connection.cursor() as cursor:
            cursor.execute("SELECT is_tidy_line(%s), is_tidy_line(%s)", [tidied, text])
            takes_tidied, takes_raw = cursor.fetchone()

        assert takes_tidied == (unseen_in_line(tidied) is None)
        assert takes_raw == (text == tidied and unseen_in_line(text) is None)
