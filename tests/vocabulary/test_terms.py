"""The terms of an agreement: which one runs, the last day to give notice, the next review."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import NoticeUnit, RenewalKind
from agreements.vocabulary.spans import DateSpan, plus_months
from agreements.vocabulary.terms import Notice, Term, Terms, current_term, next_review

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
TODAY = date(2026, 11, 23)


def terms(
    renewal: str = "not_stated",
    months: int | None = None,
    notice: tuple[int, str] | None = None,
    review: int | None = None,
) -> Terms:
    period = Notice(length=notice[0], unit=NoticeUnit(notice[1])) if notice else None
    return Terms(renewal=RenewalKind(renewal), renewal_months=months, notice=period, review_months=review)


def term(end: str, own: Terms, *, on: date = TODAY) -> Term | None:
    return current_term(PartialDate.parse(end), own, on=on)


def days(span: DateSpan | None) -> tuple[str, str] | None:
    return (span.earliest.isoformat(), span.latest.isoformat()) if span else None


class TestCurrentTerm:
    @pytest.mark.parametrize(
        ("end", "own", "number", "ends"),
        [
            ("2027-03-31", terms(), 0, "2027-03-31"),
            ("2020-03-31", terms(), 0, "2020-03-31"),
            ("2020-03-31", terms("none"), 0, "2020-03-31"),
            ("2020-03-31", terms("by_agreement", 12), 0, "2020-03-31"),
            ("2027-03-31", terms("tacit", 12), 0, "2027-03-31"),
            ("2025-12-31", terms("tacit", 12), 1, "2026-12-31"),
            ("2024-02-29", terms("tacit", 12), 3, "2027-02-28"),
            ("2026-01-31", terms("tacit", 1), 10, "2026-11-30"),
            ("2026-11-23", terms("tacit", 12), 0, "2026-11-23"),
            ("2025-11-22", terms("tacit", 12), 2, "2027-11-22"),
        ],
    )
    def test_is_the_one_that_runs(self, end: str, own: Terms, number: int, ends: str) -> None:
        found = term(end, own)

        assert found is not None
        assert (found.number, days(found.end)) == (number, (ends, ends))

    def test_nothing_is_invented(self) -> None:
        assert term("", terms("tacit", 12, (3, "months"))) is None
        assert term("2020-03-31", terms("tacit")) is None

    def test_a_month_stays_a_month_through_the_renewals(self) -> None:
        found = term("2024-02", terms("tacit", 12, (1, "months")))

        assert found is not None
        assert days(found.end) == ("2027-02-01", "2027-02-28")
        assert days(found.notice) == ("2027-01-01", "2027-01-31")

    def test_goes_on_to_the_end_of_a_month_whose_day_is_not_known(self) -> None:
        found = term("2025-11", terms("tacit", 12))

        assert found is not None
        assert days(found.end) == ("2026-11-01", "2026-11-30")

    def test_ends_where_the_calendar_does(self) -> None:
        assert term("9999-12-31", terms("tacit", 12), on=date.max) is not None
        assert term("9999-06-30", terms("tacit", 12), on=date.max) is None

    @given(DAYS, st.integers(1, 240), DAYS)
    def test_is_the_first_renewal_that_runs_on_that_day(self, end: date, months: int, on: date) -> None:
        found = term(end.isoformat(), terms("tacit", months), on=on)

        assert found is not None
        assert found.end.latest >= on
        assert found.number == 0 or plus_months(end, (found.number - 1) * months) < on


class TestLastDayForNotice:
    @pytest.mark.parametrize(
        ("end", "notice", "last"),
        [
            ("2027-03-31", (1, "months"), "2027-02-28"),
            ("2027-08-31", (6, "months"), "2027-02-28"),
            ("2027-03-31", (30, "days"), "2027-03-01"),
            ("2028-03-30", (30, "days"), "2028-02-29"),
            ("2027-02-28", (1, "months"), "2027-01-28"),
        ],
    )
    def test_is_so_long_before_the_end(self, end: str, notice: tuple[int, str], last: str) -> None:
        found = term(end, terms("tacit", 12, notice))

        assert found is not None
        assert days(found.notice) == (last, last)

    @pytest.mark.parametrize("own", [terms("none", notice=(3, "months")), terms("tacit", 12)])
    def test_is_none_where_none_is_needed_or_stated(self, own: Terms) -> None:
        found = term("2027-03-31", own)

        assert found is not None
        assert found.notice is None

    @given(DAYS, st.integers(1, 120))
    def test_is_never_too_late(self, end: date, months: int) -> None:
        found = term(end.isoformat(), terms(notice=(months, "months")), on=end)

        assert found is not None
        assert found.notice is not None
        assert plus_months(found.notice.latest, months) <= end

    @given(DAYS, st.integers(1, 3650))
    def test_counts_days_exactly(self, end: date, length: int) -> None:
        found = term(end.isoformat(), terms(notice=(length, "days")), on=end)

        assert found is not None
        assert found.notice is not None
        assert found.notice.latest == end - timedelta(days=length)


class TestNextReview:
    @pytest.mark.parametrize(
        ("last", "number", "when"),
        [
            ("2025-01-31", 1, "2027-01-31"),
            ("2020-01-31", 4, "2028-01-31"),
            ("2027-01-15", 1, "2029-01-15"),
            ("2024-11-23", 1, "2026-11-23"),
        ],
    )
    def test_counts_from_the_last_one(self, last: str, number: int, when: str) -> None:
        found = next_review(PartialDate.parse(last), terms(review=24), on=TODAY)

        assert found is not None
        assert (found[0], days(found[1])) == (number, (when, when))

    def test_needs_a_clause_and_a_day_to_count_from(self) -> None:
        assert next_review(PartialDate(), terms(review=24), on=TODAY) is None
        assert next_review(PartialDate.parse("2024"), terms(), on=TODAY) is None

    @given(DAYS, st.integers(1, 240), DAYS)
    def test_is_never_the_last_one_nor_over(self, last: date, months: int, on: date) -> None:
        assume(last <= on)
        found = next_review(PartialDate.parse(last.isoformat()), terms(review=months), on=on)

        assert found is not None
        assert found[1].latest >= on
        assert found[1].earliest > last


class TestTerms:
    @pytest.mark.parametrize("renewal", ["not_stated", "none"])
    def test_have_a_length_only_where_something_is_renewed(self, renewal: str) -> None:
        with pytest.raises(ValidationError):
            terms(renewal, 12)
