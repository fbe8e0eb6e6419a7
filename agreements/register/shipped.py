"""Loads the record that the portal ships with, from ``data/`` and from the room ``reference``.

Rows that exist are never touched: what staff changed stays changed. Names of files' fields are
those of the models; a text in several languages fills the columns ``…_en``, ``…_ar``, ``…_ckb``.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models, transaction

from agreements.reference.frameworks import ShippedFramework, shipped_frameworks
from agreements.reference.places import ShippedPlace, shipped_places
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
from agreements.vocabulary.languages import LANGUAGES

DATA: Final = Path(__file__).parent / "data"

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
    added += sum(_add_place(place) for place in shipped_places())
    added += sum(_add_framework(framework) for framework in shipped_frameworks())
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


def _add_framework(shipped: ShippedFramework) -> bool:
    record = {"key": shipped.id, "kind": shipped.kind, "identifier": shipped.identifier or ""}
    made = _add(Framework, record | {"name": shipped.name.model_dump()})
    if isinstance(made, Framework):
        for number, objective in enumerate(shipped.objectives, start=1):
            fields = {"code": objective.code, "evidence": objective.evidence, "title": objective.title.model_dump()}
            Objective.objects.create(framework=made, position=number, **_columns(fields))
    return made is not None


def _add_place(shipped: ShippedPlace) -> bool:
    fields = asdict(shipped)
    record = {"key": fields.pop("id"), "name": fields.pop("name").model_dump()}
    for name in ("country", "governorate", "neighbour"):
        record[name] = fields.pop(name) or ""
    return _add(Place, record | fields) is not None


def _read(name: str) -> list[Record]:
    records: list[Record] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return records


def _columns(record: Record) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            columns |= {f"{name}_{language}": value.get(language) or "" for language in LANGUAGES}
        elif name in _REFERENCES and value is not None:
            columns[name] = _REFERENCES[name]._default_manager.get(key=value)
        else:
            columns[name] = value
    return columns
