"""Which dates of an agreement contradict each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind
from agreements.vocabulary.life import contradictions


def found(*dates: tuple[str, str]) -> list[tuple[str, str, int, bool]]:
    listed = [(DateKind(kind), PartialDate.parse(date)) for kind, date in dates]
    return [(one.first.value, one.second.value, one.index, one.is_certain) for one in contradictions(listed)]


class TestContradictions:
    @pytest.mark.parametrize("end", ["planned_end", "ended", "terminated"])
    @pytest.mark.parametrize("start", ["signed", "in_force"])
    def test_an_end_comes_after_the_beginning(self, start: str, end: str) -> None:
        assert found((end, "2020"), (start, "2021-02")) == [(start, end, 0, True)]
        assert found((start, "2021-02"), (end, "2021")) == []

    def test_force_before_signature_may_be_meant(self) -> None:
        assert found(("signed", "2021-02"), ("in_force", "2021-01")) == [("signed", "in_force", 1, False)]

    def test_an_agreement_ends_in_one_way(self) -> None:
        assert found(("ended", "2022"), ("terminated", "2022")) == [("ended", "terminated", 1, True)]

    def test_what_resumes_was_suspended_before(self) -> None:
        assert found(("resumed", "2021"), ("suspended", "2022")) == [("suspended", "resumed", 0, True)]
        assert found(("suspended", "2020"), ("resumed", "2021"), ("suspended", "2022")) == []

    @given(some.lists(some.tuples(some.sampled_from(DateKind.values), some.just("")), max_size=12))
    def test_dates_that_are_not_stated_contradict_nothing_by_order(self, dates: list[tuple[str, str]]) -> None:
        kinds = {kind for kind, _date in dates}
        assert bool(found(*dates)) == ({"ended", "terminated"} <= kinds)
