"""Long tables beside the wide one: a row a participation, date, line of funding, activity, framework or place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from agreements.editions.content import AgreementContent, Framework, ObjectiveName, Place
from agreements.formats.tables import SEPARATOR, Cell, Column, Published, Table, Type, date_columns, text_columns
from agreements.vocabulary.kinds import (
    ActivityStatus,
    CoordinatePrecision,
    DateKind,
    FrameworkKind,
    FundingKind,
    OrganizationKind,
    ParticipationRole,
    PlaceKind,
)
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.money import Disclosure

_NOTHING: Final = LocalisedText()
OF_EDITION: Final = (
    Column("register_number", "string", "The agreement’s number, as in agreements.csv",
           lambda of, _part: of.edition.register_number),
    Column("edition", "integer", "The number of the edition that the row is of", lambda of, _part: of.edition.number),
)  # fmt: skip


@dataclass(frozen=True)
class _Numbered:
    """A part of a list, with its place in the record's order, from 1."""

    number: int
    part: Any


@dataclass(frozen=True)
class _Served:
    """A framework, and an objective of it; ``None`` where only the framework is named."""

    framework: Framework
    objective: ObjectiveName | None


@dataclass(frozen=True)
class _Used:
    """A place, and what for: the agreement, an activity (by its identifier), or an event."""

    place: Place
    named_by: str
    activity: str


def text_of(name: str, description: str, path: str) -> tuple[Column, ...]:
    """The columns of a text that lies at a path of attributes, of which any may be missing."""
    return text_columns(name, description, lambda _of, part: _at(part, path) or _NOTHING)


def plain_column(name: str, description: str, path: str, *values: str, type_: Type = "string") -> Column:
    def value(_of: Published, part: Any) -> Cell:
        found = _at(part, path)
        return found if isinstance(found, int) else str(found or "")  # numbers and yes or no stay what they are

    return Column(name, type_, description, value, values)


def _at(part: Any, path: str) -> Any:
    for name in path.split("."):
        if part is None:
            return None
        part = getattr(part, name)
    return part


def _identifiers(name: str, description: str, path: str) -> Column:
    return Column(name, "string", f"{description}; several are separated by “{SEPARATOR.strip()}”",
                  lambda _of, part: SEPARATOR.join(one.id for one in _at(part, path)))  # fmt: skip


def several_column(name: str, description: str, of: Callable[[Any], Iterable[str]]) -> Column:
    """Several codes in one cell."""
    return Column(name, "string", f"{description}; several are separated by “{SEPARATOR.strip()}”",
                  lambda _of, part: SEPARATOR.join(of(part)))  # fmt: skip


def source_column(path: str = "") -> Column:
    return plain_column("source_id", "Where it comes from, as in sources.csv", f"{path}source")


NUMBER: Final = plain_column("position", "The row’s place in the record, from 1", "number", type_="integer")


def numbered(parts: tuple[Any, ...]) -> Iterator[_Numbered]:
    return (_Numbered(number, part) for number, part in enumerate(parts, start=1))


def _served(content: AgreementContent) -> Iterator[_Served]:
    for framework in content.frameworks:
        yield from (_Served(framework, one) for one in framework.objectives or (None,))


def _used(content: AgreementContent) -> Iterator[_Used]:
    yield from (_Used(place, "agreement", "") for place in content.places)
    for activity in content.activities:
        yield from (_Used(place, "activity", activity.id) for place in activity.places)
    events = [one.place for one in content.dates] + [one.place for one in content.signatories]
    events.append(content.announcement.place if content.announcement else None)
    yield from (_Used(place, "event", "") for place in dict.fromkeys(one for one in events if one))


PARTICIPATIONS: Final = Table(
    name="participations",
    title=_("Participants"),
    columns=(
        *OF_EDITION, NUMBER,
        plain_column("role", "In what role the organisation takes part", "part.role.value", *ParticipationRole.values),
        plain_column("organization_id", "The organisation’s identifier in this register", "part.organization.id"),
        *text_of("organization_name", "The organisation’s name", "part.organization.name"),
        *text_of("organization_short_name", "Its short name", "part.organization.short_name"),
        plain_column("organization_kind", "What kind of body it is", "part.organization.kind.value",
               *OrganizationKind.values),
        plain_column("organization_identifier", "Its official identifier (org-id)", "part.organization.identifier"),
        plain_column("organization_country", "ISO 3166-1 alpha-2", "part.organization.country"),
        plain_column("organization_website", "Its website", "part.organization.website"),
        plain_column("parent_id", "The organisation that it is part of", "part.organization.parent.id"),
        plain_column("acting_through_id", "The organisation through which it acts", "part.acting_through.id"),
        *text_of("acting_through_name", "That organisation’s name", "part.acting_through.name"),
        *text_of("note", "A note", "part.note"),
        source_column("part."),
    ),
    key=("register_number", "position"),
    fields=("participations",),
    parts=lambda content: numbered(content.participations),
)  # fmt: skip

DATES: Final = Table(
    name="dates",
    title=_("Dates"),
    columns=(
        *OF_EDITION, NUMBER,
        plain_column("kind", "What happened or is to happen on it", "part.kind.value", *DateKind.values),
        *date_columns("date", "The day as far as it is known", lambda one: one.part.date),
        plain_column("time", "The time of day, where it is known", "part.time", type_="time"),
        plain_column("time_zone", "The time zone of that time", "part.time_zone"),
        plain_column("place_id", "Where it happened", "part.place.id"),
        *text_of("place_name", "That place’s name", "part.place.name"),
        *text_of("note", "A note", "part.note"),
        source_column("part."),
    ),
    key=("register_number", "position"),
    fields=("dates",),
    parts=lambda content: numbered(content.dates),
)  # fmt: skip

FUNDING: Final = Table(
    name="funding",
    title=_("Funding"),
    columns=(
        *OF_EDITION, NUMBER,
        plain_column("funder_id", "Who gives", "part.funder.id"),
        *text_of("funder_name", "The funder’s name", "part.funder.name"),
        plain_column("recipient_id", "Who receives", "part.recipient.id"),
        *text_of("recipient_name", "The recipient’s name", "part.recipient.name"),
        plain_column("disclosure", "Whether the amount is stated, withheld or unknown", "part.money.disclosure.value",
               *[one.value for one in Disclosure]),
        plain_column("amount", "The amount, only where it is stated", "part.money.amount", type_="number"),
        plain_column("currency", "ISO 4217", "part.money.currency"),
        plain_column("kind", "What kind of funding", "part.kind.value", *FundingKind.values),
        *date_columns("start", "First day", lambda one: one.part.start),
        *date_columns("end", "Last day", lambda one: one.part.end),
        *text_of("purpose", "What for", "part.purpose"),
        source_column("part."),
    ),
    key=("register_number", "position"),
    fields=("funding",),
    parts=lambda content: numbered(content.funding),
)  # fmt: skip

ACTIVITIES: Final = Table(
    name="activities",
    title=_("Activities"),
    columns=(
        *OF_EDITION,
        plain_column("activity_id", "The activity’s identifier within the agreement", "id"),
        *text_of("title", "Title", "title"),
        *text_of("description", "Description", "description"),
        *text_of("area", "Area of work", "area"),
        plain_column("status", "Status as the sources say", "status.value", *ActivityStatus.values),
        *date_columns("start", "First day", lambda one: one.start),
        *date_columns("end", "Last day", lambda one: one.end),
        _identifiers("places_id", "Places, as in places.csv", "places"),
        _identifiers("responsible_id", "Organisations that are responsible", "responsible"),
        _identifiers("objectives_id", "Objectives that it serves", "objectives"),
        source_column(),
    ),
    key=("register_number", "activity_id"),
    fields=("activities",),
    parts=lambda content: content.activities,
)  # fmt: skip

FRAMEWORKS: Final = Table(
    name="frameworks",
    title=_("Frameworks"),
    columns=(
        *OF_EDITION,
        plain_column("framework_id", "The framework’s identifier in this register", "framework.id"),
        *text_of("framework_name", "The framework’s name", "framework.name"),
        plain_column("framework_kind", "What kind of framework it is", "framework.kind.value", *FrameworkKind.values),
        plain_column("framework_identifier", "Its official identifier, as A/RES/73/195", "framework.identifier"),
        plain_column("framework_url", "Where it is published", "framework.url"),
        plain_column("objective_id", "An objective of it; empty where none is named", "objective.id"),
        plain_column("objective_code", "The objective’s number", "objective.code"),
        *text_of("objective_title", "The objective’s title", "objective.title"),
        *text_of("note", "A note", "framework.note"),
        source_column("framework."),
    ),
    key=("register_number", "framework_id", "objective_id"),
    fields=("frameworks",),
    parts=_served,
)  # fmt: skip

PLACES: Final = Table(
    name="places",
    title=_("Places"),
    columns=(
        *OF_EDITION,
        plain_column("place_id", "The place’s identifier in this register", "place.id"),
        plain_column("named_by", "What names it", "named_by", "agreement", "activity", "event"),
        plain_column("activity_id", "Which activity, as in activities.csv", "activity"),
        *text_of("place_name", "The place’s name", "place.name"),
        plain_column("place_kind", "What kind of place it is", "place.kind.value", *PlaceKind.values),
        plain_column("country", "ISO 3166-1 alpha-2", "place.country"),
        plain_column("governorate", "ISO 3166-2", "place.governorate"),
        plain_column("neighbour", "The country on the other side, ISO 3166-1 alpha-2", "place.neighbour"),
        plain_column("latitude", "WGS 84, decimal degrees", "place.latitude", type_="number"),
        plain_column("longitude", "WGS 84, decimal degrees", "place.longitude", type_="number"),
        plain_column("precision", "How exact the position is", "place.precision.value", *CoordinatePrecision.values),
    ),
    key=("register_number", "place_id", "named_by", "activity_id"),
    fields=("places", "activities.id", "activities.places", "dates.place", "signatories.place", "announcement.place"),
    parts=_used,
)  # fmt: skip
