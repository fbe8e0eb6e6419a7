"""Two languages side by side: every text, each beside its other, and what is missing."""

from agreements.formats.side_by_side import language_pairs, side_by_side
from agreements.vocabulary.kinds import TextStanding
from agreements.vocabulary.languages import LocalisedText
from tests.editions.contents import full, shipped


def texts_in(value: object) -> int:
    """How many localised texts a content holds, counted without the module under test."""
    if isinstance(value, LocalisedText):
        return int(bool(value))
    if isinstance(value, tuple):
        return sum(map(texts_in, value))
    fields = getattr(type(value), "model_fields", {})
    return sum(texts_in(getattr(value, name)) for name in fields)


class TestSideBySide:
    def test_leaves_no_text_of_the_contract_out(self) -> None:
        pairs = [pair for passage in side_by_side(full(), "ar", "en").passages for pair in passage.pairs]

        assert len(pairs) == texts_in(full())
        assert all(pair.label and pair.sides[0][1] and pair.sides[1][1] for pair in pairs)

    def test_puts_each_language_on_its_side_with_what_its_text_is_worth(self) -> None:
        both = side_by_side(full(), "ckb", "en")

        assert [(one.language, one.direction) for one in both.columns] == [("ckb", "rtl"), ("en", "ltr")]
        assert both.columns[0].standing is TextStanding.AUTHENTIC
        (first, text) = both.passages[0].pairs[0].sides[0]
        assert (first.language, text) == ("ckb", full().title.ckb)

    def test_counts_what_is_missing(self) -> None:
        content = shipped().model_copy(update={"title": LocalisedText(en="Only in English")})

        assert side_by_side(content, "ar", "en").missing[0] == side_by_side(shipped(), "ar", "en").missing[0] + 1

    def test_can_be_any_two(self) -> None:
        pairs = [(one.language, other.language) for one, other in language_pairs(shipped())]

        assert pairs == [("en", "ar"), ("en", "ckb"), ("ar", "ckb")]
