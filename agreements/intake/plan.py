"""The dry run: what an import would do with each row, and why not with some. It only reads the register."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError

from agreements.intake.cells import key_of
from agreements.intake.compare import Change, OrganizationRef, Wanted, WantedFunding, changes_between, dates_after
from agreements.intake.errors import RowFlaw
from agreements.intake.existing import Existing, Found, find_existing
from agreements.intake.incoming import IncomingAgreement
from agreements.intake.match import OrganizationNames, ThingNames
from agreements.intake.models import Decision, Outcome
from agreements.intake.reading import ReadRow
from agreements.intake.rules import refusals_of_dates, refusals_of_terms, tidy_columns, tidy_name
from agreements.intake.words import Refusal, refused_by_rule, refused_row
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Framework, Place
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.money import Disclosure

CHUNK: Final = 500
"""Rows that are held against the register together."""

MOST_REFUSALS: Final = 20
"""So many are kept of one row."""


@dataclass(frozen=True)
class NameDecision:
    """What was decided of a name: an organisation, another name's key, or a new one."""

    decision: Decision
    organization_id: int | None = None
    same_key: str = ""


@dataclass
class Book:
    """What the whole plan looks things up in, and what earlier rows of the file have said."""

    collection: str
    agreement_kind: str
    organizations: OrganizationNames
    places: ThingNames
    frameworks: ThingNames
    decisions: Mapping[str, NameDecision]
    seen: dict[str, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def open(cls, *, collection: str, agreement_kind: str, decisions: Mapping[str, NameDecision]) -> "Book":
        return cls(
            collection,
            agreement_kind,
            OrganizationNames.load(),
            ThingNames.load(Place),
            ThingNames.load(Framework),
            decisions,
        )


@dataclass(frozen=True)
class _Earlier:
    """A row before this one that is about the same agreement, and whether it says the same."""

    row: int
    is_same: bool


@dataclass(frozen=True)
class Planned:
    """What is to be done with a row. ``existing`` and ``wanted`` are what it is done with."""

    incoming: IncomingAgreement
    outcome: Outcome
    existing: Existing | None = None
    wanted: Wanted = field(default_factory=Wanted)
    changes: tuple[Change, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def edited_since(self) -> bool:
        """Whether staff edited the agreement after it was imported last."""
        if self.existing is None or self.existing.origin is None:
            return False
        return self.existing.origin.revision != self.existing.agreement.revision

    @property
    def register_number(self) -> str:
        return self.existing.agreement.register_number if self.existing else ""

    @property
    def fingerprint(self) -> str:
        """Of what would be written: it differs where the register was changed meanwhile."""
        what = [self.outcome, self.register_number, [change.as_json() for change in self.changes]]
        return hashlib.sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()


def plan_rows(rows: Sequence[ReadRow], book: Book, *, for_update: bool = False) -> Iterator[Planned]:
    """Plan some rows in the order of the file; a few queries for all of them.

    Args:
        for_update: lock the agreements that they are about.
    """
    found = find_existing([row.incoming for row in rows], collection=book.collection, for_update=for_update)
    for row in rows:
        yield _plan(row, book, found)


def _plan(row: ReadRow, book: Book, found: Found) -> Planned:
    incoming = row.incoming
    existing, refusals = _existing(incoming, found)
    repeated = _repeated(incoming, existing, book)
    if repeated is not None and not repeated.is_same:
        refusals.append(refused_row(RowFlaw.REPEATED, place=_key_cell(incoming), row=repeated.row))
    wanted, unresolved = resolve(incoming, book)
    refusals += [*row.refusals, *unresolved]
    if not refusals:
        refusals += _refused_by_rules(incoming, existing, wanted, book)
    if refusals:
        return Planned(incoming, Outcome.REFUSED, existing, refusals=tuple(refusals[:MOST_REFUSALS]))
    if repeated is not None:
        return Planned(incoming, Outcome.UNCHANGED, existing)
    if existing is None:
        return Planned(incoming, Outcome.ADDED, None, _with_defaults(wanted, book))
    changes = changes_between(existing, wanted)
    return Planned(incoming, Outcome.CHANGED if changes else Outcome.UNCHANGED, existing, wanted, changes)


def resolve(incoming: IncomingAgreement, book: Book) -> tuple[Wanted, list[Refusal]]:
    """Find all that a row names, and bring its texts into the register's form."""
    cells = incoming.cells
    columns, refusals = tidy_columns({**incoming.texts, **incoming.values}, cells)
    participations: dict[tuple[str, OrganizationRef], str] = {}
    for role, name in incoming.participations:
        reference, refusal = _organization(name, book, place=cells.get(f"role:{role}", ""), target=f"role:{role}")
        refusals += [refusal] if refusal else []
        if reference is not None:
            participations.setdefault((role, reference), name)
    funding = []
    for given in incoming.funding:
        reference, refusal = _organization(given.funder, book, place=cells.get("amount", ""), target="amount")
        if reference is not None:  # otherwise it is refused as a funder
            disclosure = Disclosure.UNDISCLOSED if given.amount is None else Disclosure.STATED
            funding.append(
                WantedFunding(
                    reference, given.funder, disclosure.value, given.amount, given.currency, given.start, given.end
                )
            )
    places = _things(incoming.places, book.places, RowFlaw.NO_SUCH_PLACE, "places", cells, refusals)
    frameworks = _things(incoming.frameworks, book.frameworks, RowFlaw.NO_SUCH_FRAMEWORK, "frameworks", cells, refusals)
    roles = tuple((role, reference, name) for (role, reference), name in participations.items())
    return Wanted(columns, incoming.dates, roles, tuple(funding), places, frameworks), refusals


def _organization(name: str, book: Book, *, place: str, target: str) -> tuple[OrganizationRef | None, Refusal | None]:
    """The organisation that a name means, or why that is not known."""
    known = book.organizations.find(name)
    if known is not None:
        return known, None
    try:
        tidy_name(name)
    except ValidationError:
        return None, refused_by_rule(lambda: tidy_name(name), place=place, target=target)
    key, decided = _decided(key_of(name), book)
    if decided is not None and decided.organization_id is not None:
        return decided.organization_id, None
    if decided is None or decided.decision != Decision.NEW:
        return None, refused_row(RowFlaw.NAME_UNDECIDED, place=place, target=target, name=name)
    return key, None


def _decided(key: str, book: Book) -> tuple[str, NameDecision | None]:
    """What was decided of a name, through other names of the file that it is the same as; the last one's key."""
    decided = book.decisions.get(key)
    seen = {key}
    while decided is not None and decided.same_key and decided.same_key not in seen:
        key = decided.same_key
        seen.add(key)
        decided = book.decisions.get(key)
    if decided is not None and decided.same_key:
        return key, None  # they name each other
    return key, decided


def _things(
    names: Sequence[str], things: ThingNames, flaw: RowFlaw, target: str, cells: Mapping[str, str],
    refusals: list[Refusal],
) -> dict[int, str]:  # fmt: skip
    found = {}
    for name in names:
        pk = things.find(name)
        if pk is None:
            refusals.append(refused_row(flaw, place=cells.get(target, ""), target=target, name=name))
        else:
            found[pk] = things.names[pk]
    return found


def _existing(incoming: IncomingAgreement, found: Found) -> tuple[Existing | None, list[Refusal]]:
    by_number = found.by_number.get(incoming.register_number) if incoming.register_number else None
    by_reference = found.by_reference.get(incoming.reference) if incoming.reference else None
    if incoming.register_number and by_number is None:
        place = incoming.cells.get("register_number", "")
        number = incoming.register_number
        return None, [refused_row(RowFlaw.NO_SUCH_NUMBER, place=place, target="register_number", number=number)]
    if by_number is not None and by_reference is not None and by_number is not by_reference:
        refusal = refused_row(
            RowFlaw.REFERENCE_TAKEN,
            place=incoming.cells.get("reference", ""),
            target="reference",
            reference=incoming.reference,
            number=by_reference.agreement.register_number,
        )
        return by_number, [refusal]
    return by_number or by_reference, []


def _repeated(incoming: IncomingAgreement, existing: Existing | None, book: Book) -> _Earlier | None:
    """The earlier row about the same agreement; notes this one where there is none."""
    digest = _digest(incoming)
    names = [f"reference:{incoming.reference}"] if incoming.reference else []
    if existing is not None:
        names.append(f"agreement:{existing.agreement.pk}")
    first = next((book.seen[name] for name in names if name in book.seen), None)
    for name in names:
        book.seen.setdefault(name, (incoming.number, digest))
    return None if first is None else _Earlier(first[0], first[1] == digest)


def _digest(incoming: IncomingAgreement) -> str:
    said = (
        incoming.register_number, sorted(incoming.texts.items()), sorted(incoming.values.items()), incoming.dates,
        incoming.participations, incoming.funding, incoming.places, incoming.frameworks,
    )  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _refused_by_rules(
    incoming: IncomingAgreement, existing: Existing | None, wanted: Wanted, book: Book
) -> Iterator[Refusal]:
    cells = incoming.cells
    agreement = Agreement()
    if existing is not None:
        columns = ("renewal_kind", "renewal_months", "notice_length", "notice_unit")
        for name in columns:
            setattr(agreement, name, getattr(existing.agreement, name))
    for name, value in wanted.columns.items():
        setattr(agreement, name, value)
    yield from refusals_of_terms(agreement, cells)
    yield from refusals_of_dates(dates_after(existing, wanted), cells)
    if existing is None and not any(wanted.columns.get(f"title_{language}") for language in LANGUAGES):
        place = next((cells[f"title_{one}"] for one in LANGUAGES if f"title_{one}" in cells), "")
        yield refused_row(RowFlaw.NO_TITLE, place=place, target="title_en")
    if existing is None and not wanted.columns.get("kind") and not book.agreement_kind:
        yield refused_row(RowFlaw.NO_KIND, place=cells.get("kind", ""), target="kind")


def _with_defaults(wanted: Wanted, book: Book) -> Wanted:
    """A new agreement's columns that the file does not give: the kind chosen for all, the language of the title."""
    columns = dict(wanted.columns)
    columns.setdefault("kind", book.agreement_kind)
    columns.setdefault("written_in", next(one for one in LANGUAGES if columns.get(f"title_{one}")))
    return Wanted(columns, wanted.dates, wanted.participations, wanted.funding, wanted.places, wanted.frameworks)


def _key_cell(incoming: IncomingAgreement) -> str:
    return incoming.cells.get("reference") or incoming.cells.get("register_number") or f"{incoming.number}"
