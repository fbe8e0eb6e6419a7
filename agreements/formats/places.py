"""The places that a record names, with what it says happens there, and their map."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreements.editions.content import AgreementContent, Place
from agreements.formats.map import Mark, PlaceMap, can_be_drawn, draw_map
from agreements.formats.words import write_country
from agreements.reference.boundaries import governorate_name
from agreements.vocabulary.languages import Language, LocalisedText


@dataclass(frozen=True)
class Mention:
    """Where a record names a place: a label in the reader's language, and the part's own words, if it has any."""

    label: str
    words: LocalisedText | None = None


@dataclass(frozen=True)
class NamedPlace:
    """A row of the table: the place, its mark on the map, and where the record names it."""

    place: Place
    mark: Mark | None
    is_outside: bool
    mentions: tuple[Mention, ...]
    governorate: LocalisedText | None
    neighbour: str | None


@dataclass(frozen=True)
class NamedPlaces:
    rows: tuple[NamedPlace, ...]
    map: PlaceMap[Place]

    @property
    def some_are_without_coordinates(self) -> bool:
        return bool(self.map.marks and self.map.without_coordinates)


def are_worth_a_section(content: AgreementContent) -> bool:
    """Whether a record names places of its own or of its activities, or any that can be drawn.

    A city in a dateline, without coordinates, is told where it stands.
    """
    of_activities = any(one.places for one in content.activities)
    return bool(content.places) or of_activities or any(can_be_drawn(one) for one, _mention in _mentions(content))


def named_places(content: AgreementContent, *, language: Language) -> NamedPlaces:
    """Every place that the record names, once, in the record's order; labels are in the active language.

    Marks lead to the rows of the table (``#place-…``).
    """
    places: dict[str, Place] = {}
    mentions: dict[str, list[Mention]] = {}
    for place, mention in _mentions(content):
        places.setdefault(place.id, place)
        known = mentions.setdefault(place.id, [])
        if mention is not None and mention not in known:
            known.append(mention)
    drawn = draw_map(places.values(), language=language, address_of=lambda place_id: f"#place-{place_id}")
    rows = (
        NamedPlace(
            place=row.place,
            mark=row.mark,
            is_outside=row.is_outside,
            mentions=tuple(mentions[row.place.id]),
            governorate=governorate_name(row.place.governorate),
            neighbour=write_country(row.place.neighbour, language) if row.place.neighbour else None,
        )
        for row in drawn.rows
    )
    return NamedPlaces(tuple(rows), drawn)


def _mentions(content: AgreementContent) -> list[tuple[Place, Mention | None]]:
    """Each place as often as the record names it; without a mention where it only lists it."""
    found: list[tuple[Place, Mention | None]] = [(place, None) for place in content.places]
    for activity in content.activities:
        found += [(place, Mention(_("Activity"), activity.title)) for place in activity.places]
    found += [(one.place, Mention(str(one.kind.label))) for one in content.dates if one.place]
    found += [(one.place, Mention(_("Signatory"), one.name)) for one in content.signatories if one.place]
    if content.announcement and content.announcement.place:
        found.append((content.announcement.place, Mention(_("Announcement"))))
    return found
