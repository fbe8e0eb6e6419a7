"""Names of organisations that the register does not know: what comes near them is proposed, people decide."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import connection, transaction

from agreements.intake.cells import key_of
from agreements.intake.errors import NotNow
from agreements.intake.match import OrganizationNames
from agreements.intake.models import Decision, Import, ImportName, ImportState
from agreements.intake.plan import NameDecision
from agreements.register.models.directories import Organization

MOST_PROPOSALS: Final = 5
LIKENESS: Final = 0.5
"""Share of common trigrams from which on a name is proposed (pg_trgm's similarity)."""

LIKENESS_IN_FILE: Final = 0.7
MOST_COMPARED: Final = 1_500
"""Names of one file that are held against each other by trigrams; of more, only those of the same words."""

_SMALL_WORDS: Final = frozenset({"the", "of", "and", "for", "in", "to", "at", "و", "في", "من", "بو", "له"})

# Names that differ in a figure, as "Region 12" and "Region 13", are two, however alike the rest is.
_NEAR_REGISTER: Final = """
    SELECT one.id, near.organization_id, near.name, max(near.likeness)
    FROM agreements_importname one
    CROSS JOIN LATERAL (
        SELECT id AS organization_id, name_en AS name, similarity(name_en, one.name) AS likeness
        FROM agreements_organization WHERE name_en %% one.name
        UNION ALL
        SELECT id, name_ar, similarity(name_ar, one.name) FROM agreements_organization WHERE name_ar %% one.name
        UNION ALL
        SELECT id, name_ckb, similarity(name_ckb, one.name) FROM agreements_organization WHERE name_ckb %% one.name
        UNION ALL
        SELECT organization_id, name, similarity(name, one.name)
        FROM agreements_organizationalias WHERE name %% one.name
    ) near
    WHERE one.of_import_id = %s AND one.decision = 'open' AND near.name <> ''
        AND regexp_replace(near.name, '\\D', '', 'g') = regexp_replace(one.name, '\\D', '', 'g')
    GROUP BY one.id, near.organization_id, near.name
    ORDER BY one.id, max(near.likeness) DESC
"""
_NEAR_EACH_OTHER: Final = """
    SELECT one.id, other.name, other.key, similarity(one.name, other.name)
    FROM agreements_importname one
    JOIN agreements_importname other ON other.of_import_id = one.of_import_id AND other.id < one.id
        AND regexp_replace(one.name, '\\D', '', 'g') = regexp_replace(other.name, '\\D', '', 'g')
        AND similarity(one.name, other.name) >= %s
    WHERE one.of_import_id = %s AND one.decision = 'open'
    ORDER BY one.id, 4 DESC
"""


class UnknownNames:
    """Gathers the names of a file that no organisation of the register has, each spelling once."""

    def __init__(self, known: OrganizationNames) -> None:
        self.known = known
        self.counts: Counter[str] = Counter()
        self.names: dict[str, str] = {}
        self._found: dict[str, bool] = {}

    def note(self, names: Iterable[str]) -> None:
        """Note the names of one row."""
        for name in names:
            if name not in self._found:
                self._found[name] = self.known.find(name) is not None
            if not self._found[name]:
                key = key_of(name)
                self.counts[key] += 1
                self.names.setdefault(key, name)


@transaction.atomic
def keep_names(one: Import, unknown: UnknownNames) -> None:
    """Write down the unknown names of an import with their proposals; what was decided of one before stays.

    A name that nothing comes near is a new organisation; of all others people decide.
    """
    before = {name.key: name for name in ImportName.objects.filter(of_import=one).exclude(decision=Decision.OPEN)}
    ImportName.objects.filter(of_import=one).exclude(key__in=[key for key in before if key in unknown.names]).delete()
    kind = one.mapping.get("organization_kind", "")
    ImportName.objects.bulk_create(
        (
            ImportName(of_import=one, key=key[:500], name=name[:500], rows=unknown.counts[key], kind=kind)
            for key, name in unknown.names.items()
            if key not in before
        ),
        batch_size=1000,
    )
    proposals = _proposals(one, unknown)
    names = list(ImportName.objects.filter(of_import=one, decision=Decision.OPEN))
    for name in names:
        name.proposals = proposals.get(name.pk, [])[:MOST_PROPOSALS]
        if not name.proposals:
            name.decision = Decision.NEW
    ImportName.objects.bulk_update(names, ["proposals", "decision"], batch_size=500)


def decisions_of(one: Import) -> dict[str, NameDecision]:
    """What was decided of each unknown name, by its key."""
    return {
        name.key: NameDecision(Decision(name.decision), name.same_as_id, name.same_name)
        for name in ImportName.objects.filter(of_import=one)
    }


@transaction.atomic
def decide_names(import_id: int, choices: Mapping[int, str], kinds: Mapping[int, str]) -> int:
    """Note what people decided of names; the file is to be checked again then.

    Args:
        choices: by the name's number: "new", an organisation's number as text, or "name:" and the key of another
            name of the file that was proposed; anything else leaves it undecided.
        kinds: the kind of those that are new.

    Raises:
        NotNow: the import is not waiting for decisions.
    """
    one = Import.objects.select_for_update().get(pk=import_id)
    if one.state != ImportState.CHECKED:
        raise NotNow(one.state)
    names = list(ImportName.objects.filter(of_import=one, pk__in=choices))
    offered = Organization.objects.in_bulk([int(choice) for choice in choices.values() if choice.isdecimal()])
    for name in names:
        _decide(name, choices[name.pk], kinds.get(name.pk, ""), offered)
    ImportName.objects.bulk_update(names, ["decision", "same_as", "same_name", "kind"], batch_size=500)
    return len(names)


@transaction.atomic
def decide_rest(import_id: int) -> int:
    """Make a new organisation of every name that is still undecided; how many that were.

    Raises:
        NotNow: as above.
    """
    one = Import.objects.select_for_update().get(pk=import_id)
    if one.state != ImportState.CHECKED:
        raise NotNow(one.state)
    return ImportName.objects.filter(of_import=one, decision=Decision.OPEN).update(decision=Decision.NEW)


def _decide(name: ImportName, choice: str, kind: str, offered: Mapping[int, Organization]) -> None:
    name.same_as, name.same_name = None, ""
    name.kind = kind or name.kind
    if choice == "new":
        name.decision = Decision.NEW
    elif choice.isdecimal() and int(choice) in offered:
        name.decision, name.same_as = Decision.SAME, offered[int(choice)]
    elif choice in {f"name:{one['key']}" for one in name.proposals if one["id"] is None}:
        name.decision, name.same_name = Decision.SAME, choice.removeprefix("name:")
    else:
        name.decision = Decision.OPEN


def _proposals(one: Import, unknown: UnknownNames) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIKENESS)])
        cursor.execute(_NEAR_REGISTER, [one.pk])
        for pk, organization_id, name, likeness in cursor.fetchall():
            _propose(found[pk], organization_id, name, "", likeness)
        if len(unknown.names) <= MOST_COMPARED:
            cursor.execute(_NEAR_EACH_OTHER, [LIKENESS_IN_FILE, one.pk])
            for pk, name, key, likeness in cursor.fetchall():
                _propose(found[pk], None, name, key, likeness)
    for pk, name, key in _of_the_same_words(one):
        _propose(found[pk], None, name, key, 1.0)
    for pk, name in ImportName.objects.filter(of_import=one, decision=Decision.OPEN).values_list("pk", "name"):
        for organization_id in unknown.known.candidates(name):  # it has several organisations' name
            _propose(found[pk], organization_id, unknown.known.names[organization_id], "", 1.0)
    return found


def _propose(
    proposals: list[dict[str, Any]], organization_id: int | None, name: str, key: str, likeness: float
) -> None:
    if not any((one["id"], one["key"]) == (organization_id, key) for one in proposals):
        proposals.append({"id": organization_id, "name": name, "key": key, "likeness": round(likeness * 100)})


def _of_the_same_words(one: Import) -> Iterable[tuple[int, str, str]]:
    """Names of the file that differ from an earlier one in small words or in the words' order only."""
    first: dict[frozenset[str], tuple[str, str]] = {}
    for pk, name, key, decision in (
        ImportName.objects.filter(of_import=one).order_by("pk").values_list("pk", "name", "key", "decision")
    ):
        words = frozenset(key.split()) - _SMALL_WORDS
        earlier = first.setdefault(words, (name, key))
        if earlier[1] != key and decision == Decision.OPEN:
            yield pk, *earlier
