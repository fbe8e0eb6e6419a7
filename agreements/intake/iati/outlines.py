"""How the activities of a file belong together: which are agreements, and which are work under one."""

from dataclasses import dataclass
from typing import BinaryIO, Final

from agreements.intake.contents.errors import FileFault, FileRefused
from agreements.intake.iati.file import Element, activities, identifier_of, line_of

_FIRST_LEVEL: Final = 1


@dataclass(frozen=True)
class Outline:
    """What an activity says of its place among others; ``place`` is the one in the file, from 1."""

    identifier: str
    hierarchy: int
    parents: tuple[str, ...]
    children: tuple[str, ...]
    line: int
    place: int


def outlines(file: BinaryIO) -> list[Outline]:
    """The outline of every activity of a file, which is read to its end.

    Raises:
        FileRefused: it is no whole IATI 2.01 to 2.03 activity file without a document type.
    """
    found = [_outline(one, place) for place, one in enumerate(activities(file), start=1)]
    if not found:
        raise FileRefused(FileFault.NO_ACTIVITY)
    return found


def tops(found: list[Outline]) -> dict[str, str]:
    """Of each activity below the first level, the one at the top of its chain, where the file holds it."""
    by_id = {one.identifier: one for one in found}
    parent_of: dict[str, str] = {}
    for one in found:
        for ref in one.parents:
            if one.hierarchy > _FIRST_LEVEL and ref in by_id and ref != one.identifier:
                parent_of.setdefault(one.identifier, ref)
        for ref in one.children:
            if ref in by_id and by_id[ref].hierarchy > _FIRST_LEVEL and ref != one.identifier:
                parent_of.setdefault(ref, one.identifier)
    at_the_top: dict[str, str] = {}
    for identifier in parent_of:
        top, way = identifier, {identifier}
        while top in parent_of and parent_of[top] not in way:
            top = parent_of[top]
            way.add(top)
        if top not in parent_of:  # else they go in a circle: each is an agreement of its own
            at_the_top[identifier] = top
    return at_the_top


def _outline(activity: Element, place: int) -> Outline:
    related = [(one.get("type"), (one.get("ref") or "").strip()) for one in activity.findall("related-activity")]
    level = activity.get("hierarchy", "1")
    return Outline(
        identifier=identifier_of(activity),
        hierarchy=int(level) if level.isascii() and level.isdecimal() and len(level) == 1 else 1,
        parents=tuple(ref for kind, ref in related if kind == "1"),
        children=tuple(ref for kind, ref in related if kind == "2"),
        line=line_of(activity),
        place=place,
    )
