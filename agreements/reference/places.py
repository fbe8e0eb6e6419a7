"""The places that the portal ships with: border points, ports, airports and the capital of Iraq."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from agreements.vocabulary.kinds import CoordinatePrecision, PlaceKind
from agreements.vocabulary.languages import LocalisedText

_FILE: Final = Path(__file__).parent / "data" / "places.csv"

_KINDS: Final = {
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


@dataclass(frozen=True)
class ShippedPlace:
    """A place as shipped; what an edition says of it (``content.Place``, same ``id``) goes before it."""

    id: str
    name: LocalisedText
    kind: PlaceKind
    country: str | None  # ISO 3166-1 alpha-2, as is ``neighbour``: the country on the other side
    governorate: str | None  # ISO 3166-2
    neighbour: str | None
    latitude: str | None  # WGS 84 decimal degrees, written as in the content contract
    longitude: str | None
    precision: CoordinatePrecision
    coordinate_source: str  # English
    evidence: str  # English: where the place was found to exist


@cache
def shipped_places() -> tuple[ShippedPlace, ...]:
    """All of them, in the file's order; read once a process."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_place(row) for row in csv.DictReader(file))


def shipped_place(place_id: str) -> ShippedPlace | None:
    """The one with this ``Place.id``; ``None`` where the portal ships none."""
    return _by_id().get(place_id)


@cache
def _by_id() -> dict[str, ShippedPlace]:
    return {one.id: one for one in shipped_places()}


def _place(row: dict[str, str]) -> ShippedPlace:
    is_located = bool(row["lat"] and row["lon"])
    return ShippedPlace(
        id=row["id"],
        name=LocalisedText(en=row["name_en"], ar=row["name_ar"] or None, ckb=row["name_ckb_unverified"] or None),
        kind=_KINDS[row["type"]],
        country="IQ",
        governorate=row["governorate"] or None,
        neighbour=row["neighbour"] or None,
        latitude=_degrees(row["lat"]) if is_located else None,
        longitude=_degrees(row["lon"]) if is_located else None,
        precision=_PRECISIONS[row["precision"]],
        coordinate_source=row["coord_source"],
        evidence=row["evidence"],
    )


def _degrees(text: str) -> str:
    return format(round(Decimal(text), 6).normalize(), "f")
