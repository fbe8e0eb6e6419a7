"""What it is about: one sector, and tags for frameworks and their objectives."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from agreements.editions.content import AgreementContent, Framework, ObjectiveName
from agreements.formats.iati import codes
from agreements.formats.iati.elements import Element, add, narrate
from agreements.formats.iati.subject import Subject
from agreements.vocabulary.languages import LocalisedText

_MIGRATION: Final = {"gcm", "sdg/10.7"}
"""The Global Compact is for "safe, orderly and regular migration", as sector 15190 is, and as target 10.7 wants."""

_SDG: Final = "sdg"
_TARGET: Final = re.compile(r"(?P<goal>[1-9]\d?)\.(?P<target>[1-9]\d?|[a-d])", re.ASCII)
_TARGETS: Final = (
    "5b", "5c", "9d", "7c", "6c", "6b", "3b", "10b", "5c", "7c", "7c", "8c", "3b", "7c", "9c", "10b", "19",
)  # fmt: skip
"""For goals 1 to 17: the last numbered target and the last one with a letter (A/RES/70/1)."""


def add_sector(activity: Element, content: AgreementContent) -> None:
    """The one sector that the record's frameworks found; "not specified" where none does."""
    found = {one.id for one in content.frameworks} | {one.id for one in _objectives(content)}
    code = codes.MIGRATION if found & _MIGRATION else codes.UNSPECIFIED_SECTOR
    add(activity, "sector", {"vocabulary": "1", "code": code, "percentage": "100"})


def add_framework_tags(activity: Element, subject: Subject, frameworks: Iterable[Framework]) -> None:
    """The objectives that the record names of each framework; the framework itself where it names none."""
    for framework in frameworks:
        add_objective_tags(activity, subject, framework.objectives)
        if not framework.objectives:
            address = f"{subject.origin}/en/frameworks/"
            _add_tag(activity, codes.OWN, framework.id, framework.name, address)


def add_objective_tags(activity: Element, subject: Subject, objectives: Iterable[ObjectiveName]) -> None:
    """Goals and targets of the SDGs by the lists for them, other objectives by the framework's own page."""
    for one in objectives:
        vocabulary = sdg_vocabulary(one.code) if one.framework == _SDG else None
        address = None if vocabulary else f"{subject.origin}/en/frameworks/{one.framework}/"
        _add_tag(activity, vocabulary or codes.OWN, one.code, one.title, address)


def sdg_vocabulary(code: str) -> str | None:
    """The TagVocabulary of a goal such as "10" or of a target such as "10.7"; ``None`` where there is no such one."""
    if code.isascii() and code.isdecimal() and code == str(int(code)) and 1 <= int(code) <= len(_TARGETS):
        return codes.SDG_GOAL
    match = _TARGET.fullmatch(code)
    if match is None or int(match["goal"]) > len(_TARGETS):
        return None
    last = _TARGETS[int(match["goal"]) - 1]
    numbered, lettered = last.rstrip("abcd"), last.lstrip("0123456789")
    target = match["target"]
    is_there = int(target) <= int(numbered) if target.isdecimal() else target <= lettered
    return codes.SDG_TARGET if is_there else None


def _objectives(content: AgreementContent) -> Iterator[ObjectiveName]:
    for framework in content.frameworks:
        yield from framework.objectives
    for activity in content.activities:
        yield from activity.objectives


def _add_tag(activity: Element, vocabulary: str, code: str, name: LocalisedText, address: str | None) -> None:
    tag = add(activity, "tag", {"vocabulary": vocabulary, "code": code, "vocabulary-uri": address})
    narrate(tag, name, otherwise=code)
