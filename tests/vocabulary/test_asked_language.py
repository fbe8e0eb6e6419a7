import pytest

from agreements.vocabulary.asked_language import asked_language


class TestAskedLanguage:
    @pytest.mark.parametrize(
        ("header", "language"),
        [
            ("", "en"),
            ("*", "en"),
            ("nonsense;q=x", "en"),
            ("fr, de;q=0.5", "en"),
            ("ar-IQ,en;q=0.5", "ar"),
            ("en;q=0.3, ckb;q=0.9", "ckb"),
            ("ku-IQ", "ckb"),
            ("ku-Arab-IR", "ckb"),
            ("ku-TR, ar;q=0.4", "ar"),
        ],
    )
    def test_is_the_one_that_the_browser_prefers(self, header: str, language: str) -> None:
        assert asked_language(header) == language
