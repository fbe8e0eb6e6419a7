"""The words in which two texts differ."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.formats.word_difference import Run, RunKind, without_long_stretches, word_difference

WORDS = ("مذكرة", "مُذكّرة", "یاداشتی", "سنوور\u200cپار", "the", "Commission", ",", ".", " ", " ", "\n", "’")
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=80).map("".join))


def older(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if run.kind is not RunKind.ADDED)


def newer(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if run.kind is not RunKind.REMOVED)


def marked(before: str, after: str) -> str:
    marks = {RunKind.SAME: "{}", RunKind.ADDED: "+{}+", RunKind.REMOVED: "-{}-"}
    return "".join(marks[run.kind].format(run.text) for run in word_difference(before, after))


class TestWordDifference:
    @given(TEXTS, TEXTS)
    def test_loses_and_invents_nothing(self, before: str, after: str) -> None:
        runs = word_difference(before, after)

        assert (older(runs), newer(runs)) == (before, after)

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ("The Commission signed it.", "The Ministry signed it.", "The -Commission-+Ministry+ signed it."),
            ("It holds.", "It still holds.", "It +still +holds."),
            (
                "One of two big ports here",
                "One of two small harbours here",
                "One of two -big ports-+small harbours+ here",
            ),
            ("It is signed.", "It is signed. It holds.", "It is signed.+ It holds.+"),
            ("وقّع الطرفان مذكرة في بغداد", "وقّع الطرفان مُذكرة في بغداد", "وقّع الطرفان -مذكرة-+مُذكرة+ في بغداد"),
            ("سێ دەروازەی سنووری هەن", "سێ دەروازە\u200cی سنووری هەن", "سێ -دەروازەی-+دەروازە\u200cی+ سنووری هەن"),
            ("All that was said", "Nothing of it stands", "-All that was said-+Nothing of it stands+"),
            ("", "New", "+New+"),
        ],
    )
    def test_marks_whole_words_as_people_read_them(self, before: str, after: str, expected: str) -> None:
        assert marked(before, after) == expected

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("a " * 50_000, "a " * 49_000 + "b " * 1000),
            ("a b " * 25_000, "b a a " * 16_000),
            (" ".join(str(n % 97) for n in range(34_000)), " ".join(str(n * n % 89) for n in range(34_000))),
            (" ".join(map(str, range(17_000))), " ".join(map(str, reversed(range(17_000))))),
            (".," * 50_000, ",;." * 33_000),
        ],
    )
    def test_ends_for_long_texts_that_are_made_to_be_slow(self, before: str, after: str) -> None:
        runs = word_difference(before, after)

        assert (older(runs), newer(runs)) == (before, after)

    def test_finds_single_words_in_a_long_text(self) -> None:
        chance = Random(7)  # noqa: S311  # nothing is kept secret here
        words = [f"word{int(chance.paretovariate(0.8)) % 5000}" for _ in range(17_000)]
        changed = [*words[:5000], "another", *words[5001:9000], *words[9001:]]

        runs = word_difference(" ".join(words), " ".join(changed))

        marked = [run.text.strip() for run in runs if run.kind is not RunKind.SAME]
        assert marked == [words[5000], "another", words[9000]]


class TestWithoutLongStretches:
    def test_keeps_some_words_beside_each_difference(self) -> None:
        words = " ".join(f"w{n}" for n in range(100))

        runs = without_long_stretches(
            (Run(RunKind.SAME, words + " "), Run(RunKind.ADDED, "new"), Run(RunKind.SAME, words))
        )

        assert [run.kind for run in runs] == [
            RunKind.LEFT_OUT,
            RunKind.SAME,
            RunKind.ADDED,
            RunKind.SAME,
            RunKind.LEFT_OUT,
        ]
        assert runs[1].text.startswith("w88 ")
        assert runs[3].text.endswith(" w11 ")

    def test_leaves_short_ones_alone(self) -> None:
        runs = word_difference("a short text that stays", "a short text that goes")

        assert without_long_stretches(runs) == runs
