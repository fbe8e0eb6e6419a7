"""Stretches of days, and adding months to them."""

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.spans import DateSpan, plus_months

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(-1200, 1200)


def span(text: str) -> DateSpan:
    found = DateSpan.of(PartialDate.parse(text))
    assert found is not None
    return found


class TestPlusMonths:
    @pytest.mark.parametrize(
        ("day", "months", "there"),
        [
            ("2027-01-31", 1, "2027-02-28"),
            ("2028-01-31", 1, "2028-02-29"),
            ("2027-01-31", 2, "2027-03-31"),
            ("2027-03-31", -1, "2027-02-28"),
            ("2028-02-29", 12, "2029-02-28"),
            ("2027-12-15", 1, "2028-01-15"),
            ("2027-01-15", -1, "2026-12-15"),
        ],
    )
    def test_keeps_the_day_or_takes_the_last_of_the_month(self, day: str, months: int, there: str) -> None:
        assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(there)

    @given(DAYS, MONTHS)
    def test_agrees_with_another_library(self, day: date, months: int) -> None:
        assert plus_months(day, months) == day + relativedelta(months=months)

    @given(DAYS, st.integers(0, 600), st.integers(1, 600))
    def test_more_months_are_never_earlier(self, day: date, months: int, more: int) -> None:
        assert plus_months(day, months) < plus_months(day, months + more)

    @pytest.mark.parametrize("months", [-24_400, 120_000])
    def test_says_where_the_calendar_ends(self, months: int) -> None:
        with pytest.raises(OverflowError):
            plus_months(date(2027, 1, 1), months)


class TestDateSpan:
    @pytest.mark.parametrize(
        ("text", "months", "there"),
        [
            ("2027-02", 1, "2027-03"),
            ("2027-03", -1, "2027-02"),
            ("2027-01", 25, "2029-02"),
            ("2027", 12, "2028"),
            ("2027-01-31", 1, "2027-02-28"),
        ],
    )
    def test_whole_months_stay_whole_months(self, text: str, months: int, there: str) -> None:
        assert span(text).plus_months(months) == span(there)

    def test_a_year_and_some_months_is_a_year_long_and_no_calendar_year(self) -> None:
        found = span("2027").plus_months(6)

        assert (found.earliest, found.latest) == (date(2027, 7, 1), date(2028, 6, 30))
        assert found.as_partial_date is None

    def test_days_before_a_month_are_a_stretch(self) -> None:
        found = span("2027-03").plus_days(-30)

        assert (found.earliest, found.latest) == (date(2027, 1, 30), date(2027, 3, 1))

    @given(DAYS, st.sampled_from([4, 7, 10]))
    def test_is_the_partial_date_again_that_it_was_made_of(self, day: date, length: int) -> None:
        when = PartialDate.parse(day.isoformat()[:length])
        made = DateSpan.of(when)

        assert made is not None
        assert made.as_partial_date == when
        assert made.earliest <= day <= made.latest

    @given(DAYS, st.sampled_from([4, 7, 10]), MONTHS)
    def test_holds_whatever_the_day_turns_out_to_be(self, day: date, length: int, months: int) -> None:
        made = DateSpan.of(PartialDate.parse(day.isoformat()[:length]))

        assert made is not None
        moved = made.plus_months(months)
        assert moved.earliest <= plus_months(day, months) <= moved.latest

    def test_of_a_date_that_is_not_stated_is_none(self) -> None:
        assert DateSpan.of(PartialDate()) is None

    def test_refuses_to_end_before_it_begins(self) -> None:
        with pytest.raises(ValueError, match="is before"):
            DateSpan(date(2027, 1, 2), date(2027, 1, 1))
