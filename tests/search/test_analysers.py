"""Words that a reader takes for the same, in the forms that texts and keyboards give them."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.search.analysers import fold, lexemes, words_of

ARABIC: Final = {
    "حكومة": "الحكومة حكومه للحكومة والحكومة بالحكومة حكومات حكومتها الحكومية حُكُومَة حكـومة لحكومة",
    "اتفاقية": "الاتفاقية إتفاقية الإتفاقية اتفاقيات الاتفاقيات إتفاقيه واتفاقية اتفاقيتها للاتفاقية الاتفاقيتين",
    "منظمة": "المنظمة منظمه للمنظمة منظمات والمنظمات المنظمتان منظّمة بالمنظمات",
    "حدود": "الحدود للحدود والحدود حدودها بالحدود حدوده وحدود لحدود الحدودية حـــدود",
    "هجرة": "الهجرة هجره للهجرة والهجرة بالهجرة هِجْرَة هجرتهم",
    "وزارة": "الوزارة وزاره والوزارة للوزارة وزارات الوزارات ووزارة وزارتنا",
    "مذكرة": "المذكرة مذكره مذكرات والمذكرة للمذكرة مُذكِّرة المذكرتين",
    "إدارة": "ادارة الإدارة الادارة للإدارة والإدارة إداره الإدارية اداري بإدارة",
    "منفذ": "المنفذ للمنفذ بالمنفذ منفذها",
    "مسؤول": "المسؤول مسؤولون المسؤولين مسؤولية والمسؤولية",
    "هيئة": "الهيئة هيئه هيئات للهيئة والهيئة هيأة",
    "قرى": "القرى قري والقرى",
    "٢٠٢١": "2021 ۲۰۲۱",
}
"""A word, and forms of it. The broken plurals of Arabic (منافذ of منفذ) are beyond a light analyser."""

SORANI: Final = {
    "حکوومەت": "حکومەت حكومەت حکوومەتی حكوومه‌تی حکوومەتەکان حکوومەتەکە حکوومەتێک حکومه‌ت حکوومەتەکانی",
    "ڕێککەوتن": "ریککەوتن ڕێککەوتنەکە ڕێککەوتنی ريككەوتن ڕێککەوتنێک ڕێككه‌وتن ڕێککەوتنەکان ڕێککەوتنەکەی",
    "سنوور": "سنور سنووری سنوورەکان سنوورەکانی سنووردا سنوورەکاندا سنوورێک سنوورەکە سنوورەکانیان سنوره‌كان",
    "دەستە": "دەسته دەستەی دەستەکە دەستەکان دەستەیەک ده‌سته دەستەکانی",
    "ڕێکخراو": "رێکخراو ڕێکخراوی ریکخراو ڕێکخراوەکان ڕێکخراوێک ڕێکخراوەکە ڕێکخراوەکانی ڕێكخراو",
    "پارێزگا": "پاریزگا پارێزگای پارێزگاکان پارێزگاکانی پارێزگایەک پارێزگاکە",
    "هاوکاری": "هاوكاري هاوکاریی هاوکارییەکان ھاوکاری هاوکارییەکە",
    "یاداشت": "ياداشت یاداشتی یاداشتەکە یاداشتێک یاداشتەکان یاداشتێکی",
    "کۆچ": "كۆچ کۆچی کوچ کۆچەکە كوچي",
    "ئامانج": "ئامانجی ئامانجەکان ئامانجەکانی ئامانجێک امانج ئامانجه‌كان",
    "دەروازە": "ده‌روازه دەروازەی دەروازەکان دەروازەیەک دەروازەكان دەروازەکە",
    "هەولێر": "هه‌ولێر هەولیر ھەولێر هه‌وليردا هەولێری",
    "٢٠٢١": "2021",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(word, form) for word, forms in table.items() for form in forms.split()]


def found(word: str, form: str) -> bool:
    return bool(set(lexemes(fold(word))) & set(lexemes(fold(form))))


class TestLexemes:
    @pytest.mark.parametrize("table", [ARABIC, SORANI], ids=["Arabic", "Sorani"])
    def test_are_shared_by_the_forms_of_a_word(self, table: dict[str, str]) -> None:
        assert [(word, form) for word, form in pairs(table) if not found(word, form)] == []

    @pytest.mark.parametrize(
        ("one", "other"),
        [("حدود", "حديد"), ("هجرة", "هجوم"), ("اتفاقية", "وفاق"), ("گەل", "کەل"), ("بار", "پار"), ("سنوور", "سندوق")],
    )
    def test_keep_other_words_apart(self, one: str, other: str) -> None:
        assert not found(one, other)


class TestWordsOf:
    def test_finds_words_whatever_is_between_them(self) -> None:
        text = "Iraq’s cross-border (MOC‑0001) «الهجرة»، کۆچ_و 50٪"

        assert [one.folded for one in words_of(text)] == [
            "iraq", "cross", "border", "moc", "0001", "الهجره", "كوچ", "و", "50",
        ]  # fmt: skip

    def test_reads_latin_letters_without_their_marks(self) -> None:
        assert [one.folded for one in words_of("Türkiye İstanbul Genève")] == ["turkiye", "istanbul", "geneve"]

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=60))
    def test_gives_letters_and_figures_only_for_any_text(self, text: str) -> None:
        for one in words_of(text):
            assert one.folded.isalnum()
            assert all(lexeme.isalnum() for lexeme in lexemes(one.folded))
            assert fold(one.folded) == one.folded or not one.is_latin
