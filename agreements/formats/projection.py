"""From degrees to the map's sheet: Iraq whole, with a rim of its neighbours, in units of the drawing.

Lambert's conformal conic projection on the sphere (Snyder, Map Projections: A Working Manual, 1987,
pages 106-107): directions and shapes are right, and between its two parallels lengths are within 1%.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from agreements.reference.boundaries import Line, Point, boundaries

WIDTH: Final = 380.0

_MERIDIAN: Final = math.radians(43.7)
_PARALLELS: Final = (math.radians(30.5), math.radians(36.0))
_RIM: Final = 18.0
"""Room around Iraq, for the marks on its borders."""

_FINENESS: Final = 0.45
"""What lines between governorates may leave of their course: under a pixel on a phone."""


@dataclass(frozen=True)
class Sheet:
    """The drawn ground: paths of SVG, with one decimal."""

    width: float
    height: float
    neighbours: str
    iraq: str
    inner_lines: str


@cache
def sheet() -> Sheet:
    """The ground of every map; drawn once a process."""
    return Sheet(
        width=WIDTH,
        height=_frame().height,
        neighbours=_paths(_rings(of_iraq=False), is_closed=True),
        iraq=_paths(_rings(of_iraq=True), is_closed=True),
        inner_lines=_paths(boundaries().inner_lines, is_closed=False, fineness=_FINENESS),
    )


def on_sheet(longitude: float, latitude: float) -> Point | None:
    """Where a point lies on the sheet, in its units; ``None`` outside it."""
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        return None
    x, y = _frame().place(longitude, latitude)
    return (x, y) if 0 <= x <= WIDTH and 0 <= y <= _frame().height else None


@dataclass(frozen=True)
class _Frame:
    """How projected numbers become the sheet's: north is up."""

    left: float
    top: float
    scale: float
    height: float

    def place(self, longitude: float, latitude: float) -> Point:
        x, y = _project(longitude, latitude)
        return (x - self.left) * self.scale + _RIM, (self.top - y) * self.scale + _RIM


@cache
def _frame() -> _Frame:
    points = [
        _project(*point) for one in boundaries().countries if one.code == "IQ" for ring in one.rings for point in ring
    ]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    bottom, top = min(y for _x, y in points), max(y for _x, y in points)
    scale = (WIDTH - 2 * _RIM) / (right - left)
    return _Frame(left, top, scale, height=math.ceil((top - bottom) * scale + 2 * _RIM))


def _rings(*, of_iraq: bool) -> list[Line]:
    return [ring for one in boundaries().countries if (one.code == "IQ") is of_iraq for ring in one.rings]


@cache
def _cone() -> tuple[float, float]:
    first, second = _PARALLELS
    constant = math.log(math.cos(first) / math.cos(second)) / math.log(_stretch(second) / _stretch(first))
    return constant, math.cos(first) * _stretch(first) ** constant / constant


def _stretch(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


def _project(longitude: float, latitude: float) -> Point:
    # A pole has no place on the sheet, but must not stop the reckoning.
    latitude = max(-89.0, min(89.0, latitude))
    constant, factor = _cone()
    radius = factor / _stretch(math.radians(latitude)) ** constant
    angle = constant * (math.radians(longitude) - _MERIDIAN)
    return radius * math.sin(angle), -radius * math.cos(angle)


def _paths(lines: Iterable[Line], *, is_closed: bool, fineness: float = 0.0) -> str:
    placed = ([_frame().place(*point) for point in line] for line in lines)
    return "".join(_path(_simplified(line, fineness) if fineness else line, is_closed=is_closed) for line in placed)


def _path(line: list[Point], *, is_closed: bool) -> str:
    """Relative steps of tenths: half as long as absolute places. Rounded before, so that no error adds up."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in line]
    steps = [(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(tenths)]
    if is_closed:
        steps = steps[:-1]
    drawn = "".join(f"{_tenths(x)}{'' if y < 0 else ' '}{_tenths(y)} " for x, y in steps if x or y)
    return f"M{_tenths(tenths[0][0])} {_tenths(tenths[0][1])}l{drawn.strip()}{'z' if is_closed else ''}"


def _tenths(value: int) -> str:
    whole, part = divmod(abs(value), 10)
    text = (str(whole) if whole or not part else "") + (f".{part}" if part else "")
    return f"-{text}" if value < 0 else text


def _simplified(line: list[Point], fineness: float) -> list[Point]:
    """Without the points closer than ``fineness`` to the line between their neighbours (Douglas and Peucker)."""
    kept, stretches = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stretches:
        first, last = stretches.pop()
        far, distance = first, fineness
        for number in range(first + 1, last):
            away = _distance(line[number], line[first], line[last])
            if away > distance:
                far, distance = number, away
        if far != first:
            kept.add(far)
            stretches += [(first, far), (far, last)]
    return [point for number, point in enumerate(line) if number in kept]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = math.hypot(x1 - x0, y1 - y0)
    if length == 0:
        return math.hypot(x - x0, y - y0)
    return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length
