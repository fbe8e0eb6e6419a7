"""Records with every gap that the contract allows, each with what is odd about it."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from agreements.editions.content import (
    Activity,
    AgreementContent,
    Funding,
    KeyDate,
    Participation,
    Place,
    RelatedAgreement,
)
from agreements.vocabulary.kinds import (
    ActivityStatus,
    CoordinatePrecision,
    DateKind,
    FundingKind,
    OrganizationKind,
    ParticipationRole,
    PlaceKind,
    RelationKind,
)
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.money import Disclosure, Money
from tests.editions.contents import full, text
from tests.formats.iati_written import announced_at, changed, when

Odd = Iterator[tuple[str, AgreementContent]]

_DAYS: Final = ("", "2021", "2021-02", "2021-02-05", "2026-11-23", "2031-01-01")
"""Days of every precision: none, past, that of the file, and to come."""


def odd_contents() -> Odd:
    yield from _texts()
    yield from _organizations()
    yield from _dates()
    yield from _work()
    yield from _places_relations_and_sources()


def _bare() -> AgreementContent:
    return AgreementContent.model_validate(
        {
            "register_number": "MOC-0002", "kind": "other", "title": {}, "summary": {}, "legal_character": "not_stated",
        }
    )  # fmt: skip


def _texts() -> Odd:
    yield "nothing at all", _bare()
    yield (
        "only Sorani",
        _bare().model_copy(update={"title": LocalisedText(ckb="یاداشت"), "summary": LocalisedText(ckb="-")}),
    )
    yield "signs that XML can't carry", changed(title=LocalisedText(en="a\x00b\x0b<c>&\ufffe", ar="\x01"))


def _organizations() -> Odd:
    party = full().participations[0].organization
    for name, organization in (
        ("no identifier", party.model_copy(update={"identifier": None})),
        ("an unfit identifier", party.model_copy(update={"identifier": "XM DAC/1 "})),
        ("no name", party.model_copy(update={"name": LocalisedText()})),
        *((kind, party.model_copy(update={"kind": kind})) for kind in OrganizationKind),
    ):
        rows = [Participation(role=role, organization=organization) for role in ParticipationRole]
        yield f"organisation: {name}", changed(participations=tuple(rows))
    parties = [
        Participation(
            role=ParticipationRole.PARTY, acting_through=party,
            organization=party.model_copy(update={"id": f"party-{number}", "country": ("IQ", "JO", "SY")[number % 3]}),
        )
        for number in range(290)
    ]  # fmt: skip
    yield "290 parties of three countries", changed(participations=tuple(parties))


def _dates() -> Odd:
    for signed, in_force, ended in product(_DAYS, _DAYS, _DAYS):
        dates = ((DateKind.SIGNED, signed), (DateKind.IN_FORCE, in_force), (DateKind.ENDED, ended))
        stated = tuple(KeyDate(kind=kind, date=when(day)) for kind, day in dates if day)
        planned = KeyDate(kind=DateKind.PLANNED_END, date=when("2020-01-01"))
        yield f"dates {signed}, {in_force}, {ended}", _bare().model_copy(update={"dates": (*stated, planned)})


def _work() -> Odd:
    works = tuple(
        Activity(id=f"a{number}", title=LocalisedText(), status=status, start=when(start), end=when(end))
        for number, (status, start, end) in enumerate(product(ActivityStatus, _DAYS, _DAYS))
    )
    yield "activities of every status with every precision", changed(activities=works)
    moneys = (
        Money(),
        Money(disclosure=Disclosure.UNDISCLOSED),
        Money(disclosure="stated", amount="0.00", currency="IQD"),
    )
    funder = full().funding[0].funder
    fundings = tuple(
        Funding(funder=funder, money=money, kind=kind, start=when(start), end=when(end))
        for money, kind, start, end in product(moneys, FundingKind, _DAYS, _DAYS)
    )
    yield "fundings of every kind", changed(funding=fundings)


def _places_relations_and_sources() -> Odd:
    places = tuple(
        Place(
            id=f"p-{kind}-{number}", name=LocalisedText(), kind=kind, latitude=latitude, longitude="44.0", precision=how
        )
        for kind in PlaceKind
        for number, (latitude, how) in enumerate(product((None, "33.3"), CoordinatePrecision))
    )
    yield "places of every kind", changed(places=places, participations=())
    relations = tuple(
        RelatedAgreement(relation=kind, register_number=f"MOC-{number:04}", title=text("Other"))
        for number, kind in enumerate(RelationKind, start=10)
    )
    yield "relations of every kind", changed(relations=relations)
    for url in ("http://[bad", "ftp://x.example/", "https://x.example/ä ب.pdf", "https://x.example/a.pdf?b=c d", None):
        yield f"source at {url}", announced_at(url)
