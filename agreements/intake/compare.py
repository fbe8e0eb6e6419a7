"""What a row wants of the register, and in what that differs from what stands there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from agreements.intake.existing import Existing
from agreements.register.models.agreements import REPEATABLE_DATES
from agreements.vocabulary.kinds import DateKind
from agreements.vocabulary.money import Disclosure

OrganizationRef = int | str
"""An organisation's number; or the key of a name that is to become one (``ImportName.key``)."""


@dataclass(frozen=True)
class WantedFunding:
    funder: OrganizationRef
    name: str
    disclosure: str
    amount: Decimal | None
    currency: str
    start: str | None
    end: str | None

    def __str__(self) -> str:
        sum_of_money = f"{self.amount} {self.currency}" if self.amount is not None else Disclosure.UNDISCLOSED.value
        return f"{self.name}: {sum_of_money}"


@dataclass(frozen=True)
class Wanted:
    """A row's contents with everything that it names found, and texts as the register keeps them.

    Participations, places and frameworks carry the name by which the difference calls them.
    """

    columns: Mapping[str, str | int] = field(default_factory=dict)
    dates: tuple[tuple[DateKind, str], ...] = ()
    participations: tuple[tuple[str, OrganizationRef, str], ...] = ()
    funding: tuple[WantedFunding, ...] = ()
    places: Mapping[int, str] = field(default_factory=dict)
    frameworks: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One thing that becomes different; ``before`` is empty where something is added."""

    target: str
    before: str
    after: str

    def as_json(self) -> dict[str, str]:
        return {"target": self.target, "before": self.before, "after": self.after}


def changes_between(existing: Existing, wanted: Wanted) -> tuple[Change, ...]:
    """What the row would make different: it adds and overwrites, and removes nothing."""
    places = [name for pk, name in wanted.places.items() if pk not in existing.places]
    frameworks = [name for pk, name in wanted.frameworks.items() if pk not in existing.frameworks]
    return (
        *_columns(existing, wanted),
        *_dates(existing, wanted),
        *_participations(existing, wanted),
        *_funding(existing, wanted),
        *(Change("places", "", name) for name in places),
        *(Change("frameworks", "", name) for name in frameworks),
    )


def date_to_replace(existing: Existing, kind: DateKind) -> int | None:
    """The place in ``existing.dates`` of the one date of this kind; ``None`` where there is none or may be several."""
    if kind in REPEATABLE_DATES:
        return None
    return next((index for index, date in enumerate(existing.dates) if date.kind == kind), None)


def funding_to_replace(existing: Existing, wanted: WantedFunding) -> int | None:
    """The place in ``existing.funding`` of what this funder gives in the same period, whatever the amount."""
    same = ((one.funder_id, one.start, one.end) for one in existing.funding)
    return next((index for index, key in enumerate(same) if key == (wanted.funder, wanted.start, wanted.end)), None)


def dates_after(existing: Existing | None, wanted: Wanted) -> list[tuple[str, str | None]]:
    """All dates that the agreement will have."""
    dates: list[tuple[str, str | None]] = [(date.kind, date.date) for date in existing.dates] if existing else []
    for kind, iso in wanted.dates:
        place = date_to_replace(existing, kind) if existing else None
        if place is not None:
            dates[place] = (kind, iso)
        elif (kind, iso) not in dates:
            dates.append((kind, iso))
    return dates


def _columns(existing: Existing, wanted: Wanted) -> Iterator[Change]:
    for name, value in wanted.columns.items():
        before = getattr(existing.agreement, name)
        if before != value:
            yield Change(name, "" if before is None else str(before), str(value))


def _dates(existing: Existing, wanted: Wanted) -> Iterator[Change]:
    there = {(date.kind, date.date) for date in existing.dates}
    for kind, iso in wanted.dates:
        if (kind, iso) not in there:
            place = date_to_replace(existing, kind)
            before = existing.dates[place].date if place is not None else None
            yield Change(f"date:{kind}", before or "", iso)


def _participations(existing: Existing, wanted: Wanted) -> Iterator[Change]:
    for role, organization, name in wanted.participations:
        if (role, organization) not in existing.roles:
            yield Change(f"role:{role}", "", name)


def _funding(existing: Existing, wanted: Wanted) -> Iterator[Change]:
    for one in wanted.funding:
        place = funding_to_replace(existing, one)
        if place is None:
            yield Change("amount", "", str(one))
            continue
        found = existing.funding[place]
        if (found.disclosure, found.amount, found.currency) != (one.disclosure, one.amount, one.currency):
            yield Change("amount", f"{found.amount or ''} {found.currency}".strip() or found.disclosure, str(one))
