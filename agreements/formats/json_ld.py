"""An edition as linked data for search engines and programs: schema.org ``Legislation`` in JSON-LD 1.1."""

from datetime import date
from typing import Final

from agreements.editions.content import AgreementContent, Organization, Place
from agreements.editions.legal_status import legal_status
from agreements.editions.models import Edition
from agreements.formats.citation import permanent_address
from agreements.formats.licence import Licence
from agreements.formats.linked import Node, cleaned, in_all_languages
from agreements.vocabulary.kinds import (
    DateKind,
    LegalStatus,
    OrganizationKind,
    ParticipationRole,
    RelationKind,
    ReverseRelationKind,
)
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText

_FORCE: Final = {
    LegalStatus.IN_FORCE: "https://schema.org/InForce",
    LegalStatus.SUSPENDED: "https://schema.org/NotInForce",
    LegalStatus.EXPIRED: "https://schema.org/NotInForce",
    LegalStatus.TERMINATED: "https://schema.org/NotInForce",
    LegalStatus.SUPERSEDED: "https://schema.org/NotInForce",
}
"""``LegalForceStatus``, where the status says; what is only announced or signed is said to be neither."""

_TYPES: Final = {
    OrganizationKind.GOVERNMENT: "GovernmentOrganization",
    OrganizationKind.MINISTRY_OR_COMMISSION: "GovernmentOrganization",
    OrganizationKind.NGO: "NGO",
    OrganizationKind.ACADEMIC: "EducationalOrganization",
}
_RELATIONS: Final[dict[RelationKind | ReverseRelationKind, str]] = {
    RelationKind.AMENDS: "legislationChanges",
    RelationKind.RENEWS: "legislationChanges",
    RelationKind.SUPERSEDES: "legislationChanges",
    RelationKind.IMPLEMENTS: "legislationEnsuresImplementationOf",
    RelationKind.PART_OF: "isPartOf",
    ReverseRelationKind.HAS_PART: "hasPart",
}
"""What schema.org has a property for; of the other side's relations only the one of parts."""


_ADDRESSES: Final = (
    "contentUrl", "isBasedOn", "legislationLegalForce", "legislationLegalValue", "license", "sameAs", "url",
)  # fmt: skip
CONTEXT: Final[Node] = {"@vocab": "https://schema.org/", **{name: {"@type": "@id"} for name in _ADDRESSES}}
"""The terms used here, in the file itself: nobody has to fetch schema.org's own context to read it."""


def legislation(edition: Edition, language: Language, *, origin: str, as_of: date) -> Node:
    """An edition as a schema.org ``Legislation``; what the record does not know is left out.

    Texts are in ``language``, or else in the one they are written in, tagged with it.

    Args:
        origin: the portal's public address, which permanent addresses start with.
        as_of: the day in Baghdad whose legal status is given.
    """
    own: Node = {
        "@context": "https://schema.org",
        "url": f"{origin}/{language}/agreements/{edition.register_number}/",
        "legislationType": str(edition.content.kind.label),
        "alternateName": _others(edition.content.title, language),
        "isPartOf": [{"@type": "Dataset", "@id": f"{origin}/", "name": "MOC Portal", "url": f"{origin}/{language}/"}],
    }
    return cleaned(_node(edition, language, origin=origin, as_of=as_of) | own)


def linked_data(edition: Edition, *, origin: str, as_of: date, licence: Licence | None) -> Node:
    """The same for programs: every text in all languages it is written in, each tagged, and its context inside.

    It also names the edition's SHA-256, where its exact bytes are, and the licence where one is declared.
    """
    number, address = edition.register_number, permanent_address(edition, origin=origin)
    own: Node = {
        "@context": CONTEXT,
        "url": [f"{origin}/{language}/agreements/{number}/" for language in LANGUAGES],
        "legislationType": in_all_languages(edition.content.kind.label),
        "license": (licence.url or {"@type": "CreativeWork", "name": licence.name}) if licence else None,
        "identifier": [{"@type": "PropertyValue", "propertyID": "SHA-256", "value": edition.content_hash}],
        "isPartOf": [{"@type": "Dataset", "@id": f"{origin}/catalog.jsonld#agreements"}],
    }
    node = _node(edition, None, origin=origin, as_of=as_of) | own
    node["encoding"] = [_content(address), *node["encoding"]]
    return cleaned(node)


def _node(edition: Edition, language: Language | None, *, origin: str, as_of: date) -> Node:
    """What both have; with ``None`` for the language, texts are in all of theirs."""
    content = edition.content
    partners = content.participants(ParticipationRole.IMPLEMENTING_PARTNER)
    node: Node = {
        "@context": None,
        "@type": "Legislation",
        "@id": f"{origin}/id/{edition.register_number}",
        "url": None,
        "sameAs": permanent_address(edition, origin=origin),
        "legislationIdentifier": edition.register_number,
        "legislationType": None,
        "name": _text(content.title, language),
        "alternateName": None,
        "abstract": _text(content.summary, language),
        "inLanguage": list(content.languages),
        "version": str(edition.number),
        "datePublished": _stated(content, DateKind.ANNOUNCED),
        "dateModified": edition.published_at.isoformat(timespec="seconds"),
        "legislationDate": _stated(content, DateKind.SIGNED),
        "temporalCoverage": _coverage(content),
        "legislationLegalForce": _FORCE.get(legal_status(content, on=as_of)),
        "legislationPassedBy": [_organization(one.organization, language) for one in content.parties],
        "funder": [_organization(one.organization, language) for one in content.funders],
        "sponsor": [_organization(one.organization, language) for one in partners],
        "spatialCoverage": [_place(one, language) for one in content.places],
        "about": [{"@type": "CreativeWork", "name": _text(one.name, language), "url": one.url}
                  for one in content.frameworks],
        "encoding": [_summary(edition, one, origin=origin) for one in LANGUAGES],
        "isBasedOn": [one.url for one in content.sources if one.url],
        "isPartOf": [],
    }  # fmt: skip
    for related in content.relations:
        name = _RELATIONS.get(related.relation)
        if name is not None:
            other = {"@type": "Legislation", "@id": f"{origin}/id/{related.register_number}"}
            node.setdefault(name, []).append(other | {"name": _text(related.title, language)})
    return node


def _text(text: LocalisedText, language: Language | None) -> str | Node | list[Node] | None:
    if language is None:
        return _in_all(text)
    best = text.best(language)
    if best is None:
        return None
    return best.text if best.language == language else {"@language": best.language, "@value": best.text}


def _in_all(text: LocalisedText) -> list[Node]:
    return [{"@language": one, "@value": text.get(one)} for one in text.languages()]


def _content(address: str) -> Node:
    """The exact bytes that were hashed."""
    return {"@type": "MediaObject", "encodingFormat": "application/json", "contentUrl": f"{address}.json"}


def _others(text: LocalisedText, language: Language) -> list[Node]:
    best = text.best(language)
    shown = best.language if best else None
    return [{"@language": one, "@value": text.get(one)} for one in LANGUAGES if one != shown and text.get(one)]


def _stated(content: AgreementContent, kind: DateKind) -> str | None:
    """A date as far as it is known, in ISO 8601."""
    found = content.date_of(kind)
    return found.date.value if found and found.date.is_stated else None


def _coverage(content: AgreementContent) -> str | None:
    """An ISO 8601 interval; open at the end where no end is stated."""
    start = _stated(content, DateKind.IN_FORCE)
    ends = (_stated(content, kind) for kind in (DateKind.ENDED, DateKind.TERMINATED, DateKind.PLANNED_END))
    return f"{start}/{next(filter(None, ends), '..')}" if start else None


def _organization(organization: Organization, language: Language | None) -> Node:
    return {
        "@type": _TYPES.get(organization.kind, "Organization"),
        "name": _text(organization.name, language),
        "alternateName": _text(organization.short_name, language),
        "identifier": organization.identifier,
        "url": organization.website,
    }


def _place(place: Place, language: Language | None) -> Node:
    node: Node = {"@type": "Place", "name": _text(place.name, language)}
    if place.latitude and place.longitude:
        node["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return node


def _summary(edition: Edition, language: Language, *, origin: str) -> Node:
    path = f"agreements/{edition.register_number}/editions/{edition.number}/summary.pdf"
    return {
        "@type": "LegislationObject",
        "legislationLegalValue": "https://schema.org/UnofficialLegalValue",
        "encodingFormat": "application/pdf",
        "inLanguage": language,
        "contentUrl": f"{origin}/{language}/{path}",
    }
