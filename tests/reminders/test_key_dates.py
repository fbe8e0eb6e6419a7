"""From an agreement and a day to the days that staff should know."""

from datetime import date, timedelta

import pytest

from agreements.reminders.key_dates import Duty, Facts, KeyDue, Stated, key_dates
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, KeyKind, NoticeUnit, RenewalKind
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.terms import Notice, Terms

TODAY = date(2026, 11, 23)
TACIT = Terms(
    renewal=RenewalKind.TACIT, renewal_months=12, notice=Notice(length=3, unit=NoticeUnit.MONTHS), review_months=24
)


def facts(
    *dates: tuple[str, str], terms: Terms | None = None, duties: tuple[Duty, ...] = (), superseded: tuple[str, ...] = ()
) -> Facts:
    return Facts(
        agreement_id=1,
        register_number="MOC-0001",
        title=LocalisedText(en="A memorandum"),
        revision=3,
        terms=terms or Terms(),
        dates=tuple(
            Stated(DateKind(kind), PartialDate.parse(day), position, 10 + position)
            for position, (kind, day) in enumerate(dates)
        ),
        duties=duties,
        superseded=tuple(PartialDate.parse(day) for day in superseded),
    )


def duty(kind: KeyKind, day: str) -> Duty:
    return Duty(kind, PartialDate.parse(day), LocalisedText(en="Something"), f"{kind}-1", 0)


def found(of: Facts, *, on: date = TODAY, days: int = 3650) -> list[tuple[str, str, str]]:
    """The key dates as (kind, earliest, latest)."""
    return [
        (one.kind.value, one.when.earliest.isoformat(), one.when.latest.isoformat())
        for one in key_dates(of, on=on, until=on + timedelta(days=days))
    ]


def day(kind: str, when: str) -> tuple[str, str, str]:
    return kind, when, when


DUTIES = (duty(KeyKind.OBLIGATION, "2027-01-10"), duty(KeyKind.ACTIVITY, "2026-10-01"))


class TestKeyDates:
    def test_of_a_tacitly_renewed_agreement_are_those_of_the_term_that_runs(self) -> None:
        own = facts(("in_force", "2020-01-01"), ("planned_end", "2023-12-31"), terms=TACIT)

        assert found(own) == [
            day("notice", "2026-09-30"), day("renewal", "2026-12-31"), day("review", "2028-01-01"),
        ]  # fmt: skip

    def test_of_a_fixed_term_are_its_end_and_the_notice_before(self) -> None:
        own = facts(("planned_end", "2027-08-31"), terms=Terms(notice=Notice(length=6, unit=NoticeUnit.MONTHS)))

        assert found(own) == [day("notice", "2027-02-28"), day("end", "2027-08-31")]

    def test_a_month_stays_a_month(self) -> None:
        own = facts(("planned_end", "2027-03"), terms=Terms(notice=Notice(length=30, unit=NoticeUnit.DAYS)))

        assert found(own) == [("notice", "2027-01-30", "2027-03-01"), ("end", "2027-03-01", "2027-03-31")]

    @pytest.mark.parametrize(
        ("dates", "terms"),
        [
            ((), TACIT),
            ((("planned_end", ""),), TACIT),
            ((("announced", "2021"),), TACIT),
            ((("planned_end", "2020"),), Terms(renewal=RenewalKind.TACIT)),
        ],
    )
    def test_nothing_is_invented(self, dates: tuple[tuple[str, str], ...], terms: Terms) -> None:
        assert found(facts(*dates, terms=terms)) == []

    def test_a_planned_end_that_passed_stays_until_it_is_recorded_what_became_of_it(self) -> None:
        own = facts(("in_force", "2020"), ("planned_end", "2025-06-30"), duties=DUTIES, terms=Terms(review_months=12))

        assert found(own) == [day("end", "2025-06-30"), day("activity", "2026-10-01"), day("obligation", "2027-01-10")]

    @pytest.mark.parametrize("kind", ["ended", "terminated"])
    def test_an_end_that_is_not_dated_ends_everything(self, kind: str) -> None:
        assert found(facts(("planned_end", "2027-01-01"), (kind, ""), duties=DUTIES, terms=TACIT)) == []

    def test_of_a_terminated_agreement_nothing_is_left(self) -> None:
        assert found(facts(("planned_end", "2027-01-01"), ("terminated", "2026-11"), duties=DUTIES)) != []
        assert found(facts(("planned_end", "2027-01-01"), ("terminated", "2026-10"), duties=DUTIES)) == []

    def test_of_an_ended_agreement_what_is_due_after_its_end_is_left(self) -> None:
        own = facts(("planned_end", "2026-10-31"), ("ended", "2026-10-31"), duties=DUTIES, terms=TACIT)

        assert found(own) == [day("obligation", "2027-01-10")]

    def test_an_end_agreed_upon_replaces_renewal_and_notice(self) -> None:
        own = facts(("planned_end", "2023-12-31"), ("terminated", "2026-12-15"), terms=TACIT)

        assert found(own) == [day("end", "2026-12-15")]

    @pytest.mark.parametrize(("day_", "is_left"), [("2026-11-23", False), ("", False), ("2026-11-24", True)])
    def test_of_a_superseded_agreement_nothing_is_left(self, day_: str, is_left: bool) -> None:
        assert bool(found(facts(("planned_end", "2027-01-01"), superseded=(day_,)))) == is_left

    def test_while_it_is_suspended_only_its_term_goes_on(self) -> None:
        own = facts(
            ("in_force", "2020"), ("planned_end", "2026-12-31"), ("suspended", "2026-01-01"), duties=DUTIES, terms=TACIT
        )

        assert found(own) == [day("notice", "2026-09-30"), day("renewal", "2026-12-31")]

    def test_reviews_that_are_dated_come_before_the_clause(self) -> None:
        own = facts(("in_force", "2020-01-01"), ("review", "2025"), ("review", "2027-05"), terms=Terms(review_months=6))

        assert found(own) == [("review", "2027-05-01", "2027-05-31")]

    def test_the_clause_counts_from_the_last_review(self) -> None:
        own = facts(("in_force", "2020-01-01"), ("review", "2026-02-10"), terms=Terms(review_months=12))

        assert found(own) == [day("review", "2027-02-10")]

    def test_no_review_comes_after_the_end(self) -> None:
        own = facts(("in_force", "2026-01-01"), ("planned_end", "2027-06-30"), terms=Terms(review_months=24))

        assert found(own) == [day("end", "2027-06-30")]

    def test_what_lies_further_ahead_is_left_out(self) -> None:
        assert found(facts(("planned_end", "2027-03")), days=97) == []
        assert found(facts(("planned_end", "2027-03")), days=98) != []

    def test_each_leads_to_the_field_it_is_written_in(self) -> None:
        own = facts(("in_force", "2020"), ("planned_end", "2027-08-31"), duties=DUTIES, terms=TACIT)

        assert {one.kind: one.link.partition("#")[2] for one in all_of(own)} == {
            KeyKind.NOTICE: "id_notice_length",
            KeyKind.RENEWAL: "id_renewal_kind",
            KeyKind.REVIEW: "id_review_months",
            KeyKind.OBLIGATION: "id_obligations-0-due",
            KeyKind.ACTIVITY: "id_activities-0-end",
        }
        form = "/en/admin/agreements/agreement/1/change/"
        assert {one.link.partition("#")[0] for one in all_of(own)} == {
            form, f"{form}?open=obligations-0", f"{form}?open=activities-0",
        }  # fmt: skip


def all_of(own: Facts) -> list[KeyDue]:
    return key_dates(own, on=TODAY, until=date(2040, 1, 1))
