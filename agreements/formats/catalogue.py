"""The register as a catalogue for data portals that harvest others: DCAT-AP 3 in JSON-LD.

Terms are in the file itself, so that nothing has to be fetched to read it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.formats.licence import Licence
from agreements.formats.linked import Node, cleaned, in_all_languages
from agreements.vocabulary.languages import LANGUAGES

_EU: Final = "http://publications.europa.eu/resource/authority"
_LANGUAGES: Final = {"en": f"{_EU}/language/ENG", "ar": f"{_EU}/language/ARA", "ckb": f"{_EU}/language/CKB"}
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types"
_REFERENCES: Final = (
    "accessRights", "accessURL", "accrualPeriodicity", "conformsTo", "downloadURL", "endpointDescription",
    "endpointURL", "homepage", "landingPage", "language", "license", "mediaType", "servesDataset", "theme",
)  # fmt: skip
CONTEXT: Final[Node] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{
        name: {"@id": f"{prefix}:{name}", **({"@type": "@id"} if name in _REFERENCES else {})}
        for prefix, names in {
            "dcat": ("accessURL", "dataset", "distribution", "downloadURL", "endpointDescription", "endpointURL",
                     "landingPage", "mediaType", "servesDataset", "service", "theme", "version"),
            "dct": ("accessRights", "accrualPeriodicity", "conformsTo", "description", "identifier", "language",
                    "license", "publisher", "title"),
            "foaf": ("homepage", "name"),
        }.items()
        for name in names
    },
    "modified": {"@id": "dct:modified", "@type": "xsd:dateTime"},
    "contactPoint": {"@id": "dcat:contactPoint"},
    "hasEmail": {"@id": "vcard:hasEmail", "@type": "@id"},
}  # fmt: skip


_DESCRIPTION: Final = _(
    "This register keeps memoranda between international organisations and governments as one public record: in "
    "English, Arabic and Kurdish, with its sources, and with a sealed PDF that anyone can check."
)


@dataclass(frozen=True)
class Form:
    """A file that a dataset is there as; ``standard`` is the address of what it conforms to, where there is one."""

    path: str
    media_type: str
    title: str
    standard: str = ""


@dataclass(frozen=True)
class Dataset:
    """The same facts in one or more forms; ``name`` makes its identifier."""

    name: str
    title: str | Promise
    description: str | Promise
    forms: Sequence[Form]


@dataclass(frozen=True)
class Service:
    """An interface at ``path`` that serves a dataset by its name; ``description`` is the address of its OpenAPI."""

    title: str
    path: str
    description: str
    dataset: str


@dataclass(frozen=True)
class Register:
    """Who gives the register, on what terms, and its state: the place in the log, and when it last changed."""

    origin: str
    operator: str
    contact_email: str
    licence: Licence | None
    version: str
    changed_at: datetime


def catalogue(register: Register, datasets: Iterable[Dataset], services: Iterable[Service] = ()) -> Node:
    """The catalogue with its datasets and services; texts in all languages, each tagged.

    What nobody declared is left out.
    """
    origin = register.origin
    node = {
        "@context": CONTEXT,
        "@id": f"{origin}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "title": in_all_languages(_("MOC Portal")),
        "description": in_all_languages(_DESCRIPTION),
        "homepage": f"{origin}/",
        "publisher": _publisher(register),
        "dataset": [_dataset(one, register) for one in datasets],
        "service": [_service(one, register) for one in services],
    }
    return cleaned(node | _shared(register))


def _service(service: Service, register: Register) -> Node:
    origin = register.origin
    return {
        "@id": f"{origin}/catalog.jsonld#service-{service.dataset}",
        "@type": "dcat:DataService",
        "title": service.title,
        "endpointURL": f"{origin}{service.path}",
        "endpointDescription": f"{origin}{service.description}",
        "servesDataset": f"{origin}/catalog.jsonld#{service.dataset}",
        "license": _licence(register.licence),
        "accessRights": f"{_EU}/access-right/PUBLIC",
    }


def _dataset(dataset: Dataset, register: Register) -> Node:
    origin = register.origin
    node = {
        "@id": f"{origin}/catalog.jsonld#{dataset.name}",
        "@type": "dcat:Dataset",
        "identifier": f"{origin}/catalog.jsonld#{dataset.name}",
        "title": in_all_languages(dataset.title),
        "description": in_all_languages(dataset.description),
        "publisher": {"@id": f"{origin}/#publisher"},
        "landingPage": [f"{origin}/{language}/data/" for language in LANGUAGES],
        "theme": f"{_EU}/data-theme/INTR",
        "accrualPeriodicity": f"{_EU}/frequency/CONT",
        "accessRights": f"{_EU}/access-right/PUBLIC",
        "contactPoint": _contact(register),
        "distribution": [_distribution(form, dataset, register) for form in dataset.forms],
    }
    return node | _shared(register)


def _distribution(form: Form, dataset: Dataset, register: Register) -> Node:
    address = f"{register.origin}{form.path}"
    return {
        "@id": f"{register.origin}/catalog.jsonld#{dataset.name}-{form.title.lower().replace(' ', '-')}",
        "@type": "dcat:Distribution",
        "title": form.title,
        "accessURL": address,
        "downloadURL": address,
        "mediaType": f"{_MEDIA_TYPES}/{form.media_type}",
        "conformsTo": form.standard,
        "license": _licence(register.licence),
        "modified": register.changed_at.isoformat(timespec="seconds"),
    }


def _shared(register: Register) -> Node:
    return {
        "language": list(_LANGUAGES.values()),
        "license": _licence(register.licence),
        "version": register.version,
        "modified": register.changed_at.isoformat(timespec="seconds"),
    }


def _licence(licence: Licence | None) -> str | Node | None:
    if licence is None or licence.url:
        return licence.url if licence else None
    return {"@type": "dct:LicenseDocument", "title": licence.name}


def _publisher(register: Register) -> Node:
    name = register.operator or in_all_languages(_("MOC Portal"))
    return {"@id": f"{register.origin}/#publisher", "@type": "foaf:Organization", "name": name}


def _contact(register: Register) -> Node | None:
    address = register.contact_email
    return {"@type": "vcard:Organization", "hasEmail": f"mailto:{address}"} if address else None
