"""Differences between two contents as data."""

from django.utils.translation import gettext_noop as _
from pydantic import Field, JsonValue
from pydantic_core import to_jsonable_python

from agreements.editions.content import Part
from agreements.editions.differences import FieldChange, ListChange, PartChange, SectionChange
from agreements.opendata.api.answers import Answer
from agreements.vocabulary.languages import Language


class FieldDifference(Answer):
    """One field; of a text, in one language."""

    field: str
    language: Language | None
    older: JsonValue
    newer: JsonValue


class PartDifference(Answer):
    """A part that was added, removed or changed."""

    older: JsonValue = Field(description=_("Null where the part was added."))
    newer: JsonValue = Field(description=_("Null where the part was removed."))
    changes: tuple[FieldDifference, ...]
    lists: tuple["ListDifference", ...]


class ListDifference(Answer):
    """Parts of one field."""

    field: str
    parts: tuple[PartDifference, ...]
    moved: tuple[JsonValue, ...] = Field(description=_("Parts that only stand in another place now."))


class SectionDifference(Answer):
    """One section of the page."""

    section: str
    changes: tuple[FieldDifference, ...]
    lists: tuple[ListDifference, ...]


def section_of(change: SectionChange) -> SectionDifference:
    return SectionDifference(
        section=change.section,
        changes=tuple(_field(one) for one in change.changes),
        lists=tuple(_list(one) for one in change.lists),
    )


def _field(change: FieldChange) -> FieldDifference:
    return FieldDifference(
        field=change.name,
        language=change.language,
        older=to_jsonable_python(change.older),
        newer=to_jsonable_python(change.newer),
    )


def _list(change: ListChange) -> ListDifference:
    parts = tuple(_part(one) for one in change.parts)
    return ListDifference(field=change.name, parts=parts, moved=tuple(_json(one) for one in change.moved))


def _part(change: PartChange) -> PartDifference:
    return PartDifference(
        older=_json(change.older),
        newer=_json(change.newer),
        changes=tuple(_field(one) for one in change.changes),
        lists=tuple(_list(one) for one in change.lists),
    )


def _json(part: Part | None) -> JsonValue:
    value: JsonValue = part.model_dump(mode="json") if part is not None else None
    return value
