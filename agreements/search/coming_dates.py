"""The dates to come that an edition states, as far as they can be told."""

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agreements.editions.content import Activity, AgreementContent, KeyDate, Obligation
from agreements.search.thing_models import ComingKind
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import ActivityStatus, DateKind, ObligationStatus, RenewalKind, ReverseRelationKind
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.spans import DateSpan
from agreements.vocabulary.terms import current_term

_OWN: Final = {
    DateKind.IN_FORCE: ComingKind.IN_FORCE,
    DateKind.PLANNED_END: ComingKind.PLANNED_END,
    DateKind.ENDED: ComingKind.ENDED,
    DateKind.TERMINATED: ComingKind.TERMINATED,
    DateKind.SUSPENDED: ComingKind.SUSPENDED,
    DateKind.RESUMED: ComingKind.RESUMED,
    DateKind.REVIEW: ComingKind.REVIEW,
}
_Status = ActivityStatus | ObligationStatus
_DONE: Final[tuple[_Status, ...]] = (
    ActivityStatus.COMPLETED, ActivityStatus.CANCELLED, ObligationStatus.FULFILLED, ObligationStatus.WAIVED,
)  # fmt: skip
_TERMS_AHEAD: Final = 40
"""An agreement that is renewed tacitly goes on by itself: so many terms are told without a new edition."""


@dataclass(frozen=True)
class Coming:
    """Something that falls on a day in ``when``; ``what`` is ``None`` where it is the agreement itself.

    ``item`` tells it apart, for ever, from others of its kind in the same agreement; empty where it is the only one.
    """

    kind: ComingKind | DateKind
    when: DateSpan
    what: LocalisedText | None = None
    status: str = ""
    shown_from: date | None = None
    item: str = ""


def coming_dates(content: AgreementContent, *, on: date) -> list[Coming]:
    """What may still come on or after a day in Baghdad, of what the edition states.

    Nothing comes of a date that is not stated, nor of a part that is done. Of an agreement that ends, only
    obligations are left after its last day.
    """
    last = _last_day(content)
    found = [*_own_dates(content), *_terms(content, on), *_parts(content)]
    return [
        one
        for one in found
        if one.when.latest >= on and (last is None or one.when.earliest <= last or one.kind == ComingKind.OBLIGATION)
    ]


def stated_dates(content: AgreementContent, *, on: date) -> list[Coming]:
    """Every date that the edition states, past or to come, done or not, and the renewals from a day on."""
    own = [
        Coming(one.kind, when, item=item)
        for one, item in _numbered(content)
        if (when := DateSpan.of(one.date)) and not _is_end_of_term(one, content)
    ]
    return [*own, *_terms(content, on), *_parts(content, without=())]


def _last_day(content: AgreementContent) -> date | None:
    """The day on which the agreement ends, by a recorded end or because another takes its place."""
    ends = [one.date for one in content.dates if one.kind in (DateKind.ENDED, DateKind.TERMINATED)]
    ends += [one.effective for one in content.relations if one.relation == ReverseRelationKind.SUPERSEDED_BY]
    return min((one.latest or date.min for one in ends), default=None)


def _own_dates(content: AgreementContent) -> Iterator[Coming]:
    for one, item in _numbered(content):
        when = DateSpan.of(one.date)
        if when and one.kind in _OWN and not _is_end_of_term(one, content):
            yield Coming(_OWN[one.kind], when, item=item)


def _numbered(content: AgreementContent) -> Iterator[tuple[KeyDate, str]]:
    """The dates with their number among those of the same kind: "" for the first, then "2"."""
    seen: Counter[DateKind] = Counter()
    for one in content.dates:
        seen[one.kind] += 1
        yield one, str(seen[one.kind]) if seen[one.kind] > 1 else ""


def _is_end_of_term(one: KeyDate, content: AgreementContent) -> bool:
    return one.kind == DateKind.PLANNED_END and content.terms.renewal == RenewalKind.TACIT


def _terms(content: AgreementContent, on: date) -> Iterator[Coming]:
    """The ends of terms that are renewed tacitly, one after the other."""
    planned: KeyDate | None = content.date_of(DateKind.PLANNED_END)
    if planned is None or content.terms.renewal != RenewalKind.TACIT:
        return
    shown_from: date | None = None
    for _number in range(_TERMS_AHEAD):
        term = current_term(planned.date, content.terms, on=on)
        if term is None or term.end.latest == date.max:
            return
        yield Coming(ComingKind.RENEWAL, term.end, shown_from=shown_from, item=term.end.latest.isoformat())
        shown_from = on = term.end.latest + timedelta(days=1)


def _parts(content: AgreementContent, *, without: Container[_Status] = _DONE) -> Iterator[Coming]:
    for duty in content.obligations:
        if duty.status not in without:
            yield from _part(ComingKind.OBLIGATION, duty.due, duty.text, duty)
    for activity in content.activities:
        if activity.status not in without:
            yield from _part(ComingKind.ACTIVITY_START, activity.start, activity.title, activity)
            yield from _part(ComingKind.ACTIVITY_END, activity.end, activity.title, activity)


def _part(kind: ComingKind, stated: PartialDate, what: LocalisedText, of: Obligation | Activity) -> Iterator[Coming]:
    when = DateSpan.of(stated)
    if when:
        yield Coming(kind, when, what, str(of.status.value), item=of.id)
