"""Names in a file and the directories they belong to: found by any of their names, never by likeness alone."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from agreements.intake.cells import key_of
from agreements.register.models.directories import Framework, Organization, OrganizationAlias, Place
from agreements.vocabulary.languages import LANGUAGES, Language

_NAMES: Final = tuple(f"{stem}_{language}" for stem in ("name", "short_name") for language in LANGUAGES)
_ARABIC_LETTERS: Final = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_SORANI_LETTERS: Final = re.compile("[ڕڵێۆەڤگچپژکیھ]")
"""Letters that Sorani writes and Arabic does not; ک and ی also where a Kurdish keyboard wrote Arabic words."""


@dataclass
class OrganizationNames:
    """The organisations of the register by their names, short names, aliases and identifiers."""

    by_key: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "OrganizationNames":
        """All of them: two queries."""
        found = cls()
        for pk, identifier, *names in Organization.objects.values_list("pk", "identifier", *_NAMES):
            found.names[pk] = next((name for name in names if name), "")
            found._add(pk, [*names, identifier])
        for pk, name in OrganizationAlias.objects.values_list("organization_id", "name"):
            found._add(pk, [name])
        return found

    def find(self, name: str) -> int | None:
        """The organisation that is meant; ``None`` where none has the name, or more than one."""
        ids = self.candidates(name)
        return next(iter(ids)) if len(ids) == 1 else None

    def candidates(self, name: str) -> set[int]:
        return self.by_key.get(key_of(name), set())

    def _add(self, pk: int, names: Iterable[str | None]) -> None:
        for name in names:
            if name:
                self.by_key[key_of(name)].add(pk)


@dataclass(frozen=True)
class ThingNames:
    """Places or frameworks by their identifiers and names; a name of several things is none's."""

    ids: dict[str, int]
    names: dict[int, str]

    @classmethod
    def load(cls, model: type[Place] | type[Framework]) -> "ThingNames":
        ids: dict[str, set[int]] = defaultdict(set)
        names = {}
        for pk, key, *texts in model._default_manager.values_list("pk", "key", *_NAMES[: len(LANGUAGES)]):
            names[pk] = next((text for text in texts if text), key)
            for text in (key, *texts):
                if text:
                    ids[key_of(text)].add(pk)
        return cls({key: next(iter(found)) for key, found in ids.items() if len(found) == 1}, names)

    def find(self, name: str) -> int | None:
        return self.ids.get(key_of(name))


def language_of(name: str) -> Language:
    """The language that a name is kept under where nobody says: by its letters."""
    if not _ARABIC_LETTERS.search(name):
        return "en"
    return "ckb" if _SORANI_LETTERS.search(name) else "ar"
