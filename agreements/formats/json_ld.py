"""An edition as linked data for search engines and programs: schema.org ``Legislation`` in JSON-LD 1.1."""

from datetime import date
from typing import Any, Final

from agreements.editions.content import AgreementContent, Organization, Place
from agreements.editions.legal_status import legal_status
from agreements.editions.models import Edition
from agreements.formats.citation import permanent_address
from agreements.vocabulary.kinds import (
    DateKind,
    LegalStatus,
    OrganizationKind,
    ParticipationRole,
    RelationKind,
    ReverseRelationKind,
)
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText

Node = dict[str, Any]

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


def legislation(edition: Edition, language: Language, *, origin: str, as_of: date) -> Node:
    """An edition as a schema.org ``Legislation``; what the record does not know is left out.

    Texts are in ``language``, or else in the one they are written in, tagged with it.

    Args:
        origin: the portal's public address, which permanent addresses start with.
        as_of: the day in Baghdad whose legal status is given.
    """
    content = edition.content
    partners = content.participants(ParticipationRole.IMPLEMENTING_PARTNER)
    root = f"{origin}/id/{edition.register_number}"
    node: Node = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": root,
        "url": f"{origin}/{language}/agreements/{edition.register_number}/",
        "sameAs": permanent_address(edition, origin=origin),
        "legislationIdentifier": edition.register_number,
        "legislationType": str(content.kind.label),
        "name": _text(content.title, language),
        "alternateName": _others(content.title, language),
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
        "isPartOf": [{"@type": "Dataset", "@id": f"{origin}/", "name": "MOC Portal", "url": f"{origin}/{language}/"}],
    }  # fmt: skip
    for related in content.relations:
        name = _RELATIONS.get(related.relation)
        if name is not None:
            other = {"@type": "Legislation", "@id": f"{origin}/id/{related.register_number}"}
            node.setdefault(name, []).append(other | {"name": _text(related.title, language)})
    cleaned: Node = _without_nothing(node)
    return cleaned


def _text(text: LocalisedText, language: Language) -> str | Node | None:
    best = text.best(language)
    if best is None:
        return None
    return best.text if best.language == language else {"@language": best.language, "@value": best.text}


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


def _organization(organization: Organization, language: Language) -> Node:
    return {
        "@type": _TYPES.get(organization.kind, "Organization"),
        "name": _text(organization.name, language),
        "alternateName": _text(organization.short_name, language),
        "identifier": organization.identifier,
        "url": organization.website,
    }


def _place(place: Place, language: Language) -> Node:
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


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        cleaned = {key: _without_nothing(one) for key, one in value.items()}
        return {key: one for key, one in cleaned.items() if one not in (None, "", [], {})}
    return [_without_nothing(one) for one in value] if isinstance(value, list) else value
