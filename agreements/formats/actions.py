"""The actions log of an agreement: who did what, when it was done, and from when it has effect.

Nothing in it is kept anywhere else: it is read from the record's own dates, relations and confirmations, and from the
register-wide log, which is never rewritten.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from agreements.editions.content import AgreementContent, KeyDate
from agreements.editions.models import LogEntry
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, LogKind, RelationKind, ReverseRelationKind
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.zone import day_in_baghdad


@dataclass(frozen=True)
class Action:
    """One line of the log.

    ``by``: who did it; empty where no source says, ``None`` where it is nobody's act, as with a day that comes.
    ``taken`` and ``effective``: ``None`` where the question does not arise.
    ``source`` names a source of the record, ``entry`` is an entry of the register-wide log.
    """

    what: str
    by: tuple[LocalisedText, ...] | None
    taken: PartialDate | None
    effective: PartialDate | None
    note: LocalisedText = field(default_factory=LocalisedText)
    other: str = ""
    source: str | None = None
    entry: LogEntry | None = None
    is_of_register: bool = False

    @property
    def day(self) -> date:
        """What the log is ordered by: the first day that it can mean, last of all where none is stated."""
        days = [when.earliest for when in (self.taken, self.effective) if when and when.earliest]
        return min(days, default=date.max)


_ACTS: Final = (DateKind.ANNOUNCED, DateKind.SIGNED, DateKind.APPROVED)
"""Dates on which something was done; the rest of those below are days from which something holds."""

_TURNS: Final = (DateKind.IN_FORCE, DateKind.SUSPENDED, DateKind.RESUMED, DateKind.ENDED, DateKind.TERMINATED)

_RELATIONS: Final = (
    RelationKind.AMENDS,
    RelationKind.RENEWS,
    RelationKind.SUPERSEDES,
    ReverseRelationKind.AMENDED_BY,
    ReverseRelationKind.RENEWED_BY,
    ReverseRelationKind.SUPERSEDED_BY,
)


def actions_of(content: AgreementContent, history: Sequence[LogEntry] = ()) -> tuple[Action, ...]:
    """The log in the order of time, in the active language; ``history`` are the agreement's entries in the log.

    Days to come, as a planned end, are no actions; days are those in Baghdad.
    """
    found = (
        *_from_dates(content),
        *_from_relations(content),
        *_from_confirmations(content),
        *_from_corrections(content),
        *_from_log(history),
    )
    return tuple(sorted(found, key=lambda one: one.day))


def _from_dates(content: AgreementContent) -> Iterator[Action]:
    for one in content.dates:
        label = str(one.kind.label)
        if one.kind in _ACTS:
            yield Action(label, _actors(content, one), one.date, None, note=one.note, source=one.source)
        elif one.kind is DateKind.TERMINATED:  # somebody gave notice, on a day that the record has no field for
            yield Action(label, (), PartialDate(), one.date, note=one.note, source=one.source)
        elif one.kind in _TURNS:
            yield Action(label, None, None, one.date, note=one.note, source=one.source)


def _actors(content: AgreementContent, one: KeyDate) -> tuple[LocalisedText, ...]:
    if one.kind is DateKind.ANNOUNCED:
        agency = content.announcement.agency if content.announcement else None
        return (agency.name,) if agency else ()
    if one.kind is DateKind.SIGNED:
        return tuple({signatory.party.id: signatory.party.name for signatory in content.signatories}.values())
    return ()


def _from_relations(content: AgreementContent) -> Iterator[Action]:
    for one in content.relations:
        if one.relation in _RELATIONS:
            label = str(one.relation.label)
            yield Action(label, None, None, one.effective, note=one.title, other=one.register_number, source=one.source)


def _from_confirmations(content: AgreementContent) -> Iterator[Action]:
    for one in content.confirmations:
        taken = PartialDate.parse(one.confirmed_on.isoformat())
        person = LocalisedText(en=one.person, ar=one.person, ckb=one.person) if one.person else LocalisedText()
        yield Action(_("This record confirmed as right"), (one.party.name,), taken, None, note=person)


def _from_corrections(content: AgreementContent) -> Iterator[Action]:
    for one in content.corrections:
        taken = PartialDate.parse(one.noted_on.isoformat())
        yield Action(_("Correction noted"), None, taken, None, note=one.text, is_of_register=True)


def _from_log(history: Sequence[LogEntry]) -> Iterator[Action]:
    for entry in history:
        day = PartialDate.parse(day_in_baghdad(entry.at).isoformat())
        what = _("Withdrawn from the public") if entry.kind == LogKind.WITHDRAWAL else _("Published in this register")
        yield Action(what, None, day, day, note=entry.note, entry=entry, is_of_register=True)
