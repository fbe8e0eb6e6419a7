"""Parts of the content contract for tests of drawings, and a look at what their templates make."""

import gzip
from typing import Any
from xml.etree import ElementTree as ET

from django.template.loader import render_to_string
from django.utils import translation

from agreements.editions.content import Activity, AgreementContent, Place, ProgressNote, RelatedAgreement
from agreements.editions.models import Edition
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import (
    ActivityStatus,
    AgreementKind,
    CoordinatePrecision,
    LegalCharacter,
    PlaceKind,
    RelationKind,
    ReverseRelationKind,
)
from agreements.vocabulary.languages import Language, LocalisedText


def place(id: str, latitude: str | None, longitude: str | None, precision: str = "exact", **names: str) -> Place:  # noqa: A002
    return Place(
        id=id,
        name=LocalisedText(**names or {"en": id, "ar": "مكان", "ckb": "شوێن"}),
        kind=PlaceKind.LAND_CROSSING,
        latitude=latitude,
        longitude=longitude,
        precision=CoordinatePrecision(precision),
    )


def activity(start: str, end: str, status: str = "completed", *, noted: str = "") -> Activity:
    note = ProgressNote(noted_on=PartialDate.parse(noted), text=LocalisedText(en="Done."))
    return Activity(
        id="activity-1",
        title=LocalisedText(en="Training", ar="تدريب", ckb="ڕاهێنان"),
        status=ActivityStatus(status),
        start=PartialDate.parse(start),
        end=PartialDate.parse(end),
        progress=(note,) if noted else (),
    )


def agreement(number: str, *relations: tuple[RelationKind | ReverseRelationKind, str]) -> AgreementContent:
    return AgreementContent(
        register_number=number,
        kind=AgreementKind.PROTOCOL,
        title=LocalisedText(en=f"Title of {number}", ar=f"عنوان {number}", ckb=f"ناونیشانی {number}"),
        summary=LocalisedText(en="Summary"),
        legal_character=LegalCharacter.NOT_STATED,
        relations=tuple(
            RelatedAgreement(relation=kind, register_number=other, title=LocalisedText(en=f"Title of {other}"))
            for kind, other in relations
        ),
    )


def edition(content: AgreementContent) -> Edition:
    """An edition that was never stored."""
    return Edition(register_number=content.register_number, number=1, canonical=content.model_dump_json().encode())


def rendered(template: str, language: Language, **context: Any) -> ET.Element:
    """What a component makes, read as XML: an element that isn't closed, or a bare "&", fails here."""
    return ET.fromstring(f"<div>{markup(template, language, **context)}</div>")  # noqa: S314  # our own


def markup(template: str, language: Language, **context: Any) -> str:
    with translation.override(language):
        return render_to_string(f"components/{template}", context).replace("<br>", "<br/>")


def words_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def weight_of(text: str) -> int:
    """Bytes on the line."""
    return len(gzip.compress(text.encode()))
