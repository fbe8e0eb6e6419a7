"""What the other side may correct: every public field of a record, with what stands there now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Model
from django.utils.text import capfirst

from agreements.publishing.parts import load_parts
from agreements.register.models.agreements import Agreement
from agreements.register.terms import TERMS_COLUMNS
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.sections import Section
from agreements.vocabulary.zone import BAGHDAD

RECORD: Final = "agreement"
"""The name that stands for the record itself where others name a kind of part."""

_PARTS: Final[dict[Section, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    Section.TITLES: ((RECORD, ("title", "standing", "kind", "legal_character", "principles", "places")),),
    Section.SUMMARY: ((RECORD, ("summary", "purpose")),),
    Section.TERMS: ((RECORD, ("duration", "renewal", "termination", *TERMS_COLUMNS)),),
    Section.DATES: (("dates", ("kind", "date", "time", "place", "note")),),
    Section.PARTICIPATIONS: (("participations", ("role", "organization", "acting_through", "note")),),
    Section.SIGNATORIES: (("signatories", ("name", "capacity", "party", "signed_on", "place")),),
    Section.FUNDING: (
        ("funding", ("funder", "recipient", "disclosure", "amount", "currency", "kind", "start", "end", "purpose")),
    ),
    Section.ACTIVITIES: (
        (
            "activities",
            ("title", "description", "area", "status", "start", "end", "responsible", "places", "objectives"),
        ),
        ("progress_notes", ("noted_on", "text")),
    ),
    Section.OBLIGATIONS: (("obligations", ("text", "bearer", "due", "status", "evidence")),),
    Section.FRAMEWORKS: (("framework_links", ("framework", "objectives", "note")),),
    Section.RELATIONS: (("relations", ("kind", "other", "effective")),),
    Section.STATEMENTS: (("statements", ("speaker", "capacity", "organization", "form", "said_on", "text")),),
    Section.ANNOUNCEMENT: (
        ("announcement", ("headline", "dateline", "published_on", "published_at", "agency", "place", "text")),
    ),
    Section.DOCUMENTS: (("documents", ("title", "kind", "language", "version")),),
    Section.CONTACTS: (("contacts", ("name", "role", "organization", "telephone", "email")),),
    Section.CORRECTIONS: (("correction_notes", ("noted_on", "section", "text")),),
    Section.SOURCES: ((RECORD, ("sources",)),),
}
"""By section, in the order of the form. Named one by one: what is not here stays at the desk."""


@dataclass(frozen=True)
class Column:
    """One field of one row.

    Attributes:
        target: names it for ever, as in "activities:12:title_ar".
        anchor: where it stands on the agreement's form: the input, else the section.
        text: what stands there now, as it is typed into a form.
        is_choice_of_rows: it names entries of a directory. What the other side writes instead are words,
            which only a person can turn into such a choice.
    """

    target: str
    section: Section
    anchor: str
    row: Model
    field: Any
    text: str

    @property
    def name(self) -> str:
        return str(self.field.name)

    @property
    def is_choice_of_rows(self) -> bool:
        return bool(self.field.is_relation)


@dataclass(frozen=True)
class CorrectablePart:
    """A row with its public columns; ``name`` tells parts of one kind apart and is empty for the record itself."""

    section: Section
    prefix: str
    row: Model
    name: str
    columns: tuple[Column, ...]


def correctable_parts(agreement: Agreement) -> tuple[CorrectablePart, ...]:
    """The record's public rows and columns, in the order of its form and in the active language."""
    load_parts(agreement)
    return tuple(
        CorrectablePart(section, prefix, row, _name(prefix, row), tuple(_columns(section, prefix, index, row, names)))
        for section, kinds in _PARTS.items()
        for prefix, names in kinds
        for index, row in enumerate(_rows(agreement, prefix))
        if getattr(row, "is_public", True)
    )


def columns_by_target(agreement: Agreement) -> dict[str, Column]:
    """Every correctable column by its target."""
    return {column.target: column for part in correctable_parts(agreement) for column in part.columns}


def _rows(agreement: Agreement, prefix: str) -> Iterator[Model]:
    if prefix == RECORD:
        yield agreement
    elif prefix == "announcement":
        found = getattr(agreement, prefix, None)
        yield from () if found is None else (found,)
    elif prefix == "progress_notes":
        for activity in agreement.activities.all():
            yield from activity.progress_notes.all()
    else:
        yield from getattr(agreement, prefix).all()


def _name(prefix: str, row: Model) -> str:
    return "" if prefix == RECORD else f"{capfirst(str(row._meta.verbose_name))}: {row}"


def _columns(section: Section, prefix: str, index: int, row: Model, names: tuple[str, ...]) -> Iterator[Column]:
    for name in names:
        for field in _fields(row, name):
            target = f"{prefix}:{row.pk}:{field.name}"
            yield Column(target, section, _anchor(section, prefix, index, field.name), row, field, _text(row, field))


def _anchor(section: Section, prefix: str, index: int, name: str) -> str:
    if prefix == RECORD:
        return f"id_{name}"
    return str(section) if prefix == "progress_notes" else f"id_{prefix}-{index}-{name}"


def _fields(row: Model, name: str) -> list[Any]:
    """The column of this name, or those of a text in three languages."""
    try:
        return [row._meta.get_field(name)]
    except FieldDoesNotExist:
        return [row._meta.get_field(f"{name}_{language}") for language in LANGUAGES]


def _text(row: Model, field: Any) -> str:
    if isinstance(field, models.ManyToManyField):
        return "\n".join(str(one) for one in getattr(row, field.name).all())
    if isinstance(field, models.ForeignKey):
        return str(getattr(row, field.name) or "")
    value = field.value_from_object(row)
    match value:
        case None:
            return ""
        case datetime():
            return _without_seconds(f"{value.astimezone(BAGHDAD):%Y-%m-%d %H:%M:%S}")
        case time():
            return _without_seconds(f"{value:%H:%M:%S}")
    return str(value).replace("\r\n", "\n").strip()


def _without_seconds(clock: str) -> str:
    return clock.removesuffix(":00")
