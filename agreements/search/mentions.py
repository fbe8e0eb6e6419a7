"""Keeps what current editions name, in the transaction that publishes or withdraws them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agreements.editions.models import Edition
from agreements.editions.queries import current_edition, current_editions
from agreements.formats.sorting import sort_key
from agreements.search.analysers import words_of
from agreements.search.coming_dates import coming_dates
from agreements.search.facets import own_date
from agreements.search.index import lock_index
from agreements.search.named import NamedThing, things_named
from agreements.search.thing_models import ComingDate, Mention, NotedEdition, Thing
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.mentions import ThingKind
from agreements.vocabulary.zone import day_in_baghdad

_WRITTEN: Final = (
    "name_en", "name_ar", "name_ckb", "part", "parent", "sequence", "sort_en", "sort_ar", "sort_ckb", "found_by",
)  # fmt: skip


@transaction.atomic
def note_mentions(edition: Edition) -> None:
    """Put what an edition names in the place of what the agreement's edition before named.

    Call it for the current edition only. It holds the index's lock to the end of the transaction, so that two
    never write the same thing at once.
    """
    lock_index()
    content, sequence = edition.content, edition.entry_id
    named = things_named(content)
    before = _take_away(edition.register_number)
    kept = _keep(named.values(), sequence)
    Mention.objects.bulk_create(
        Mention(thing=kept[kind, key], role=role, register_number=edition.register_number, sequence=sequence)
        for (kind, key), thing in named.items()
        for role in thing.roles
    )
    _count(edition.register_number, by=1)
    _note_dates(edition, on=day_in_baghdad(timezone.now()))
    first_day = own_date(content).earliest
    NotedEdition.objects.create(
        register_number=edition.register_number,
        sequence=sequence,
        kind=content.kind,
        year=first_day.year if first_day else None,
        activities=len(content.activities),
    )
    _forget_unnamed(before)


@transaction.atomic
def forget_mentions(register_number: str) -> None:
    """Take away what a withdrawn agreement named; what nothing names any more goes too."""
    lock_index()
    _forget_unnamed(_take_away(register_number))


def note_missing_mentions(*, everything: bool = False) -> int:
    """Bring the tables in step with the current editions; how many agreements were noted anew.

    An agreement a transaction, safe to run again and beside publishing. ``everything`` notes all of them, as
    after a change of what is noted.
    """
    public = current_editions().filter(register_number=OuterRef("register_number"))
    gone = NotedEdition.objects.filter(~Exists(public)).values_list("register_number", flat=True)
    noted = NotedEdition.objects.filter(register_number=OuterRef("register_number"), sequence=OuterRef("entry_id"))
    wanted = current_editions() if everything else current_editions().filter(~Exists(noted))
    missing = list(wanted.order_by("entry_id").values_list("register_number", flat=True))
    for register_number in (*gone, *missing):
        _note_again(register_number)
    return len(missing)


@transaction.atomic
def _note_again(register_number: str) -> None:
    """What is public is asked again under the lock: somebody may have published or withdrawn meanwhile."""
    lock_index()
    edition = current_edition(register_number)
    if edition is None:
        forget_mentions(register_number)
    else:
        note_mentions(edition)


def folded(text: str) -> str:
    """A name as it is compared with what a reader types: letter variants made one, signs left out."""
    return " ".join(word.folded for word in words_of(text))


def _take_away(register_number: str) -> set[int]:
    """Remove what an agreement named; the numbers of the things that it named, and of what those are part of."""
    mentions = Mention.objects.filter(register_number=register_number)
    named = Thing.objects.filter(pk__in=mentions.values("thing_id")).values_list("pk", "kind", "parent")
    before = {pk for pk, _kind, _parent in named} | _rows_of({(kind, parent) for _pk, kind, parent in named})
    _count(register_number, by=-1)
    mentions.delete()
    ComingDate.objects.filter(register_number=register_number).delete()
    NotedEdition.objects.filter(register_number=register_number).delete()
    return before


def _count(register_number: str, *, by: int) -> None:
    """Count an agreement's mentions, as they stand, to the things that they name, or off."""
    sql = """
        INSERT INTO agreements_mentioncount AS known (thing_id, role, agreements)
        SELECT thing_id, role, greatest(%(by)s, 0) FROM agreements_mention WHERE register_number = %(number)s
        UNION ALL
        SELECT DISTINCT thing_id, '', greatest(%(by)s, 0) FROM agreements_mention WHERE register_number = %(number)s
        ON CONFLICT (thing_id, role) DO UPDATE SET agreements = known.agreements + %(by)s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"by": by, "number": register_number})


def _rows_of(keys: Iterable[tuple[str, str]]) -> set[int]:
    return set(Thing.objects.filter(_any_of(keys)).values_list("pk", flat=True))


def _any_of(keys: Iterable[tuple[str, str]]) -> Q:
    of_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in keys:
        of_kind[kind].append(key)
    found = Q(pk__in=[])
    for kind, names in of_kind.items():
        found |= Q(kind=kind, key__in=names)
    return found


def _keep(named: Iterable[NamedThing], sequence: int) -> dict[tuple[str, str], Thing]:
    """The rows of the things, written where this edition is the newest that names them."""
    wanted = list(named)
    any_of_them = _any_of((one.kind.value, one.key) for one in wanted)
    known = {(one.kind, one.key): one for one in Thing.objects.select_for_update().filter(any_of_them).order_by("pk")}
    new, changed = [], []
    for one in wanted:
        row = known.get((one.kind.value, one.key))
        if row is None:
            new.append(_write(Thing(kind=one.kind.value, key=one.key), one, sequence))
        elif sequence >= row.sequence or (one.part and not row.part):
            changed.append(_write(row, one, max(sequence, row.sequence)))
    Thing.objects.bulk_update(changed, _WRITTEN)
    return known | {(one.kind, one.key): one for one in Thing.objects.bulk_create(new)}


def _write(row: Thing, named: NamedThing, sequence: int) -> Thing:
    row.sequence = sequence
    if named.part is not None:
        row.part, row.parent = named.part.model_dump(mode="json"), named.parent
    for language in LANGUAGES:
        best = named.name.best(language)
        setattr(row, f"name_{language}", named.name.get(language) or "")
        setattr(row, f"sort_{language}", f"{sort_key(best.text, language) if best else ''}\t{row.key}")
    short = row.part.get("short_name") or {}
    texts = [named.name.get(language) for language in LANGUAGES] + [short.get(language) for language in LANGUAGES]
    row.found_by = " | ".join(folded(text) for text in (*texts, row.key) if text)
    return row


def _note_dates(edition: Edition, *, on: date) -> None:
    title = edition.content.title.model_dump()
    ComingDate.objects.bulk_create(
        ComingDate(
            register_number=edition.register_number,
            sequence=edition.entry_id,
            kind=one.kind,
            status=one.status,
            earliest=one.when.earliest,
            latest=one.when.latest,
            shown_from=one.shown_from,
            title=title,
            what=one.what.model_dump() if one.what else None,
        )
        for one in coming_dates(edition.content, on=on)
    )


def _forget_unnamed(things: set[int]) -> None:
    """Remove those of these things, and then what they were part of, that no mention and no other thing needs."""
    while things:
        child = Thing.objects.filter(kind=OuterRef("kind"), parent=OuterRef("key"))
        mention = Mention.objects.filter(thing=OuterRef("pk"))
        unnamed = list(Thing.objects.filter(~Exists(mention), ~Exists(child), pk__in=things))
        Thing.objects.filter(pk__in=[one.pk for one in unnamed]).delete()
        things = _rows_of({(one.kind, one.parent) for one in unnamed if one.kind == ThingKind.ORGANIZATION})
