"""What directory pages ask: things in alphabetical order, and the agreements that name one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.aggregates import ArrayAgg

from agreements.editions.models import Edition
from agreements.search.mentions import folded
from agreements.search.thing_models import Mention, MentionCount, Thing
from agreements.vocabulary.languages import Language
from agreements.vocabulary.mentions import MentionRole, ThingKind

_THINGS: Final = 50
_AGREEMENTS: Final = 20
_PARTS: Final = 200


@dataclass(frozen=True)
class RoleCount:
    role: MentionRole
    agreements: int


@dataclass(frozen=True)
class ListedThing:
    """A thing with how many agreements name it, in all and by role; one agreement may stand in several roles."""

    thing: Thing
    agreements: int
    roles: tuple[RoleCount, ...]

    def count(self, role: MentionRole) -> int:
        return next((one.agreements for one in self.roles if one.role == role), 0)

    @property
    def as_party(self) -> int:
        return self.count(MentionRole.PARTY)

    @property
    def as_funder(self) -> int:
        return self.count(MentionRole.FUNDER)

    @property
    def as_partner(self) -> int:
        return self.count(MentionRole.IMPLEMENTING_PARTNER)

    @property
    def otherwise(self) -> tuple[RoleCount, ...]:
        shown = (MentionRole.PARTY, MentionRole.FUNDER, MentionRole.IMPLEMENTING_PARTNER, MentionRole.SIGNED_FOR)
        return tuple(one for one in self.roles if one.role not in shown)


@dataclass(frozen=True)
class ThingPage:
    """Things in the language's alphabetical order; ``next_after`` is the key that the next page begins behind."""

    things: tuple[ListedThing, ...]
    next_after: str | None


@dataclass(frozen=True)
class NamingEdition:
    """A current edition, and the roles in which it names the thing."""

    edition: Edition
    roles: tuple[MentionRole, ...]


@dataclass(frozen=True)
class NamingPage:
    """Agreements newest first; ``next_before`` is the place in the log that the next page begins below."""

    editions: tuple[NamingEdition, ...]
    next_before: int | None


def list_things(kind: ThingKind, *, language: Language, query: str = "", after: str = "") -> ThingPage:
    """A page of the things of one kind that current editions name, those whose names hold ``query`` if it is given.

    An unknown ``after`` begins at the beginning. Three queries, whatever the size of the register.
    """
    order = f"sort_{language}"
    things = Thing.objects.filter(kind=kind).order_by(order)
    for word in folded(query).split():
        things = things.filter(found_by__contains=word)
    last = Thing.objects.filter(kind=kind, key=after).values_list(order, flat=True).first() if after else None
    if last is not None:
        things = things.filter(**{f"{order}__gt": last})
    rows = list(things[: _THINGS + 1])
    shown = rows[:_THINGS]
    return ThingPage(with_counts(shown), shown[-1].key if len(rows) > _THINGS else None)


def with_counts(things: Sequence[Thing]) -> tuple[ListedThing, ...]:
    """The same things with how many agreements name each, in all and by role."""
    rows = MentionCount.objects.filter(thing__in=things, agreements__gt=0).order_by()
    found = {(pk, role): agreements for pk, role, agreements in rows.values_list("thing_id", "role", "agreements")}
    return tuple(
        ListedThing(
            thing,
            found.get((thing.pk, ""), 0),
            tuple(RoleCount(role, found[thing.pk, role]) for role in MentionRole if (thing.pk, role) in found),
        )
        for thing in things
    )


def things_between(first: int, last: int) -> list[tuple[ThingKind, str]]:
    """Kinds and keys of the things whose numbers lie in a stretch, in their order."""
    found = Thing.objects.filter(pk__range=(first, last)).order_by("pk").values_list("kind", "key")
    return [(ThingKind(kind), key) for kind, key in found]


def newest_thing() -> int:
    """The highest number that a thing has; 0 where there is none."""
    return Thing.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def thing_named(kind: ThingKind, key: str) -> Thing | None:
    return Thing.objects.filter(kind=kind, key=key).first()


def things_named_by_keys(kind: ThingKind, keys: Iterable[str]) -> dict[str, ListedThing]:
    """Those of the keys that current editions name, with their counts."""
    listed = with_counts(list(Thing.objects.filter(kind=kind, key__in=list(keys))))
    return {one.thing.key: one for one in listed}


def parts_of(thing: Thing, *, kind: ThingKind, language: Language) -> tuple[ListedThing, ...]:
    """The bodies of an organisation, or the objectives of a framework; the first 200."""
    return with_counts(list(Thing.objects.filter(kind=kind, parent=thing.key).order_by(f"sort_{language}")[:_PARTS]))


def agreements_naming(thing: Thing, *, role: MentionRole | None = None, before: int | None = None) -> NamingPage:
    """Current editions that name a thing, in one role or in any, newest first."""
    mentions = Mention.objects.filter(thing=thing)
    if role is not None:
        mentions = mentions.filter(role=role)
    if before is not None:
        mentions = mentions.filter(sequence__lt=before)
    grouped = mentions.order_by().values("sequence").annotate(roles=ArrayAgg("role")).order_by("-sequence")
    rows = list(grouped[: _AGREEMENTS + 1])
    shown = {row["sequence"]: row["roles"] for row in rows[:_AGREEMENTS]}
    editions = Edition.objects.select_related("entry").filter(entry_id__in=list(shown)).order_by("-entry_id")
    found = tuple(
        NamingEdition(edition, tuple(one for one in MentionRole if one in shown[edition.entry_id]))
        for edition in editions
    )
    return NamingPage(found, min(shown) if len(rows) > _AGREEMENTS else None)
