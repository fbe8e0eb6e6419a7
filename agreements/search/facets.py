"""Which values of which facets an edition has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from agreements.editions.content import AgreementContent, Organization, OrganizationName
from agreements.search.models import Facet
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, LegalStatus
from agreements.vocabulary.languages import LocalisedText

_DATES: Final = (DateKind.SIGNED, DateKind.IN_FORCE, DateKind.ANNOUNCED, DateKind.APPROVED)
_KEY_LENGTH: Final = 200

PLACES_IN_ENTRY: Final = {Facet.KIND: 1, Facet.STATUS: 2, Facet.CHARACTER: 3, Facet.YEAR: 4}
"""Where an entry's values have these facets, of which it has one at most: counted without a look at the others."""

_NO_NAME: Final = LocalisedText()


@dataclass(frozen=True)
class Value:
    """One value of a facet; a name only where the interface has no word for it."""

    facet: Facet
    key: str
    name: LocalisedText = _NO_NAME


def own_date(content: AgreementContent) -> PartialDate:
    """The date that an agreement is sorted by: signed, else in force, announced or approved, else its first one."""
    preferred = (content.date_of(kind) for kind in _DATES)
    stated = [one.date for one in preferred if one and one.date.is_stated]
    if stated:
        return stated[0]
    others = [one.date for one in content.dates if one.date.is_stated]
    return min(others, key=lambda one: one.earliest or date.max, default=PartialDate())


def values_of(content: AgreementContent, status: LegalStatus) -> list[Value]:
    """An edition's values in the record's order, each once, the first ones as ``PLACES_IN_ENTRY`` says."""
    found = {(one.facet, one.key): one for one in reversed(list(_values(content, status)))}
    return list(reversed(found.values()))


def _values(content: AgreementContent, status: LegalStatus) -> Iterator[Value]:
    yield Value(Facet.KIND, content.kind)
    yield Value(Facet.STATUS, status)
    yield Value(Facet.CHARACTER, content.legal_character)
    when = own_date(content)
    if when.value:
        yield Value(Facet.YEAR, when.value[:4])
    yield from (Value(Facet.LANGUAGE, language) for language in content.languages)
    yield from (_named(Facet.PARTY, one.organization) for one in content.parties)
    yield from (_named(Facet.FUNDER, one.organization) for one in content.funders)
    yield from (_named(Facet.FUNDER, one.funder) for one in content.funding)
    for framework in content.frameworks:
        yield Value(Facet.FRAMEWORK, framework.id[:_KEY_LENGTH], framework.name)
    objectives = (*(part.objectives for part in content.frameworks), *(part.objectives for part in content.activities))
    yield from (Value(Facet.OBJECTIVE, one.id[:_KEY_LENGTH], one.title) for part in objectives for one in part)
    places = (*content.places, *(place for activity in content.activities for place in activity.places))
    yield from (Value(Facet.PLACE, one.id[:_KEY_LENGTH], one.name) for one in places)


def _named(facet: Facet, organization: Organization | OrganizationName) -> Value:
    return Value(facet, organization.id[:_KEY_LENGTH], organization.name)
