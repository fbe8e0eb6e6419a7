"""Directories of frameworks and places: the shipped reference, under what current editions say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from agreements.editions.content import Activity, AgreementContent, Framework, Place
from agreements.reference.boundaries import governorate_name
from agreements.reference.frameworks import ShippedFramework, shipped_framework, shipped_frameworks
from agreements.reference.places import ShippedPlace, shipped_place, shipped_places
from agreements.search.thing_models import Thing
from agreements.search.things import (
    ListedThing,
    keys_listed,
    list_things,
    parts_of,
    thing_named,
    things_named_by_keys,
)
from agreements.vocabulary.kinds import FrameworkKind, PlaceKind
from agreements.vocabulary.languages import Language, LocalisedText
from agreements.vocabulary.mentions import ThingKind

_PLACE_ORDER: Final = {kind: number for number, kind in enumerate(PlaceKind)}


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective, and how many agreements name it."""

    code: str
    title: LocalisedText
    agreements: int


@dataclass(frozen=True)
class FrameworkPage:
    """A framework; the newest edition's words where one names it, else as shipped. ``thing`` is ``None`` then."""

    key: str
    name: LocalisedText
    kind: FrameworkKind
    identifier: str | None
    url: str | None
    agreements: int
    objectives: tuple[ObjectiveLine, ...]
    thing: Thing | None

    def objective(self, code: str) -> ObjectiveLine | None:
        return next((one for one in self.objectives if one.code == code), None)


@dataclass(frozen=True)
class PlaceLine:
    """A place; the newest edition's words where one names it, else as shipped."""

    place: Place
    agreements: int
    thing: Thing | None

    @property
    def governorate(self) -> LocalisedText | None:
        return governorate_name(self.place.governorate)

    @property
    def is_located(self) -> bool:
        return bool(self.place.latitude and self.place.longitude)


@dataclass(frozen=True)
class PlacesPage:
    """The shipped places, then a page of the others that records name, in alphabetical order."""

    shipped: tuple[PlaceLine, ...]
    others: tuple[PlaceLine, ...]
    next_after: str | None


def all_frameworks(language: Language) -> tuple[FrameworkPage, ...]:
    """The shipped frameworks, then others that records name (the first 50), without their objectives."""
    page = list_things(ThingKind.FRAMEWORK, language=language)
    shipped = {one.id: one for one in shipped_frameworks()}
    listed = things_named_by_keys(ThingKind.FRAMEWORK, shipped)
    named = [one for one in page.things if one.thing.key not in shipped]
    return (
        *(_framework(listed.get(key), one, ()) for key, one in shipped.items()),
        *(_framework(one, None, ()) for one in named),
    )


def framework_page(key: str, language: Language) -> FrameworkPage | None:
    """A framework with its objectives, also those that no agreement names; ``None`` where nobody knows it."""
    shipped = shipped_framework(key)
    listed = things_named_by_keys(ThingKind.FRAMEWORK, [key]).get(key)
    goals = Thing(kind=ThingKind.FRAMEWORK, key=key)
    named = parts_of(goals, kind=ThingKind.OBJECTIVE, language=language)
    if shipped is None and listed is None and not named:
        return None
    return _framework(listed, shipped, named)


def _framework(
    listed: ListedThing | None, shipped: ShippedFramework | None, named: Iterable[ListedThing]
) -> FrameworkPage:
    own = Framework.model_validate(listed.thing.part) if listed and listed.thing.part else None
    goals = {one.code: ObjectiveLine(one.code, one.title, 0) for one in (shipped.objectives if shipped else ())}
    for one in named:
        code = one.thing.key.partition("/")[2]
        goals[code] = ObjectiveLine(code, one.thing.name, one.agreements)
    known = own or shipped
    first = next(iter(named), None)
    return FrameworkPage(
        key=known.id if known else first.thing.parent if first else "",
        name=known.name if known else LocalisedText(),
        kind=known.kind if known else FrameworkKind.OTHER,
        identifier=known.identifier if known else None,
        url=own.url if own else None,
        agreements=listed.agreements if listed else 0,
        objectives=tuple(goals.values()),
        thing=listed.thing if listed else None,
    )


def objective_thing(framework: str, code: str) -> Thing | None:
    return thing_named(ThingKind.OBJECTIVE, f"{framework}/{code}")


def shipped_place_lines() -> tuple[PlaceLine, ...]:
    """All shipped places by kind."""
    shipped = {one.id: one for one in shipped_places()}
    listed = things_named_by_keys(ThingKind.PLACE, shipped)
    lines = [_place(listed.get(key), one) for key, one in shipped.items()]
    return tuple(sorted(lines, key=lambda line: _PLACE_ORDER[line.place.kind]))


def places_page(language: Language, *, after: str = "") -> PlacesPage:
    """All shipped places by kind, and a page of the others."""
    page = list_things(ThingKind.PLACE, language=language, after=after)
    others = tuple(_place(one, None) for one in page.things if shipped_place(one.thing.key) is None)
    return PlacesPage(shipped_place_lines(), others, page.next_after)


def place_line(key: str) -> PlaceLine | None:
    """One place; ``None`` where no record names it and the portal ships none."""
    shipped = shipped_place(key)
    listed = things_named_by_keys(ThingKind.PLACE, [key]).get(key)
    return _place(listed, shipped) if shipped or listed else None


def _place(listed: ListedThing | None, shipped: ShippedPlace | None) -> PlaceLine:
    if listed:
        return PlaceLine(Place.model_validate(listed.thing.part), listed.agreements, listed.thing)
    if shipped is None:
        raise ValueError("a place is shipped or named")
    fields = ("id", "name", "kind", "country", "governorate", "neighbour", "latitude", "longitude", "precision")
    return PlaceLine(Place(**{name: getattr(shipped, name) for name in fields}), 0, None)


def activities_at(content: AgreementContent, place: str) -> tuple[Activity, ...]:
    """The activities of an agreement that take place there."""
    return tuple(one for one in content.activities if any(there.id == place for there in one.places))


def frameworks_listed(*, query: str, after: str, size: int) -> tuple[list[FrameworkPage], str | None]:
    """A page of all frameworks by their ids, without their objectives, and the id that the next begins behind."""
    shipped = {one.id: one for one in shipped_frameworks()}
    names = {key: one.name for key, one in shipped.items()}
    keys, next_after = keys_listed(ThingKind.FRAMEWORK, names, query=query, after=after, size=size)
    listed = things_named_by_keys(ThingKind.FRAMEWORK, keys)
    return [_framework(listed.get(key), shipped.get(key), ()) for key in keys], next_after


def places_listed(*, query: str, after: str, size: int) -> tuple[list[PlaceLine], str | None]:
    """A page of all places by their ids, and the id that the next begins behind."""
    shipped = {one.id: one for one in shipped_places()}
    names = {key: one.name for key, one in shipped.items()}
    keys, next_after = keys_listed(ThingKind.PLACE, names, query=query, after=after, size=size)
    listed = things_named_by_keys(ThingKind.PLACE, keys)
    return [_place(listed.get(key), shipped.get(key)) for key in keys], next_after
