"""Where words stand beside the marks of a map, so that none covers a mark or another word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agreements.vocabulary.languages import Direction

Anchor = Literal["start", "middle", "end"]

_LETTER: Final = 0.6
"""The mean width of a letter in ems, Latin and Arabic, with some room to spare."""

_GAP: Final = 2.2
"""Between a mark and its word, in units of the drawing."""


@dataclass(frozen=True)
class Label:
    """A word on the drawing: the point of its baseline that SVG anchors it by."""

    text: str
    x: float
    y: float
    anchor: Anchor


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """The area that both cover, in square units."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def is_within(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True)
class Lettering:
    """How words are set: size of the letters and radius of the marks, in units of the drawing."""

    size: float
    radius: float
    direction: Direction
    width: float  # of the sheet
    height: float

    def box_of_mark(self, x: float, y: float) -> Box:
        return Box(x - self.radius, y - self.radius, x + self.radius, y + self.radius)

    def places_for(self, text: str, x: float, y: float) -> list[tuple[Label, Box]]:
        """Beside, above and below a mark, and at its corners, the best first."""
        wide, half, beside = len(text) * self.size * _LETTER, self.size / 2, self.radius + _GAP
        corner = beside * 0.7
        above, diagonal = beside + half, corner + half * 0.6
        steps = (
            (beside, 0.0), (-beside, 0.0), (0.0, -above), (0.0, above),
            (corner, -diagonal), (corner, diagonal), (-corner, -diagonal), (-corner, diagonal),
        )  # fmt: skip
        places = []
        for across, down in steps:
            left = x + across - (wide / 2 if not across else wide if across < 0 else 0)
            box = Box(left, y + down - half, left + wide, y + down + half)
            baseline = round(y + down + self.size * 0.34, 1)
            places.append((Label(text, round(x + across, 1), baseline, self._anchor(across)), box))
        return places

    def _anchor(self, across: float) -> Anchor:
        """SVG's "start" is where reading starts: the right edge of a word in Arabic letters."""
        if not across:
            return "middle"
        return "start" if (across > 0) == (self.direction == "ltr") else "end"


def box_of_word(text: str, x: float, y: float, *, size: float) -> Box:
    """The room of a word around the middle of its baseline."""
    half = len(text) * size * _LETTER / 2
    return Box(x - half, y - size * 0.84, x + half, y + size * 0.16)


def place_labels(
    words: Sequence[tuple[str, float, float]], lettering: Lettering, *, beside: Sequence[Box] = (), must: bool = False
) -> list[Label | None]:
    """A label for each word and its mark's point, in their order; ``None`` where no place is free.

    ``beside`` is what stands on the sheet already. With ``must`` every word gets a label: where nothing is
    free, the place that covers least. Needs time that grows with the square of their number.
    """
    taken = [*beside, *(lettering.box_of_mark(x, y) for _text, x, y in words)]
    labels: list[Label | None] = []
    for text, x, y in words:
        best: tuple[float, Label, Box] | None = None
        for label, box in lettering.places_for(text, x, y):
            if not box.is_within(lettering.width, lettering.height):
                continue
            covered = sum(box.overlap(other) for other in taken)
            if best is None or covered < best[0]:
                best = (covered, label, box)
            if not covered:
                break
        if best is None or (best[0] and not must):
            labels.append(None)
            continue
        taken.append(best[2])
        labels.append(best[1])
    return labels
