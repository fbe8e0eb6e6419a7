"""Boundaries of Iraq, its governorates and its neighbours, for drawing: no statement on any territory's status."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from agreements.vocabulary.languages import LocalisedText

_DATA: Final = Path(__file__).parent / "data"

Point = tuple[float, float]
"""Longitude and latitude, WGS 84 decimal degrees."""

Line = tuple[Point, ...]


@dataclass(frozen=True)
class Country:
    """A country, as far as it lies within the frame (36–51° E, 27.5–39.5° N)."""

    code: str  # ISO 3166-1 alpha-2
    rings: tuple[Line, ...]  # closed: the last point is the first


@dataclass(frozen=True)
class Governorate:
    code: str  # ISO 3166-2
    name: LocalisedText


@dataclass(frozen=True)
class Boundaries:
    countries: tuple[Country, ...]
    inner_lines: tuple[Line, ...]  # between two governorates of Iraq, each once


@cache
def boundaries() -> Boundaries:
    """All that a map is drawn from; read once a process."""
    countries, governorates = _read("countries"), _read("governorates")
    return Boundaries(
        countries=tuple(
            Country(shape["properties"]["iso2"], tuple(_ring(countries, ring) for ring in _rings(shape)))
            for shape in _shapes(countries)
        ),
        inner_lines=tuple(_arc(governorates, number) for number in _shared_arcs(governorates)),
    )


def governorate_name(code: str | None) -> LocalisedText | None:
    """What a governorate is called, by its ISO 3166-2 code; ``None`` where the portal ships none of it."""
    known = governorates().get(code or "")
    return known.name if known else None


@cache
def governorates() -> dict[str, Governorate]:
    """The governorates of Iraq by their ISO 3166-2 code; Halabja is not among them."""
    found = (shape["properties"] for shape in _shapes(_read("governorates")))
    return {
        one["iso_3166_2"]: Governorate(
            code=one["iso_3166_2"],
            name=LocalisedText(en=one["name_en"], ar=one["name_ar"], ckb=one["name_ckb_unverified"]),
        )
        for one in found
    }


def _read(name: str) -> dict[str, Any]:
    topology: dict[str, Any] = json.loads((_DATA / f"{name}.topojson").read_text(encoding="utf-8"))
    return topology


def _shapes(topology: dict[str, Any]) -> list[dict[str, Any]]:
    return [shape for collection in topology["objects"].values() for shape in collection["geometries"]]


def _rings(shape: dict[str, Any]) -> list[list[int]]:
    rings: list[list[int]] = shape["arcs"]
    return rings if shape["type"] == "Polygon" else [ring for polygon in shape["arcs"] for ring in polygon]


def _shared_arcs(topology: dict[str, Any]) -> list[int]:
    uses = Counter(max(arc, ~arc) for shape in _shapes(topology) for ring in _rings(shape) for arc in ring)
    return sorted(arc for arc, count in uses.items() if count > 1)


def _ring(topology: dict[str, Any], arcs: list[int]) -> Line:
    points: list[Point] = []
    for number in arcs:
        line = _arc(topology, max(number, ~number))
        points += (line if number >= 0 else line[::-1])[1 if points else 0 :]
    return tuple(points)


def _arc(topology: dict[str, Any], number: int) -> Line:
    """A line of the topology: differences of whole numbers, to be scaled and moved (TopoJSON 1.0, 2.1.3)."""
    (x_scale, y_scale), (x_start, y_start) = topology["transform"]["scale"], topology["transform"]["translate"]
    points: list[Point] = []
    x = y = 0
    for x_step, y_step in topology["arcs"][number]:
        x, y = x + x_step, y + y_step
        points.append((x * x_scale + x_start, y * y_scale + y_start))
    return tuple(points)
