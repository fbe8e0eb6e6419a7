"""An agreement among its relatives: frameworks, what it is part of, its annexes, amendments and activities.

Pure; drawn by ``components/_family.html`` as one nested list with lines, which is table and tree at once:

    family = family_of(content, related=family_editions(edition), as_of=day)

An agreement that amends, renews, supersedes, implements or is part of another one hangs below it, whichever of
the two says so. Each agreement hangs in one place only, also where the record has several relations or a circle.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from agreements.editions.content import Activity, AgreementContent, Framework, RelatedAgreement
from agreements.editions.legal_status import legal_status
from agreements.editions.models import Edition
from agreements.editions.queries import FAMILY
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import REVERSE_RELATIONS, AgreementKind, LegalStatus, RelationKind
from agreements.vocabulary.languages import LocalisedText

_NEARNESS: Final = (
    RelationKind.PART_OF,
    RelationKind.IMPLEMENTS,
    RelationKind.AMENDS,
    RelationKind.RENEWS,
    RelationKind.SUPERSEDES,
)
"""Below which of two relatives an agreement hangs: what it is part of goes before what it amends."""

_MOST_ACTIVITIES: Final = 6
"""The page has a table of all of them."""

_FORWARD: Final = {reverse: kind for kind, reverse in REVERSE_RELATIONS.items()}


@dataclass(frozen=True)
class Tie:
    """One relation, said from the lower agreement's side: ``child`` amends ``parent``, from a date on."""

    child: str
    kind: RelationKind
    parent: str
    effective: PartialDate


@dataclass(frozen=True)
class Member:
    """An agreement of the family. ``kind`` and ``status`` are known of those whose edition was given.

    ``activities`` are those of the agreement at hand, as far as they are drawn; of others only their number is.
    """

    register_number: str
    title: LocalisedText
    kind: AgreementKind | None = None
    status: LegalStatus | None = None
    activity_count: int = 0
    activities: tuple[Activity, ...] = ()
    is_this: bool = False

    @property
    def activities_left_out(self) -> int:
        return self.activity_count - len(self.activities)


@dataclass(frozen=True)
class Branch:
    """A member, the tie that it hangs by (``None`` at the top), and what hangs below it."""

    member: Member
    tie: Tie | None
    branches: tuple["Branch", ...]


@dataclass(frozen=True)
class Family:
    """``is_cut`` where relatives were left out because they are too many."""

    frameworks: tuple[Framework, ...]
    branches: tuple[Branch, ...]
    is_cut: bool


def family_of(content: AgreementContent, *, related: Sequence[Edition] | None, as_of: date) -> Family | None:
    """The family of an agreement; ``None`` where it has no relatives.

    ``related`` are current editions of relatives, near and far: only those are shown, because only they are
    public today. ``None`` shows what the content itself says, and nothing else: a PDF may not depend on what
    others say later. ``as_of`` is the day in Baghdad of their legal status.
    """
    contents = [content, *(one.content for one in related or () if one.register_number != content.register_number)]
    members = {one.register_number: _member(one, as_of, is_this=one is content) for one in contents}
    if related is None:
        named = (Member(one.register_number, one.title) for one in content.relations)
        members = {one.register_number: one for one in named} | members
    if len(members) < 2:
        return None
    ties = _nearest_ties(tie for one in contents for tie in _ties(one) if {tie.child, tie.parent} <= set(members))
    branches = _grow(members, ties)
    return Family(content.frameworks, branches, is_cut=len(related or ()) >= FAMILY)


def _member(content: AgreementContent, as_of: date, *, is_this: bool) -> Member:
    return Member(
        register_number=content.register_number,
        title=content.title,
        kind=content.kind,
        status=legal_status(content, on=as_of),
        activity_count=len(content.activities),
        activities=content.activities[:_MOST_ACTIVITIES] if is_this else (),
        is_this=is_this,
    )


def _ties(content: AgreementContent) -> Iterable[Tie]:
    return (_tie(content.register_number, one) for one in content.relations)


def _tie(number: str, related: RelatedAgreement) -> Tie:
    if isinstance(related.relation, RelationKind):
        return Tie(number, related.relation, related.register_number, related.effective)
    return Tie(related.register_number, _FORWARD[related.relation], number, related.effective)


def _nearest_ties(ties: Iterable[Tie]) -> dict[str, Tie]:
    """The tie that each agreement hangs by, by its register number."""
    nearest: dict[str, Tie] = {}
    for tie in ties:
        known = nearest.get(tie.child)
        if tie.child != tie.parent and (known is None or _order(tie) < _order(known)):
            nearest[tie.child] = tie
    return nearest


def _order(tie: Tie) -> tuple[int, str, bool]:
    return _NEARNESS.index(tie.kind), tie.parent, not tie.effective.is_stated


def _grow(members: dict[str, Member], ties: dict[str, Tie]) -> tuple[Branch, ...]:
    placed: set[str] = set()
    below: dict[str, list[str]] = {}
    for tie in ties.values():
        below.setdefault(tie.parent, []).append(tie.child)

    def branch(number: str, tie: Tie | None) -> Branch:
        placed.add(number)
        children = sorted(below.get(number, ()))
        return Branch(members[number], tie, tuple(branch(one, ties[one]) for one in children if one not in placed))

    tops = [branch(number, None) for number in sorted(members) if number not in ties]
    # What is left turns in a circle: it is opened at its lowest number.
    tops += [branch(number, None) for number in sorted(members) if number not in placed]
    return tuple(tops)
