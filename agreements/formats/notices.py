"""What a reader should know before anything else: that an agreement was replaced, changed or has ended."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from agreements.editions.content import AgreementContent
from agreements.editions.models import Edition
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import REVERSE_RELATIONS, DateKind, LegalStatus, RelationKind, ReverseRelationKind
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.zone import day_in_baghdad


class NoticeKind(StrEnum):
    SUPERSEDED = "superseded"
    TERMINATED = "terminated"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    AMENDED = "amended"
    RENEWED = "renewed"
    CORRECTED = "corrected"
    CHANGED = "changed"


@dataclass(frozen=True)
class Successor:
    """An agreement that replaced, changed or prolonged this one.

    ``is_said_by_it_alone``: its own current edition says so, and the edition that is shown does not yet.
    """

    register_number: str
    title: LocalisedText
    effective: PartialDate
    is_said_by_it_alone: bool


@dataclass(frozen=True)
class Notice:
    """One thing to know; ``since`` is the day that it counts from, where the record has one."""

    kind: NoticeKind
    since: PartialDate = field(default_factory=PartialDate)
    successors: tuple[Successor, ...] = ()
    text: LocalisedText = field(default_factory=LocalisedText)


_BY_RELATION: Final = (
    (ReverseRelationKind.SUPERSEDED_BY, NoticeKind.SUPERSEDED),
    (ReverseRelationKind.AMENDED_BY, NoticeKind.AMENDED),
    (ReverseRelationKind.RENEWED_BY, NoticeKind.RENEWED),
)
_BY_STATUS: Final = {
    LegalStatus.TERMINATED: (NoticeKind.TERMINATED, (DateKind.TERMINATED,)),
    LegalStatus.EXPIRED: (NoticeKind.EXPIRED, (DateKind.ENDED, DateKind.PLANNED_END)),
    LegalStatus.SUSPENDED: (NoticeKind.SUSPENDED, (DateKind.SUSPENDED,)),
}


def notices_of(
    edition: Edition, *, status: LegalStatus, on: date, named_by: Sequence[AgreementContent] = ()
) -> tuple[Notice, ...]:
    """The notices of an edition, the gravest first; what it changed itself comes last.

    Args:
        status: the legal status on that day.
        on: a day in Baghdad.
        named_by: current editions of other agreements; those that name this one count.
    """
    content = edition.content
    notices = [
        Notice(kind, successors=found)
        for relation, kind in _BY_RELATION
        if (found := tuple(_successors(content, relation, named_by)))
    ]
    if status in _BY_STATUS:
        kind, dates = _BY_STATUS[status]
        notices.append(Notice(kind, since=_last_of(content, dates, on)))
    if content.corrections:
        newest = max(content.corrections, key=lambda one: one.noted_on)
        noted_on = PartialDate.parse(newest.noted_on.isoformat())
        notices.append(Notice(NoticeKind.CORRECTED, since=noted_on, text=newest.text))
    if edition.number > 1 and edition.entry.note:
        published_on = PartialDate.parse(day_in_baghdad(edition.published_at).isoformat())
        notices.append(Notice(NoticeKind.CHANGED, since=published_on, text=edition.entry.note))
    order = list(NoticeKind)
    return tuple(sorted(notices, key=lambda one: order.index(one.kind)))


def superseding(register_number: str, named_by: Iterable[AgreementContent]) -> tuple[Successor, ...]:
    """The agreements that say in their current editions that they took the place of this one."""
    return tuple(_said_by_others(register_number, ReverseRelationKind.SUPERSEDED_BY, named_by))


def _successors(
    content: AgreementContent, relation: ReverseRelationKind, named_by: Iterable[AgreementContent]
) -> Iterable[Successor]:
    """By register number; what the edition says itself goes before what the other one says of it."""
    known = {
        one.register_number: Successor(one.register_number, one.title, one.effective, is_said_by_it_alone=False)
        for one in content.relations
        if one.relation == relation
    }
    for said in _said_by_others(content.register_number, relation, named_by):
        known.setdefault(said.register_number, said)
    return known.values()


def _said_by_others(
    register_number: str, relation: ReverseRelationKind, named_by: Iterable[AgreementContent]
) -> Iterator[Successor]:
    for other in named_by:
        for one in other.relations:
            if one.register_number == register_number and _reverse(one.relation) == relation:
                yield Successor(other.register_number, other.title, one.effective, is_said_by_it_alone=True)


def _reverse(relation: RelationKind | ReverseRelationKind) -> ReverseRelationKind | None:
    return REVERSE_RELATIONS[relation] if isinstance(relation, RelationKind) else None


def _last_of(content: AgreementContent, kinds: Iterable[DateKind], on: date) -> PartialDate:
    """The newest of these dates that has come; of the kinds, the first that has one."""
    for kind in kinds:
        come = [one.date for one in content.dates if one.kind == kind and one.date.latest and one.date.latest <= on]
        if come:
            return max(come, key=lambda when: when.latest or date.min)
    return PartialDate()
