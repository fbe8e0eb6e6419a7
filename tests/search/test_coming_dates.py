"""The dates to come that an edition states."""

from datetime import date

from agreements.editions.content import Activity, AgreementContent, KeyDate, Obligation, OrganizationName
from agreements.search.coming_dates import Coming, coming_dates
from agreements.search.thing_models import ComingKind
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import ActivityStatus, DateKind, ObligationStatus, RenewalKind
from agreements.vocabulary.spans import DateSpan
from agreements.vocabulary.terms import Terms
from tests.editions.contents import shipped, text

TODAY = date(2026, 11, 23)
BODY = OrganizationName(id="a", name=text("A"))


def dated(kind: DateKind, when: str) -> KeyDate:
    return KeyDate(kind=kind, date=PartialDate.parse(when))


def content_with(*dates: KeyDate, **parts: object) -> AgreementContent:
    return shipped().model_copy(update={"dates": dates, "activities": (), **parts})


def activity(start: str, end: str, status: ActivityStatus = ActivityStatus.PLANNED) -> Activity:
    return Activity(id="x", title=text("x"), status=status, start=PartialDate.parse(start), end=PartialDate.parse(end))


def found(content: AgreementContent) -> list[tuple[str, str]]:
    return [(one.kind.value, one.when.latest.isoformat()) for one in coming_dates(content, on=TODAY)]


class TestComingDates:
    def test_the_shipped_record_states_none(self) -> None:
        assert coming_dates(shipped(), on=TODAY) == []

    def test_a_partial_date_comes_until_its_last_day(self) -> None:
        assert found(content_with(dated(DateKind.PLANNED_END, "2026-11"))) == [("planned_end", "2026-11-30")]
        assert found(content_with(dated(DateKind.PLANNED_END, "2026-10"))) == []

    def test_activities_and_obligations_that_are_not_done(self) -> None:
        duty = Obligation(
            id="o", text=text("o"), bearer=BODY, due=PartialDate.parse("2027"), status=ObligationStatus.OPEN
        )
        done = activity("2027-01-01", "2027-02-01", ActivityStatus.CANCELLED)
        content = content_with(activities=(activity("2026-01", "2027-03"), done), obligations=(duty,))

        assert found(content) == [("obligation", "2027-12-31"), ("activity_end", "2027-03-31")]

    def test_tacit_renewals_follow_each_other_each_shown_when_its_turn_comes(self) -> None:
        terms = Terms(renewal=RenewalKind.TACIT, renewal_months=12)
        first, second, *_later = coming_dates(
            content_with(dated(DateKind.PLANNED_END, "2026-12-31"), terms=terms), on=TODAY
        )

        assert first == Coming(ComingKind.RENEWAL, DateSpan(date(2026, 12, 31), date(2026, 12, 31)), item="2026-12-31")
        assert (second.when.latest, second.shown_from) == (date(2027, 12, 31), date(2027, 1, 1))

    def test_after_the_end_only_obligations_are_left(self) -> None:
        duty = Obligation(
            id="o", text=text("o"), bearer=BODY, due=PartialDate.parse("2029-01-01"), status=ObligationStatus.OPEN
        )
        content = content_with(
            dated(DateKind.TERMINATED, "2027-06-30"),
            dated(DateKind.REVIEW, "2028-01-01"),
            obligations=(duty,),
        )

        assert found(content) == [("terminated", "2027-06-30"), ("obligation", "2029-01-01")]
