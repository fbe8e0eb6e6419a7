"""Dates as far as they are known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.vocabulary.dates import InvalidPartialDate, PartialDate, Precision, in_order

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


class TestParse:
    @pytest.mark.parametrize(
        ("text", "precision"),
        [("2021-02-05", Precision.DAY), ("2021-02", Precision.MONTH), ("2021", Precision.YEAR),
         ("", Precision.NOT_STATED), (None, Precision.NOT_STATED)],
    )  # fmt: skip
    def test_reads_a_date_as_far_as_it_is_written(self, text: str | None, precision: Precision) -> None:
        assert PartialDate.parse(text) == PartialDate(value=text or None, precision=precision)

    @pytest.mark.parametrize(
        "text",
        ["2021-02-30", "2023-02-29", "2021-13", "0000", "2021-2-5", "05-02-2021", "2021-02-05T10:00", " 2021", "2021 ",
         "٢٠٢١", "2021-00", "2021-01-00", "20210205", "2021-02-05\n", "-2021", "02021"],
    )  # fmt: skip
    def test_refuses_what_the_calendar_does_not_have(self, text: str) -> None:
        with pytest.raises(InvalidPartialDate):
            PartialDate.parse(text)

    @given(st.text(max_size=12))
    def test_either_reads_or_refuses_any_text(self, text: str) -> None:
        try:
            read = PartialDate.parse(text)
        except InvalidPartialDate:
            return
        assert (read.value or "") == text

    @given(DAYS)
    def test_reads_every_day_of_the_calendar(self, day: date) -> None:
        assert PartialDate.parse(day.isoformat()).earliest == day

    @pytest.mark.parametrize("claimed", [Precision.DAY, Precision.YEAR, Precision.NOT_STATED])
    def test_claims_no_other_precision_than_it_has(self, claimed: Precision) -> None:
        with pytest.raises(ValueError, match="2021-02"):
            PartialDate(value="2021-02", precision=claimed)


class TestMeaning:
    @pytest.mark.parametrize(
        ("text", "earliest", "latest"),
        [("2024-02", date(2024, 2, 1), date(2024, 2, 29)), ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
         ("2021", date(2021, 1, 1), date(2021, 12, 31)), ("2021-02-05", date(2021, 2, 5), date(2021, 2, 5)),
         ("", None, None)],
    )  # fmt: skip
    def test_is_every_day_that_it_can_be(self, text: str, earliest: date | None, latest: date | None) -> None:
        read = PartialDate.parse(text)

        assert (read.earliest, read.latest) == (earliest, latest)

    @given(DAYS)
    def test_holds_the_day_whose_month_or_year_it_is(self, day: date) -> None:
        for length in (4, 7, 10):
            read = PartialDate.parse(day.isoformat()[:length])
            assert read.earliest is not None
            assert read.latest is not None
            assert read.earliest <= day <= read.latest


class TestInOrder:
    @given(DAYS.filter(lambda day: day < date.max), st.sampled_from((4, 7, 10)), st.sampled_from((4, 7, 10)))
    def test_a_later_day_is_never_out_of_order(self, day: date, cut_start: int, cut_end: int) -> None:
        start = PartialDate.parse(day.isoformat()[:cut_start])
        end = PartialDate.parse((day + timedelta(days=1)).isoformat()[:cut_end])

        assert in_order(start, end)

    @pytest.mark.parametrize(("start", "end"), [("2022", "2021"), ("2021-03", "2021-02"), ("2021-02-06", "2021-02-05")])
    def test_an_earlier_end_is_out_of_order(self, start: str, end: str) -> None:
        assert not in_order(PartialDate.parse(start), PartialDate.parse(end))

    @pytest.mark.parametrize(("start", "end"), [("", "2021"), ("2021", ""), ("2021", "2021-02"), ("2021-12", "2021")])
    def test_what_may_be_in_order_is_not_refused(self, start: str, end: str) -> None:
        assert in_order(PartialDate.parse(start), PartialDate.parse(end))
