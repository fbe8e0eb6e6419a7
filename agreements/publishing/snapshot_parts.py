"""Parts of the snapshot that several sections share, and the ones with parts of their own."""

from decimal import Decimal

from agreements.editions.content import (
    Activity,
    ObjectiveName,
    Obligation,
    Organization,
    OrganizationName,
    Place,
    ProgressNote,
)
from agreements.register.fields import localised, partial_date
from agreements.register.models import directories, work
from agreements.register.models.shared import Sourced
from agreements.vocabulary.kinds import (
    ActivityStatus,
    CoordinatePrecision,
    ObligationStatus,
    OrganizationKind,
    PlaceKind,
)


def source_id(row: Sourced) -> str | None:
    return row.source.key if row.source else None


def name_of(row: directories.Organization) -> OrganizationName:
    return OrganizationName(id=row.key, name=localised(row, "name"))


def organization(row: directories.Organization) -> Organization:
    return Organization(
        id=row.key,
        name=localised(row, "name"),
        short_name=localised(row, "short_name"),
        kind=OrganizationKind(row.kind),
        identifier=row.identifier or None,
        country=row.country or None,
        website=row.website or None,
        parent=name_of(row.parent) if row.parent else None,
    )


def place(row: directories.Place) -> Place:
    return Place(
        id=row.key,
        name=localised(row, "name"),
        kind=PlaceKind(row.kind),
        country=row.country or None,
        governorate=row.governorate or None,
        neighbour=row.neighbour or None,
        latitude=_degrees(row.latitude),
        longitude=_degrees(row.longitude),
        precision=CoordinatePrecision(row.precision),
    )


def objective_name(row: directories.Objective) -> ObjectiveName:
    return ObjectiveName(
        id=f"{row.framework.key}/{row.code}",
        framework=row.framework.key,
        code=row.code,
        title=localised(row, "title"),
    )


def activity(row: work.Activity) -> Activity:
    return Activity(
        id=row.key,
        title=localised(row, "title"),
        description=localised(row, "description"),
        area=localised(row, "area"),
        status=ActivityStatus(row.status),
        start=partial_date(row.start),
        end=partial_date(row.end),
        places=tuple(place(one) for one in row.places.all()),
        responsible=tuple(name_of(one) for one in row.responsible.all()),
        objectives=tuple(objective_name(one) for one in row.objectives.all()),
        progress=tuple(
            ProgressNote(noted_on=partial_date(one.noted_on), text=localised(one, "text"), source=source_id(one))
            for one in row.progress_notes.all()
        ),
        source=source_id(row),
    )


def obligation(row: work.Obligation) -> Obligation:
    return Obligation(
        id=row.key,
        text=localised(row, "text"),
        bearer=name_of(row.bearer),
        due=partial_date(row.due),
        status=ObligationStatus(row.status),
        evidence=localised(row, "evidence"),
        source=source_id(row),
    )


def _degrees(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")
