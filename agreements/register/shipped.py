"""Loads the record that the portal ships with, from ``data/``.

Rows that exist are never touched: what staff changed stays changed. Names of files' fields are
those of the models; a text in several languages fills the columns ``…_en``, ``…_ar``, ``…_ckb``.
"""

import csv
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models, transaction

from agreements.register.models.agreements import Agreement, AgreementDate, FrameworkLink
from agreements.register.models.directories import (
    Framework,
    Objective,
    Organization,
    OrganizationAlias,
    Place,
    Principle,
    Source,
)
from agreements.register.models.participants import Funding, Participation
from agreements.register.models.words_and_files import Announcement, Contact, Statement
from agreements.register.models.work import Activity
from agreements.vocabulary.kinds import CoordinatePrecision, PlaceKind
from agreements.vocabulary.languages import LANGUAGES

DATA: Final = Path(__file__).parent / "data"

_PLACE_KINDS: Final = {
    "land": PlaceKind.LAND_CROSSING,
    "sea": PlaceKind.SEA_PORT,
    "air": PlaceKind.AIRPORT,
    "city": PlaceKind.CITY,
}
_PRECISIONS: Final = {
    "": CoordinatePrecision.NOT_STATED,
    "crossing": CoordinatePrecision.EXACT,
    "airport": CoordinatePrecision.EXACT,
    "town": CoordinatePrecision.TOWN,
    "town (1 arc-min)": CoordinatePrecision.TOWN,
    "port (1 arc-min)": CoordinatePrecision.APPROXIMATE,
    "approx": CoordinatePrecision.APPROXIMATE,
    "near tripoint": CoordinatePrecision.APPROXIMATE,
    "unverified": CoordinatePrecision.UNVERIFIED,
}
_REFERENCES: Final[dict[str, type[models.Model]]] = {
    "organization": Organization,
    "funder": Organization,
    "recipient": Organization,
    "agency": Organization,
    "parent": Organization,
    "framework": Framework,
    "place": Place,
    "source": Source,
}

Record = Mapping[str, Any]


@transaction.atomic
def load_directories() -> int:
    """Add the organisations, places, frameworks, principles and sources that are not there yet.

    Returns:
        How many were added.
    """
    added = sum(_add_organization(record) for record in _read("organizations.json"))
    added += sum(_add_place(row) for row in _read_places())
    added += sum(_add_framework(record) for record in _read("frameworks.json"))
    for model, name in ((Principle, "principles.json"), (Source, "sources.json")):
        added += sum(_add(model, record) is not None for record in _read(name))
    return added


@transaction.atomic
def load_first_agreement(*, by: User) -> Agreement:
    """Write the first agreement into the register as a draft, with all its parts.

    The directories must have been loaded.
    """
    record: Record = json.loads((DATA / "first_agreement.json").read_text(encoding="utf-8"))
    plain = ("kind", "legal_character", "title", "summary", "purpose")
    agreement = Agreement.objects.create(**_columns({name: record[name] for name in plain}), last_edited_by=by)
    agreement.principles.set(Principle.objects.filter(key__in=record["principles"]))
    agreement.sources.set(Source.objects.filter(key__in=record["sources"]))
    _add_parts(AgreementDate, agreement, record["dates"])
    for position, model, name in (
        (True, Participation, "participations"),
        (True, Funding, "funding"),
        (True, FrameworkLink, "frameworks"),
        (True, Statement, "statements"),
        (True, Contact, "contacts"),
        (False, Announcement, "announcement"),
    ):
        parts = record[name] if position else [record[name]]
        _add_parts(model, agreement, parts, with_position=position)
    for number, part in enumerate(record["activities"], start=1):
        responsible = part.get("responsible", ())
        fields = {name: value for name, value in part.items() if name != "responsible"}
        activity = Activity.objects.create(agreement=agreement, position=number, **_columns(fields))
        activity.responsible.set(Organization.objects.filter(key__in=responsible))
    return agreement


def _add_parts(
    model: type[models.Model], agreement: Agreement, parts: list[Record], *, with_position: bool = False
) -> None:
    for number, part in enumerate(parts, start=1):
        position = {"position": number} if with_position else {}
        model._default_manager.create(agreement=agreement, **position, **_columns(part))


def _add(model: type[models.Model], record: Record) -> models.Model | None:
    if model._default_manager.filter(key=record["key"]).exists():
        return None
    return model._default_manager.create(**_columns(record))


def _add_organization(record: Record) -> bool:
    aliases = record.get("aliases", ())
    made = _add(Organization, {name: value for name, value in record.items() if name != "aliases"})
    if isinstance(made, Organization):
        for name, language in aliases:
            OrganizationAlias.objects.create(organization=made, name=name, language=language)
    return made is not None


def _add_framework(record: Record) -> bool:
    objectives = record.get("objectives", ())
    made = _add(Framework, {name: value for name, value in record.items() if name != "objectives"})
    if isinstance(made, Framework):
        for number, objective in enumerate(objectives, start=1):
            Objective.objects.create(framework=made, position=number, **_columns(objective))
    return made is not None


def _add_place(row: Mapping[str, str]) -> bool:
    record: dict[str, Any] = {
        "key": row["id"],
        "kind": _PLACE_KINDS[row["type"]],
        "name": {"en": row["name_en"], "ar": row["name_ar"], "ckb": row["name_ckb_unverified"]},
        "country": "IQ",
        "neighbour": row["neighbour"],
        "governorate": row["governorate"],
        "precision": _PRECISIONS[row["precision"]],
        "coordinate_source": row["coord_source"],
        "evidence": row["evidence"],
    }
    if row["lat"] and row["lon"]:
        record |= {"latitude": round(Decimal(row["lat"]), 6), "longitude": round(Decimal(row["lon"]), 6)}
    return _add(Place, record) is not None


def _read(name: str) -> list[Record]:
    records: list[Record] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return records


def _read_places() -> list[dict[str, str]]:
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _columns(record: Record) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            columns |= {f"{name}_{language}": value.get(language, "") for language in LANGUAGES}
        elif name in _REFERENCES and value is not None:
            columns[name] = _REFERENCES[name]._default_manager.get(key=value)
        else:
            columns[name] = value
    return columns
