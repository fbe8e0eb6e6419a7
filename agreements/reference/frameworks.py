"""The frameworks that the portal ships with, and their objectives."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from agreements.vocabulary.kinds import FrameworkKind
from agreements.vocabulary.languages import LocalisedText

_FILE: Final = Path(__file__).parent / "data" / "frameworks.json"


@dataclass(frozen=True)
class ShippedObjective:
    """An objective or target as shipped; ``id`` is that of the content contract, such as ``gcm/11``."""

    id: str
    framework: str
    code: str
    title: LocalisedText
    evidence: str  # English: where the wording was checked


@dataclass(frozen=True)
class ShippedFramework:
    """A framework as shipped; what an edition says of it (``content.Framework``, same ``id``) goes before it."""

    id: str
    name: LocalisedText
    kind: FrameworkKind
    identifier: str | None  # e.g. A/RES/73/195
    objectives: tuple[ShippedObjective, ...]  # in the framework's order; none where it has no numbered ones

    def objective(self, code: str) -> ShippedObjective | None:
        """The objective with this number, such as "11" or "8.7"."""
        return next((one for one in self.objectives if one.code == code), None)


@cache
def shipped_frameworks() -> tuple[ShippedFramework, ...]:
    """All of them, in the file's order; read once a process."""
    return tuple(_framework(record) for record in json.loads(_FILE.read_text(encoding="utf-8")))


def shipped_framework(framework_id: str) -> ShippedFramework | None:
    """The one with this ``Framework.id``; ``None`` where the portal ships none."""
    return next((one for one in shipped_frameworks() if one.id == framework_id), None)


def _framework(record: dict[str, Any]) -> ShippedFramework:
    key = record["key"]
    return ShippedFramework(
        id=key,
        name=LocalisedText(**record["name"]),
        kind=FrameworkKind(record["kind"]),
        identifier=record.get("identifier"),
        objectives=tuple(
            ShippedObjective(
                id=f"{key}/{one['code']}",
                framework=key,
                code=one["code"],
                title=LocalisedText(**one["title"]),
                evidence=one.get("evidence", ""),
            )
            for one in record.get("objectives", ())
        ),
    )
