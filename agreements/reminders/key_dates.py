"""Key dates: from what the register holds of an agreement, and a day, to the days that staff should know.

Pure. It reads the working record and not editions: staff are reminded of what they keep, also of a draft,
of what is not public, and of a correction that is not published yet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from agreements.editions.legal_status import status_from
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, KeyKind, LegalStatus, RenewalKind
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.sections import place_on_form
from agreements.vocabulary.spans import DateSpan
from agreements.vocabulary.terms import Term, Terms, current_term, next_review

_ENDS: Final = (DateKind.ENDED, DateKind.TERMINATED)
_ORDER: Final = {kind: number for number, kind in enumerate(KeyKind)}


@dataclass(frozen=True)
class Stated:
    """A date of the agreement: ``position`` is its place on the agreement's form."""

    kind: DateKind
    when: PartialDate
    position: int
    pk: int


@dataclass(frozen=True)
class Duty:
    """An obligation or activity that is not finished, and its day."""

    kind: KeyKind
    when: PartialDate
    what: LocalisedText
    key: str
    position: int


@dataclass(frozen=True)
class Facts:
    """What key dates of one agreement are made of; ``superseded`` as in ``status_from``."""

    agreement_id: int
    register_number: str
    title: LocalisedText
    revision: int
    terms: Terms
    dates: tuple[Stated, ...] = ()
    duties: tuple[Duty, ...] = ()
    superseded: tuple[PartialDate, ...] = ()


@dataclass(frozen=True)
class KeyDue:
    """A day that staff should know: what falls on it, and where it stands in the record.

    Attributes:
        when: the days that it can mean; reminders go by the earliest.
        what: the obligation's text or the activity's title; ``None`` where it is about the agreement itself.
        item: tells those of one kind and agreement apart, and stays the same when the day is corrected.
        anchor: its input on the agreement's form.
    """

    kind: KeyKind
    when: DateSpan
    agreement_id: int
    register_number: str
    title: LocalisedText
    revision: int
    anchor: str
    item: str = ""
    what: LocalisedText | None = None

    def is_past(self, on: date) -> bool:
        """Whether every day that it can mean is over."""
        return self.when.latest < on

    def days_left(self, on: date) -> int:
        """Days until the earliest that it can mean; below zero once that is over."""
        return (self.when.earliest - on).days

    @property
    def link(self) -> str:
        """Where it is written at the desk, in the active language; a row of a part is opened there."""
        form = reverse("admin:agreements_agreement_change", args=[self.agreement_id])
        return form + place_on_form(self.anchor)


def key_dates(facts: Facts, *, on: date, until: date) -> list[KeyDue]:
    """What is due by ``until``, and what is past and not settled, in the order of the days.

    ``on`` is a day in Baghdad. Nothing is invented: no day comes of a date or a length that is not
    stated. Of an agreement that has ended nothing is left but obligations that are due after its end;
    while it is suspended, only its term goes on. A planned end that has passed stays until somebody
    records what became of it.
    """
    found = (one for one in _all(facts, on) if one.when.earliest <= until)
    return sorted(found, key=in_order)


def in_order(due: KeyDue) -> tuple[date, str, int, str]:
    """The order of lists: by day, then by agreement."""
    return due.when.earliest, due.register_number, _ORDER[due.kind], due.item


def _all(facts: Facts, on: date) -> Iterator[KeyDue]:
    status = status_from(
        [(one.kind, one.when) for one in facts.dates],
        superseded=facts.superseded,
        renewal=facts.terms.renewal,
        on=on,
    )
    recorded = [one for one in facts.dates if one.kind in _ENDS]
    if status in (LegalStatus.SUPERSEDED, LegalStatus.TERMINATED) or any(not one.when.is_stated for one in recorded):
        return
    ended = [end for one in recorded if (end := one.when.latest) is not None and end <= on]
    if ended:
        yield from (one for one in _duties(facts) if one.when.earliest > max(ended))
        return
    term = _term(facts, on)
    yield from _term_dates(facts, term, recorded, on)
    if status == LegalStatus.SUSPENDED:
        return
    if status != LegalStatus.EXPIRED:
        last = None if term is None or facts.terms.renewal == RenewalKind.TACIT else term.end.latest
        yield from (one for one in _reviews(facts, on) if last is None or one.when.earliest <= last)
    yield from _duties(facts)


def _planned_end(facts: Facts) -> Stated | None:
    return next((one for one in facts.dates if one.kind == DateKind.PLANNED_END), None)


def _term(facts: Facts, on: date) -> Term | None:
    planned = _planned_end(facts)
    return current_term(planned.when, facts.terms, on=on) if planned else None


def _term_dates(facts: Facts, term: Term | None, recorded: Iterable[Stated], on: date) -> Iterator[KeyDue]:
    """The end of the term, and the last day to say no to the next; an end that is agreed upon replaces both."""
    agreed = next(iter(recorded), None)
    if agreed is not None:
        when = DateSpan.of(agreed.when)
        if when is not None:
            yield _due(facts, KeyKind.END, when, f"id_dates-{agreed.position}-date")
        return
    planned = _planned_end(facts)
    if planned is None or term is None:
        return
    is_tacit = facts.terms.renewal == RenewalKind.TACIT
    item = str(term.number) if term.number else ""
    if is_tacit:
        yield _due(facts, KeyKind.RENEWAL, term.end, "id_renewal_kind", item=item)
    else:
        yield _due(facts, KeyKind.END, term.end, f"id_dates-{planned.position}-date")
    if term.notice is not None and term.end.latest >= on:
        yield _due(facts, KeyKind.NOTICE, term.notice, "id_notice_length", item=item)


def _reviews(facts: Facts, on: date) -> Iterator[KeyDue]:
    reviews = [(when, one) for one in facts.dates if one.kind == DateKind.REVIEW and (when := DateSpan.of(one.when))]
    ahead = [(when, one) for when, one in reviews if when.latest >= on]
    for when, one in ahead:
        yield _due(facts, KeyKind.REVIEW, when, f"id_dates-{one.position}-date", item=f"date-{one.pk}")
    if ahead:
        return
    last = max(reviews, key=lambda pair: pair[0].latest)[1].when if reviews else _beginning(facts)
    following = next_review(last, facts.terms, on=on)
    if following is not None:
        number, when = following
        yield _due(facts, KeyKind.REVIEW, when, "id_review_months", item=str(number))


def _beginning(facts: Facts) -> PartialDate:
    """The day in force, else the day signed; not stated where neither is."""
    stated = {one.kind: one.when for one in facts.dates if one.when.is_stated}
    return stated.get(DateKind.IN_FORCE) or stated.get(DateKind.SIGNED) or PartialDate()


def _duties(facts: Facts) -> Iterator[KeyDue]:
    for one in facts.duties:
        when = DateSpan.of(one.when)
        if when is not None:
            prefix, field = ("obligations", "due") if one.kind == KeyKind.OBLIGATION else ("activities", "end")
            anchor = f"id_{prefix}-{one.position}-{field}"
            yield _due(facts, one.kind, when, anchor, item=one.key, what=one.what)


def _due(
    facts: Facts, kind: KeyKind, when: DateSpan, anchor: str, *, item: str = "", what: LocalisedText | None = None
) -> KeyDue:
    return KeyDue(
        kind=kind,
        when=when,
        agreement_id=facts.agreement_id,
        register_number=facts.register_number,
        title=facts.title,
        revision=facts.revision,
        anchor=anchor,
        item=item,
        what=what,
    )
