"""What differs between two contents: field by field, language by language, part by part.

Every field of the content contract is compared, whatever it is: the walk follows the model.
Words for people are made of this in ``formats/differences.py``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel

from agreements.editions.content import (
    AgreementContent,
    KeyDate,
    ObjectiveName,
    Organization,
    OrganizationName,
    Part,
    Place,
    ProgressNote,
    Standing,
)
from agreements.editions.matching import matched, moved
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText
from agreements.vocabulary.terms import Terms

SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "identity": ("register_number", "kind", "title", "standing", "legal_character"),
    "summary": ("summary", "purpose"),
    "participations": ("participations",),
    "dates": ("dates", "duration", "renewal", "termination", "terms"),
    "signatories": ("signatories",),
    "funding": ("funding",),
    "activities": ("activities",),
    "obligations": ("obligations",),
    "frameworks": ("frameworks",),
    "principles": ("principles",),
    "places": ("places",),
    "relations": ("relations",),
    "statements": ("statements",),
    "announcement": ("announcement",),
    "documents": ("documents",),
    "contacts": ("contacts",),
    "sources": ("sources",),
    "corrections": ("corrections",),
    "edition": ("reviewed_by_another", "confirmations"),
}
"""The fields of a content by the section of the page that shows them, in the page's order."""

DIRECTORY: Final = "directory"
"""The section of what the directories say of organisations, places and objectives."""

DIRECTORY_KINDS: Final[dict[type[Part], str]] = {
    Organization: "organization",
    OrganizationName: "organization",
    Place: "place",
    ObjectiveName: "objective",
}
"""Embedded in many parts; what changed in such an entry is told once, not wherever it is named."""

_FIELDS_OF_THEIR_OWNER: Final = (Standing, Terms)
"""Groups of single values: each is told as if it stood in the owner itself."""

_IN_ORDER_OF_DATE: Final = (KeyDate, ProgressNote)
"""Lists that follow their dates: a corrected date moves its part, which is no news of its own."""


@dataclass(frozen=True)
class FieldChange:
    """One field of ``owner`` with what each content says; of a text, in one language."""

    owner: type[BaseModel]
    name: str
    older: Any
    newer: Any
    language: Language | None = None


@dataclass(frozen=True)
class PartChange:
    """A part that was added (no ``older``), removed (no ``newer``), or changed."""

    older: Part | None
    newer: Part | None
    changes: tuple[FieldChange, ...] = ()
    lists: tuple["ListChange", ...] = ()

    @property
    def count(self) -> int:
        """How many differences it is: one where the whole part came or went."""
        return max(1, len(self.changes) + sum(one.count for one in self.lists))


@dataclass(frozen=True)
class ListChange:
    """The parts of one field that differ, and those that only stand in another place now."""

    owner: type[BaseModel]
    name: str
    parts: tuple[PartChange, ...]
    moved: tuple[Part, ...]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.parts) + bool(self.moved)


@dataclass(frozen=True)
class SectionChange:
    section: str
    changes: tuple[FieldChange, ...]
    lists: tuple[ListChange, ...]

    @property
    def count(self) -> int:
        return len(self.changes) + sum(one.count for one in self.lists)


@dataclass(frozen=True)
class Differences:
    """All that differs, in the page's order; ``sections`` holds only those with a difference."""

    older: AgreementContent
    newer: AgreementContent
    sections: tuple[SectionChange, ...]

    @property
    def count(self) -> int:
        """How many fields, parts and orders differ."""
        return sum(one.count for one in self.sections)

    def __bool__(self) -> bool:
        return bool(self.sections)


def differences(older: AgreementContent, newer: AgreementContent) -> Differences:
    """What an older and a newer content of one agreement say differently.

    Parts are matched by who or what they are about, so that one which was moved or corrected is
    not told as removed and added.
    """
    walk = _Walk()
    found = []
    for section, names in SECTIONS.items():
        changes, lists = walk.compared(older, newer, names)
        if changes or lists:
            found.append(SectionChange(section, changes, lists))
    if walk.directory:
        parts = tuple(one.told() for one in walk.directory.values())
        entries = ListChange(AgreementContent, DIRECTORY, parts, ())
        found.append(SectionChange(DIRECTORY, (), (entries,)))
    return Differences(older, newer, tuple(found))


@dataclass
class _Entry:
    """A directory's entry and all that was found to differ in it; embedded with more or less of its fields."""

    older: Part
    newer: Part
    changes: list[FieldChange] = field(default_factory=list)
    lists: list[ListChange] = field(default_factory=list)

    def told(self) -> PartChange:
        return PartChange(self.older, self.newer, tuple(self.changes), tuple(self.lists))


class _Walk:
    """One comparison, with the directories' entries that it has come across."""

    def __init__(self) -> None:
        self.directory: dict[tuple[str, str], _Entry] = {}

    def compared(
        self, older: BaseModel, newer: BaseModel, names: tuple[str, ...]
    ) -> tuple[tuple[FieldChange, ...], tuple[ListChange, ...]]:
        """The differences in these fields of two contents or two parts."""
        changes: list[FieldChange] = []
        lists: list[ListChange] = []
        for name in names:
            before, after = getattr(older, name), getattr(newer, name)
            if before == after:
                continue
            if isinstance(before, _FIELDS_OF_THEIR_OWNER):
                changes.extend(self.compared(before, after, tuple(type(before).model_fields))[0])
            elif _is_parts(before) or _is_parts(after):
                lists.extend(self._list(type(newer), name, before, after))
            elif _is_own_part(before) or _is_own_part(after):
                parts = tuple(self._part(before, after))
                lists += [ListChange(type(newer), name, parts, ())] if parts else []
            elif isinstance(before, Part) and isinstance(after, Part) and _key(before) == _key(after):
                self._note(before, after)
            elif isinstance(before, LocalisedText):
                changes.extend(_texts(type(newer), name, before, after))
            else:
                changes.append(FieldChange(type(newer), name, before, after))
        return tuple(changes), tuple(lists)

    def _list(
        self, owner: type[BaseModel], name: str, older: tuple[Part, ...], newer: tuple[Part, ...]
    ) -> Iterator[ListChange]:
        pairs = matched(older, newer)
        kept = {place for place, _place in pairs}
        before = {place: older[one] for one, place in pairs}
        parts = [PartChange(part, None) for place, part in enumerate(older) if place not in kept]
        for place, part in enumerate(newer):
            if before.get(place) != part:
                parts.extend(self._part(before.get(place), part))
        steady = [
            (one, two) for one, two in pairs if older[one] == newer[two] or type(newer[two]) not in _IN_ORDER_OF_DATE
        ]
        elsewhere = tuple(newer[place] for _place, place in moved(steady))
        if parts or elsewhere:
            yield ListChange(owner, name, tuple(parts), elsewhere)

    def _part(self, older: Part | None, newer: Part | None) -> Iterator[PartChange]:
        if older is None or newer is None:
            yield PartChange(older, newer)
            return
        if type(newer) in DIRECTORY_KINDS:
            self._note(older, newer)
            return
        changes, lists = self.compared(older, newer, tuple(type(newer).model_fields))
        if changes or lists:
            yield PartChange(older, newer, changes, lists)

    def _note(self, older: Part, newer: Part) -> None:
        """Keep what differs in a directory's entry, once however often it is named."""
        changes, lists = self.compared(older, newer, tuple(type(newer).model_fields))
        if not changes and not lists:
            return
        entry = self.directory.setdefault(_key(newer), _Entry(older, newer))
        told = [_said(one) for one in entry.changes]
        entry.changes += [one for one in changes if _said(one) not in told]
        entry.lists += [one for one in lists if one not in entry.lists]


def _said(change: FieldChange) -> tuple[Any, ...]:
    """What a change says, whatever kind of part embeds the entry."""
    return change.name, change.language, change.older, change.newer


def _is_parts(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(one, Part) for one in value)


def _is_own_part(value: Any) -> bool:
    """Whether it is a part that belongs to its owner alone, such as the announcement."""
    return isinstance(value, Part) and type(value) not in DIRECTORY_KINDS


def _key(part: Part) -> tuple[str, str]:
    return DIRECTORY_KINDS[type(part)], getattr(part, "id", "")


def _texts(owner: type[BaseModel], name: str, older: LocalisedText, newer: LocalisedText) -> Iterator[FieldChange]:
    for language in LANGUAGES:
        before, after = older.get(language) or None, newer.get(language) or None
        if before != after:
            yield FieldChange(owner, name, before, after, language)
