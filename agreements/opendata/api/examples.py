"""Real answers of this register, for the document that describes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from agreements.opendata.api.agreements import agreement, agreement_list
from agreements.opendata.api.answers import Answer, address
from agreements.opendata.api.checkpoints import checkpoint_list, consistency, inclusion, newest_answer
from agreements.opendata.api.editions import comparison, edition_answer, edition_list
from agreements.opendata.api.frameworks import framework, framework_list
from agreements.opendata.api.index import index
from agreements.opendata.api.log import entry_answer, log_list
from agreements.opendata.api.organizations import organization, organization_list
from agreements.opendata.api.parameters import MentionParameters, OrganizationParameters, ThingParameters
from agreements.opendata.api.places import place, place_list
from agreements.opendata.api.things import naming_list
from agreements.search.query import Query
from agreements.search.things import thing_named
from agreements.vocabulary.mentions import ThingKind

_ONE = [("limit", "1")]


@dataclass(frozen=True)
class Example:
    """What was asked, and the answer as JSON."""

    request: str
    answer: Any


def examples() -> dict[str, Example]:
    """An answer of each operation that has one, by the operation's name; few where nothing was published yet."""
    return {
        name: Example(request, answer.model_dump(mode="json"))
        for name, request, answer in (*_of_the_register(), *_of_frameworks_and_places(), *_of_the_newest_agreement())
    }


Found = Iterator[tuple[str, str, Answer]]


def _of_the_register() -> Found:
    yield "get_index", address(""), index()
    yield "list_agreements", address("agreements", _ONE), agreement_list(Query(), size=1)
    yield "list_organisations", address("organisations", _ONE), organization_list(OrganizationParameters(limit=1))
    yield "list_log", address("log", _ONE), log_list(after=0, size=1)


def _of_frameworks_and_places() -> Found:
    asked = ThingParameters(limit=1)
    listed, places = framework_list(asked), place_list(asked)
    yield "list_frameworks", address("frameworks", _ONE), listed
    yield "list_places", address("places", _ONE), places
    for one in listed.items:
        yield "get_framework", one.addresses.api, framework(one.id)
        yield "list_agreements_of_framework", *_naming(ThingKind.FRAMEWORK, one.id, one.addresses.agreements)
    for line in places.items:
        key = line.place.id
        yield "get_place", line.addresses.api, place(key)
        yield "list_agreements_of_place", *_naming(ThingKind.PLACE, key, line.addresses.agreements)


def _of_the_newest_agreement() -> Found:
    for newest in agreement_list(Query(), size=1).items:
        number, edition = newest.register_number, newest.edition
        path = f"agreements/{number}"
        some = ["title", "dates"]
        yield "get_agreement", address(path, [("fields", one) for one in some]), agreement(number, fields=some)
        yield "list_editions", address(f"{path}/editions", _ONE), edition_list(number, before=None, size=1)
        answer = edition_answer(number, edition)
        yield "get_edition", address(f"{path}/editions/{edition}"), answer
        sequence = answer.edition.log_sequence
        yield "get_log_entry", address(f"log/{sequence}"), entry_answer(sequence)
        yield from _of_checkpoints(sequence)
        compared = f"{path}/editions/{max(1, edition - 1)}/differences/{edition}"
        yield "compare_editions", address(compared), comparison(number, max(1, edition - 1), edition)
        for party in newest.parties[:1]:
            here = f"organisations/{party.id}"
            yield "get_organisation", address(here), organization(party.id)
            naming = _naming(ThingKind.ORGANIZATION, party.id, address(f"{here}/agreements"))
            yield "list_agreements_of_organisation", *naming


def _of_checkpoints(sequence: int) -> Found:
    """Proofs of an entry; none where it was not signed."""
    try:
        newest = newest_answer()
        size = str(newest.checkpoint.size)
        yield "get_checkpoint", address("log/checkpoint"), newest
        yield "list_checkpoints", address("log/checkpoints", _ONE), checkpoint_list(after=0, size=1)
        yield "prove_inclusion", address("log/proof/inclusion", [("sequence", str(sequence))]), inclusion(sequence)
        sizes = [("from", str(sequence)), ("to", size)]
        yield "prove_consistency", address("log/proof/consistency", sizes), consistency(sequence, int(size))
    except Http404:
        return


def _naming(kind: ThingKind, key: str, where: str) -> tuple[str, Answer]:
    return f"{where}?limit=1", naming_list(kind, key, thing_named(kind, key), MentionParameters(limit=1))
