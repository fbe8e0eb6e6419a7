"""Texts in up to three languages."""

import pytest

from agreements.vocabulary.languages import Language, LocalisedText


class TestBest:
    @pytest.mark.parametrize(
        ("asked", "text", "language", "is_fallback"),
        [("ckb", LocalisedText(en="a", ckb="ئا"), "ckb", False), ("ckb", LocalisedText(en="a", ar="ا"), "en", True),
         ("en", LocalisedText(ar="ا", ckb="ئا"), "ar", True), ("ar", LocalisedText(ckb="ئا"), "ckb", True)],
    )  # fmt: skip
    def test_is_the_readers_language_or_the_first_there_is(
        self, asked: Language, text: LocalisedText, language: Language, is_fallback: bool
    ) -> None:
        best = text.best(asked)

        assert best is not None
        assert (best.language, best.is_fallback) == (language, is_fallback)

    def test_of_nothing_is_nothing(self) -> None:
        assert LocalisedText().best("en") is None
        assert not LocalisedText()

    def test_an_empty_text_counts_as_missing(self) -> None:
        assert LocalisedText(en="", ar="ا").missing() == ("en", "ckb")
