"""What directory pages ask: things in alphabetical order, and the agreements that name one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import QuerySet
from django.db.models.functions import Collate

from agreements.editions.happenings import editions_in_log
from agreements.editions.models import Edition
from agreements.search.mentions import folded
from agreements.search.thing_models import Mention, MentionCount, Thing
from agreements.vocabulary.languages import Language, LocalisedText
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


@dataclass(frozen=True)
class Mentioned:
    """An agreement whose current edition, at this place in the log, names the thing in these roles."""

    register_number: str
    sequence: int
    roles: tuple[MentionRole, ...]


@dataclass(frozen=True)
class MentionPage:
    """Agreements newest first; ``next_before`` is the place in the log that the next page begins below."""

    mentions: tuple[Mentioned, ...]
    next_before: int | None


def list_things(
    kind: ThingKind, *, language: Language, query: str = "", after: str = "", size: int = _THINGS
) -> ThingPage:
    """A page of the things of one kind that current editions name, those whose names hold ``query`` if it is given.

    An unknown ``after`` begins at the beginning. Three queries, whatever the size of the register.
    """
    order = f"sort_{language}"
    things = _found_by(folded(query).split(), kind).order_by(order)
    last = Thing.objects.filter(kind=kind, key=after).values_list(order, flat=True).first() if after else None
    if last is not None:
        things = things.filter(**{f"{order}__gt": last})
    rows = list(things[: size + 1])
    shown = rows[:size]
    return ThingPage(with_counts(shown), shown[-1].key if len(rows) > size else None)


def keys_listed(
    kind: ThingKind, shipped: Mapping[str, LocalisedText], *, query: str, after: str, size: int
) -> tuple[list[str], str | None]:
    """A page of the ids, in their order, of what current editions name or the portal ships with, under these names.

    The second value is the id that the next page begins behind.
    """
    words = folded(query).split()
    things = _found_by(words, kind).annotate(place=Collate("key", "C")).filter(place__gt=after).order_by("place")
    named = things.values_list("key", flat=True)[: size + 1]
    others = [key for key, name in shipped.items() if key > after and _has_words(name, key, words)]
    keys = sorted({*named, *others})
    return keys[:size], keys[size - 1] if len(keys) > size else None


def _found_by(words: Sequence[str], kind: ThingKind) -> QuerySet[Thing]:
    things = Thing.objects.filter(kind=kind)
    for word in words:
        things = things.filter(found_by__contains=word)
    return things


def _has_words(name: LocalisedText, key: str, words: Sequence[str]) -> bool:
    found_by = [folded(text) for text in (name.en, name.ar, name.ckb, key) if text]
    return all(any(word in one for one in found_by) for word in words)


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
    page = mentions_of(thing, role=role, before=before)
    shown = {one.sequence: one.roles for one in page.mentions}
    editions = editions_in_log(shown)
    return NamingPage(tuple(NamingEdition(one, shown[one.entry_id]) for one in editions), page.next_before)


def mentions_of(
    thing: Thing, *, role: MentionRole | None = None, before: int | None = None, size: int = _AGREEMENTS
) -> MentionPage:
    """The same as register numbers, without a look at the editions."""
    mentions = Mention.objects.filter(thing=thing)
    if role is not None:
        mentions = mentions.filter(role=role)
    if before is not None:
        mentions = mentions.filter(sequence__lt=before)
    grouped = mentions.order_by().values("sequence", "register_number").annotate(roles=ArrayAgg("role"))
    rows = list(grouped.order_by("-sequence")[: size + 1])
    found = tuple(
        Mentioned(row["register_number"], row["sequence"], tuple(one for one in MentionRole if one in row["roles"]))
        for row in rows[:size]
    )
    return MentionPage(found, found[-1].sequence if len(rows) > size else None)
