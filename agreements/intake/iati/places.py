"""Locations and countries of activities as places of the register."""

import hashlib
import re
from typing import Final

from babel import Locale
from django.db.models import Q
from django.utils.text import slugify

from agreements.editions.content import Place
from agreements.formats.iati.codes import ISO_COUNTRY
from agreements.intake.contents.relations import same_title
from agreements.intake.iati.file import Element
from agreements.intake.iati.reading import Reading
from agreements.publishing.snapshot_parts import place
from agreements.register.fields import localised
from agreements.register.models import directories as rows
from agreements.vocabulary.kinds import CoordinatePrecision, PlaceKind
from agreements.vocabulary.languages import LANGUAGES, LocalisedText

_KINDS: Final = {
    "PSTB": PlaceKind.LAND_CROSSING,
    "PRT": PlaceKind.SEA_PORT,
    "AIRP": PlaceKind.AIRPORT,
    "ADM1": PlaceKind.GOVERNORATE,
    "PCLI": PlaceKind.COUNTRY,
    "PCL": PlaceKind.COUNTRY,
    "BLDO": PlaceKind.OFFICE,
}
"""By GeoNames' feature codes, which IATI's list LocationType has."""

_CLASSES: Final = {"1": PlaceKind.GOVERNORATE, "2": PlaceKind.CITY}
_EXACTNESS: Final = {"1": CoordinatePrecision.EXACT, "2": CoordinatePrecision.APPROXIMATE}
_POINT: Final = re.compile(
    r"(?P<latitude>-?\d{1,2}(?P<north>\.\d{1,6})?)(?(north)\d*)\s+"
    r"(?P<longitude>-?\d{1,3}(?P<east>\.\d{1,6})?)(?(east)\d*)",
    re.ASCII,
)
"""Degrees; of their fractions six digits are kept, and more may follow."""

_COUNTRY: Final = re.compile(r"[A-Z]{2}")


def read_places(reading: Reading, *, with_countries: bool) -> tuple[Place, ...]:
    """The locations that have a name and a kind that the register knows, and countries where asked for."""
    found = [_location(reading, one) for one in reading.all("location")]
    if with_countries:
        found += [_country(reading, one) for one in reading.all("recipient-country")]
    return tuple({one.id: one for one in found if one is not None}.values())


def _location(reading: Reading, location: Element) -> Place | None:
    name = reading.line_of(location.find("name"), longest=500)
    here = _place_here(location.get("ref", ""), name)
    if here is not None:
        # What the directory says of the place stands: the file's own coordinates and codes are listed.
        reading.use(location, "ref")
        return here
    kind = _kind(reading, location)
    if not name or kind is None:
        reading.release(location)
        return None
    latitude, longitude, precision = _coordinates(reading, location)
    reading.use(location, "ref")
    first = next(text for language in LANGUAGES if (text := name.get(language)))
    key = (
        slugify(name.get("en") or location.get("ref") or first)[:70]
        or f"place-{hashlib.sha256(first.encode()).hexdigest()[:12]}"
    )
    return Place(
        id=key, name=name, kind=kind, country=_country_of(reading, location), latitude=latitude, longitude=longitude,
        precision=precision,
    )  # fmt: skip


def _place_here(ref: str, name: LocalisedText) -> Place | None:
    asked = Q(key=ref[:80])
    for language in LANGUAGES:
        if text := name.get(language):
            asked |= Q(**{f"name_{language}__iexact": text})
    found = [one for one in rows.Place.objects.filter(asked)[:3] if not name or _is_called(one, name)]
    return place(found[0]) if len(found) == 1 else None


def _is_called(row: rows.Place, name: LocalisedText) -> bool:
    return same_title(localised(row, "name"), name)


def _kind(reading: Reading, location: Element) -> PlaceKind | None:
    feature, level = location.find("feature-designation"), location.find("location-class")
    code = feature.get("code", "") if feature is not None else ""
    kind = _KINDS.get(code) or (PlaceKind.CITY if code.startswith("PPL") else None)
    if kind is not None and feature is not None:
        reading.use(feature, "code")
    if level is not None and (kind is not None or not code):
        kind = kind or _CLASSES.get(level.get("code", ""))
        if kind is not None:
            reading.use(level, "code")
    return kind


def _coordinates(reading: Reading, location: Element) -> tuple[str | None, str | None, CoordinatePrecision]:
    point, exactness = location.find("point"), location.find("exactness")
    pos = point.find("pos") if point is not None else None
    match = _POINT.fullmatch((pos.text or "").strip()) if pos is not None else None
    if match is None or point is None or pos is None:
        return None, None, CoordinatePrecision.NOT_STATED
    latitude, longitude = match["latitude"], match["longitude"]
    if abs(float(latitude)) > 90 or abs(float(longitude)) > 180:  # degrees
        return None, None, CoordinatePrecision.NOT_STATED
    reading.use(point, "srsName")
    reading.use(pos, "")
    code = reading.value(exactness, "code") if exactness is not None else ""
    return latitude, longitude, _EXACTNESS.get(code, CoordinatePrecision.UNVERIFIED)


def _country_of(reading: Reading, location: Element) -> str | None:
    for one in location.findall("administrative"):
        code = one.get("code", "")
        if one.get("vocabulary") == ISO_COUNTRY and _COUNTRY.fullmatch(code):
            reading.use(one, "vocabulary", "level", "code")
            return code
    return None


def _country(reading: Reading, element: Element) -> Place | None:
    code = element.get("code", "").upper()
    names: dict[str, str | None] = {one: Locale(one).territories.get(code) for one in LANGUAGES}
    if not _COUNTRY.fullmatch(code) or not names["en"]:
        return None
    reading.use(element, "code")
    if element.get("percentage") == "100":
        reading.use(element, "percentage")
    row = rows.Place.objects.filter(kind=PlaceKind.COUNTRY, country=code).first()
    if row is not None:
        return place(row)
    return Place(id=f"country-{code.lower()}", name=LocalisedText(**names), kind=PlaceKind.COUNTRY, country=code)
