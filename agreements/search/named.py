"""What one edition names: each organisation, framework, objective and place, with the roles it is named in. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from agreements.editions.content import (
    AgreementContent,
    Framework,
    ObjectiveName,
    Organization,
    OrganizationName,
    Part,
    Place,
)
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.mentions import MentionRole, ThingKind

_Named = tuple[ThingKind, Part, MentionRole | None]


@dataclass
class NamedThing:
    """A thing as an edition has it: ``part`` is whole, or ``None`` where only the name is given.

    Without roles it is only named as what another thing is part of.
    """

    kind: ThingKind
    key: str
    name: LocalisedText
    part: Part | None = None
    parent: str = ""
    short_name: LocalisedText = field(default_factory=LocalisedText)
    roles: set[MentionRole] = field(default_factory=set)


def page_of(kind: ThingKind, key: str) -> str:
    """The address of a thing's page, in the active language."""
    arguments = key.split("/", 1) if kind is ThingKind.OBJECTIVE else [key]
    return reverse(f"site:{kind.value}", args=arguments)


def things_named(content: AgreementContent) -> dict[tuple[ThingKind, str], NamedThing]:
    """Everything that the content names and that has a page of its own, once each."""
    found: dict[tuple[ThingKind, str], NamedThing] = {}
    for kind, part, role in (*_organizations(content), *_frameworks(content), *_places(content)):
        one = _thing(kind, part)
        thing = found.setdefault((kind, one.key), one)
        if thing.part is None and one.part is not None:
            thing.part, thing.parent, thing.short_name = one.part, one.parent, one.short_name
        if role:
            thing.roles.add(role)
    return found


def _thing(kind: ThingKind, part: Part) -> NamedThing:
    if isinstance(part, ObjectiveName):
        return NamedThing(kind, part.id, part.title, part, part.framework)
    if isinstance(part, Organization):
        return NamedThing(kind, part.id, part.name, part, part.parent.id if part.parent else "", part.short_name)
    if isinstance(part, Framework):
        own = part.model_copy(update={"objectives": (), "note": LocalisedText(), "source": None})
        return NamedThing(kind, part.id, part.name, own)
    if isinstance(part, Place):
        return NamedThing(kind, part.id, part.name, part)
    if isinstance(part, OrganizationName):
        return NamedThing(kind, part.id, part.name)
    raise TypeError(type(part))


def _organizations(content: AgreementContent) -> Iterator[_Named]:
    for part, role in _bodies(content):
        if part is not None:
            yield ThingKind.ORGANIZATION, part, role
            if isinstance(part, Organization) and part.parent:
                yield ThingKind.ORGANIZATION, part.parent, None


def _bodies(content: AgreementContent) -> Iterator[tuple[Organization | OrganizationName | None, MentionRole]]:
    for one in content.participations:
        yield one.organization, MentionRole(one.role.value)
        yield one.acting_through, MentionRole.ACTING_THROUGH
    for signatory in content.signatories:
        yield signatory.party, MentionRole.SIGNED_FOR
    for funding in content.funding:
        yield funding.funder, MentionRole.FUNDER
        yield funding.recipient, MentionRole.RECIPIENT
    for activity in content.activities:
        yield from ((body, MentionRole.RESPONSIBLE) for body in activity.responsible)
    for duty in content.obligations:
        yield duty.bearer, MentionRole.BEARER
    for statement in content.statements:
        yield statement.organization, MentionRole.SPEAKER
    if content.announcement:
        yield content.announcement.agency, MentionRole.AGENCY


def _frameworks(content: AgreementContent) -> Iterator[_Named]:
    for framework in content.frameworks:
        yield ThingKind.FRAMEWORK, framework, MentionRole.SERVED
        for goal in framework.objectives:
            yield ThingKind.OBJECTIVE, goal, MentionRole.SERVED
    for activity in content.activities:
        for goal in activity.objectives:
            yield ThingKind.OBJECTIVE, goal, MentionRole.SERVED_BY_ACTIVITY


def _places(content: AgreementContent) -> Iterator[_Named]:
    yield from ((ThingKind.PLACE, place, MentionRole.PLACE) for place in content.places)
    for activity in content.activities:
        yield from ((ThingKind.PLACE, place, MentionRole.ACTIVITY_PLACE) for place in activity.places)
    events = [one.place for one in content.dates] + [one.place for one in content.signatories]
    events.append(content.announcement.place if content.announcement else None)
    yield from ((ThingKind.PLACE, place, MentionRole.EVENT_PLACE) for place in events if place)
