"""What a content names of the directories, each entry once, in its fullest description."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import BaseModel

from agreements.editions.content import (
    AgreementContent,
    Framework,
    ObjectiveName,
    Organization,
    OrganizationName,
    Place,
    Principle,
    Source,
)


@dataclass(frozen=True)
class Named:
    """By identifier; organisations are whole where any part of the content describes them wholly."""

    organizations: dict[str, Organization | OrganizationName] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    principles: dict[str, Principle] = field(default_factory=dict)
    frameworks: dict[str, Framework] = field(default_factory=dict)
    objectives: dict[str, ObjectiveName] = field(default_factory=dict)

    def ids(self, kind: str) -> list[str]:
        """The identifiers of one kind, by the name of its field here."""
        return list(getattr(self, kind))


def named_in(content: AgreementContent) -> Named:
    """The organisations, places, sources, principles, frameworks and objectives that a content names."""
    named = Named()
    for part in _walk(content):
        match part:
            case Organization():
                named.organizations[part.id] = part
            case OrganizationName():
                named.organizations.setdefault(part.id, part)
            case Place():
                named.places.setdefault(part.id, part)
            case Source():
                named.sources.setdefault(part.id, part)
            case Principle():
                named.principles.setdefault(part.id, part)
            case Framework():
                named.frameworks.setdefault(part.id, part)
            case ObjectiveName():
                named.objectives.setdefault(part.id, part)
    return named


def _walk(value: object) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _walk(one)
