"""Which parts of a record stand on which source."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from agreements.editions.content import AgreementContent, Participation, Source
from agreements.vocabulary.kinds import ParticipationRole

_ANCHORS: Final = {
    "dates": "dates",
    "signatories": "signatories",
    "funding": "funders",
    "activities": "activities",
    "obligations": "obligations",
    "frameworks": "frameworks",
    "principles": "principles",
    "relations": "relations",
    "statements": "statements",
    "contacts": "contacts",
}
"""The anchors of the page by the fields of a content whose parts name their sources."""

_ANCHORS_OF_ROLES: Final = {ParticipationRole.PARTY: "parties", ParticipationRole.FUNDER: "funders"}


@dataclass(frozen=True)
class Reference:
    """A source with its number on the page, and the anchors of the sections that name it, in the page's order."""

    number: int
    source: Source
    anchors: tuple[str, ...]


def references_of(content: AgreementContent) -> tuple[Reference, ...]:
    """The record's sources in their order, each with where it is named."""
    named = list(dict.fromkeys(_named(content)))
    return tuple(
        Reference(number, source, tuple(anchor for source_id, anchor in named if source_id == source.id))
        for number, source in enumerate(content.sources, start=1)
    )


def _named(content: AgreementContent) -> Iterator[tuple[str | None, str]]:
    for one in content.participations:
        yield one.source, _anchor_of(one)
    for field, anchor in _ANCHORS.items():
        for part in getattr(content, field):
            yield part.source, anchor
            for note in getattr(part, "progress", ()):
                yield note.source, anchor
    if content.announcement:
        yield content.announcement.source, "announcement"


def _anchor_of(one: Participation) -> str:
    return _ANCHORS_OF_ROLES.get(one.role, "others")
