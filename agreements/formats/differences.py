"""Differences between two contents as pages show them, in one language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from agreements.editions.content import (
    AgreementContent,
    Confirmation,
    CorrectionNote,
    Funding,
    KeyDate,
    Part,
    Participation,
    RelatedAgreement,
)
from agreements.editions.differences import (
    DIRECTORY_KINDS,
    Differences,
    FieldChange,
    ListChange,
    PartChange,
    SectionChange,
)
from agreements.formats.difference_labels import SECTION_LABELS, label_of
from agreements.formats.difference_words import (
    Name,
    Side,
    in_language,
    in_words,
    is_nothing,
    name_of,
    plain,
    told_apart,
)
from agreements.formats.word_difference import Run, RunKind, without_long_stretches, word_difference
from agreements.vocabulary.languages import ENDONYMS, LANGUAGES, Language, LocalisedText

_IN_THE_NAME: Final = {
    (KeyDate, "kind"),
    (Participation, "role"),
    (Funding, "funder"),
    (Confirmation, "party"),
    (CorrectionNote, "noted_on"),
    (RelatedAgreement, "relation"),
}
"""What the heading of a part says already."""

_SPREAD: Final = {(Participation, "organization")}
"""Parts of a part that are told field by field where it is new, because readers see them with it."""


@dataclass(frozen=True)
class Line:
    """One field; a part that came or went has only one side."""

    label: str
    language: Language | None
    before: Side | None
    after: Side | None

    @property
    def only(self) -> Side | None:
        """The one side of a part that came or went; ``None`` where there are two to compare."""
        return None if self.before and self.after else self.after or self.before

    @property
    def endonym(self) -> str:
        return ENDONYMS[self.language] if self.language else ""


@dataclass(frozen=True)
class PartView:
    """``kind`` is "added", "removed" or "changed"; ``is_open`` where its lines are shown without being asked for."""

    kind: str
    is_open: bool
    name: Name
    lines: tuple[Line, ...]
    lists: tuple["ListView", ...]


@dataclass(frozen=True)
class ListView:
    label: str
    parts: tuple[PartView, ...]
    moved: tuple[Name, ...]


@dataclass(frozen=True)
class SectionView:
    anchor: str
    label: str
    count: int
    lines: tuple[Line, ...]
    lists: tuple[ListView, ...]


@dataclass(frozen=True)
class DifferencesView:
    count: int
    sections: tuple[SectionView, ...]


def view_of_differences(found: Differences, *, language: Language) -> DifferencesView:
    """Everything that a template needs to show differences; labels are in the active language."""
    words = _Words(found.older, found.newer, language)
    return DifferencesView(found.count, tuple(words.section(one) for one in found.sections))


@dataclass(frozen=True)
class _Words:
    older: AgreementContent
    newer: AgreementContent
    language: Language

    def section(self, change: SectionChange) -> SectionView:
        return SectionView(
            anchor=change.section,
            label=str(SECTION_LABELS[change.section]),
            count=change.count,
            lines=tuple(self._line(one) for one in change.changes),
            lists=tuple(self._list(one) for one in change.lists),
        )

    def _list(self, change: ListChange) -> ListView:
        return ListView(
            label=label_of(change.owner, change.name),
            parts=tuple(self._part(one, is_own=change.owner is AgreementContent) for one in change.parts),
            moved=tuple(name_of(one, self.language) for one in change.moved),
        )

    def _part(self, change: PartChange, *, is_own: bool) -> PartView:
        if change.older is not None and change.newer is not None:
            lines = tuple(self._line(one) for one in change.changes)
            lists = tuple(self._list(one) for one in change.lists)
            return PartView("changed", True, name_of(change.newer, self.language), lines, lists)
        part = change.newer or change.older
        assert part is not None  # noqa: S101  # one of the two is always there
        kind = "added" if change.newer else "removed"
        is_open = kind == "added" and (is_own or type(part) not in DIRECTORY_KINDS)
        return PartView(kind, is_open, name_of(part, self.language), tuple(self._details(part, kind)), ())

    def _line(self, change: FieldChange) -> Line:
        label = label_of(change.owner, change.name)
        if change.language is not None:
            return _text_line(label, change, change.language)
        before = in_words(change.name, change.older, self.older, self.language)
        after = in_words(change.name, change.newer, self.newer, self.language)
        if before.text == after.text:
            before = told_apart(change.name, change.older, before)
            after = told_apart(change.name, change.newer, after)
        return Line(label, None, _marked(before, RunKind.REMOVED), _marked(after, RunKind.ADDED))

    def _details(self, part: Part, kind: str) -> Iterator[Line]:
        """What a part that came or went says, a line a field and language."""
        content = self.newer if kind == "added" else self.older

        def line(label: str, side: Side, language: Language | None = None) -> Line:
            return Line(label, language, *((None, side) if kind == "added" else (side, None)))

        for name in type(part).model_fields:
            value = getattr(part, name)
            if name == "id" or is_nothing(value) or (type(part), name) in _IN_THE_NAME:
                continue
            label = label_of(type(part), name)
            if isinstance(value, LocalisedText):
                for language in LANGUAGES:
                    if text := value.get(language):
                        yield line(label, in_language(plain(text).runs, language), language)
            elif (type(part), name) in _SPREAD:
                yield from self._details(value, kind)
            else:
                for one in value if isinstance(value, tuple) else (value,):
                    yield line(label, in_words(name, one, content, self.language))


def _text_line(label: str, change: FieldChange, language: Language) -> Line:
    """A text with its changed words marked: on each side those that are only there."""
    older, newer = change.older or "", change.newer or ""
    runs = without_long_stretches(word_difference(older, newer)) if older and newer else ()
    before = [run for run in runs if run.kind is not RunKind.ADDED] or _whole(RunKind.REMOVED, older)
    after = [run for run in runs if run.kind is not RunKind.REMOVED] or _whole(RunKind.ADDED, newer)
    return Line(label, language, in_language(before, language), in_language(after, language))


def _whole(kind: RunKind, text: str) -> list[Run]:
    return [Run(kind, text)] if text else []


def _marked(side: Side, kind: RunKind) -> Side:
    return Side(tuple(Run(kind, run.text) for run in side.runs), side.language, side.direction, side.is_fallback)
