"""Participants, sources, contacts and objectives of an activity as parts of a content."""

import hashlib
from collections.abc import Iterator
from typing import Final

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext

from agreements.editions.content import (
    Contact,
    Framework,
    ObjectiveName,
    Organization,
    Participation,
    Source,
)
from agreements.formats.iati.elements import in_each_language
from agreements.intake.iati.choices import Choices
from agreements.intake.iati.dates import day_of
from agreements.intake.iati.file import Element
from agreements.intake.iati.organizations import Organizations, name_of
from agreements.intake.iati.reading import Reading
from agreements.publishing.snapshot_parts import objective_name
from agreements.register.fields import localised
from agreements.register.models import directories as rows
from agreements.vocabulary.kinds import FrameworkKind, TextLanguage
from agreements.vocabulary.languages import LANGUAGES, LocalisedText

_SDG: Final = {"tag": ("2", "3"), "sector": ("7", "8")}
"""TagVocabulary and SectorVocabulary: goals and targets of the Sustainable Development Goals."""


def file_source(reading: Reading) -> Source:
    """The publisher's IATI data as the source of all that is read from it; the same for all files of a publisher."""
    element = reading.activity.find("reporting-org")
    publisher, ref = reading.line_of(element, longest=300), ""
    if element is not None:
        ref = reading.value(element, "ref")
        reading.use(element, "type", "secondary-reporter")
    first = next((text for language in LANGUAGES if (text := publisher.get(language))), ref or "–")
    stem = slugify(ref or first)[:60] or hashlib.sha256(first.encode()).hexdigest()[:12]
    title = in_each_language(
        lambda language: gettext("IATI data of %(publisher)s") % {"publisher": publisher.get(language) or first}
    )
    return Source(id=f"iati-{stem}", title=title, publisher=publisher, language=TextLanguage.OTHER)


def read_participations(
    reading: Reading, organizations: Organizations, choices: Choices, *, source: str
) -> tuple[Participation, ...]:
    """Each organisation once a role, as the choices have IATI's roles."""
    found: dict[tuple[str, str], Participation] = {}
    for element in reading.all("participating-org"):
        role = choices.role(element.get("role", ""))
        organization = organizations.read(reading, element) if role is not None else None
        if role is None or organization is None:
            continue
        reading.use(element, "role")
        found.setdefault(
            (role, organization.id), Participation(role=role, organization=organization, source=source)
        )  # fmt: skip
    return tuple(found.values())


def in_role(reading: Reading, organizations: Organizations, code: str) -> list[tuple[Element, Organization]]:
    """Those of one of IATI's roles, with the elements that name them."""
    found = []
    for element in reading.all("participating-org"):
        one = organizations.read(reading, element) if element.get("role") == code else None
        if one is not None:
            reading.use(element, "role")
            found.append((element, one))
    return found


def read_links(reading: Reading, publisher: LocalisedText) -> tuple[Source, ...]:
    """Each document link as a source with its address: its file is not here."""
    found: dict[str, Source] = {}
    for element in reading.all("document-link"):
        url = element.get("url", "").strip()
        if not url.startswith(("https://", "http://")) or len(url) > 1000:  # the column's
            continue
        reading.use(element, "url")
        title = reading.line_of(element.find("title"), longest=1000) or LocalisedText(en=url)
        key = f"iati-document-{hashlib.sha256(url.encode()).hexdigest()[:16]}"
        languages = [one.get("code", "").lower() for one in element.findall("language")]
        language = _language(languages)
        if language is not TextLanguage.OTHER:
            reading.use(element.findall("language")[0], "code")
        found[key] = Source(
            id=key, title=title, publisher=publisher, url=url, language=language,
            published_on=day_of(reading, element.find("document-date")),
        )  # fmt: skip
    return tuple(found.values())


def read_contacts(reading: Reading, organizations: Organizations, *, source: str) -> tuple[Contact, ...]:
    """Contacts with a person or a department to ask; else the organisation is the name."""
    found = []
    for element in reading.all("contact-info"):
        name = reading.line_of(element.find("person-name"), longest=500)
        name = name or reading.line_of(element.find("department"), longest=500)
        organization = organizations.read(reading, element.find("organisation"))
        name = name or (organization.name if organization else LocalisedText())
        if not name:
            continue
        found.append(
            Contact(
                name=name,
                role=reading.line_of(element.find("job-title"), longest=200),
                organization=name_of(organization) if organization else None,
                telephone=reading.text(element.find("telephone"), longest=40) or None,
                email=reading.text(element.find("email"), longest=254) or None,
                source=source,
            )
        )
    return tuple(found)


def read_objectives(reading: Reading) -> tuple[ObjectiveName, ...]:
    """Objectives of frameworks that the directory knows, from tags and from sectors of the SDG lists."""
    return tuple({one.id: one for one in _objectives(reading)}.values())


def frameworks_of(reading: Reading, objectives: tuple[ObjectiveName, ...], *, source: str) -> tuple[Framework, ...]:
    """The frameworks of these objectives, and those that a tag names as a whole."""
    keys = list(dict.fromkeys(one.framework for one in objectives)) + list(_whole_frameworks(reading))
    there = {one.key: one for one in rows.Framework.objects.filter(key__in=keys)}
    return tuple(
        Framework(
            id=key, name=localised(there[key], "name"), kind=FrameworkKind(there[key].kind),
            identifier=there[key].identifier or None, url=there[key].url or None, source=source,
            objectives=tuple(one for one in objectives if one.framework == key),
        )
        for key in dict.fromkeys(keys)
        if key in there
    )  # fmt: skip


def _objectives(reading: Reading) -> Iterator[ObjectiveName]:
    for element, framework, code in _coded(reading):
        asked = Q(framework__key=framework, code__iexact=code)
        row = rows.Objective.objects.filter(asked).select_related("framework").first()
        if row is not None:
            reading.use_all(element)
            yield objective_name(row)


def _coded(reading: Reading) -> Iterator[tuple[Element, str, str]]:
    """Elements that name an objective, with the framework's identifier and the objective's number."""
    for tag, vocabularies in _SDG.items():
        for element in reading.all(tag):
            code = element.get("code", "").strip()
            if element.get("vocabulary") in vocabularies:
                yield element, "sdg", code
            elif tag == "tag" and element.get("vocabulary") == "99":
                yield element, _last_step(element.get("vocabulary-uri", "")), code.rpartition("-")[2]


def _whole_frameworks(reading: Reading) -> Iterator[str]:
    for element in reading.all("tag"):
        key = element.get("code", "")
        address = element.get("vocabulary-uri", "").rstrip("/")
        is_ours = element.get("vocabulary") == "99" and address.endswith("/frameworks")
        if is_ours and rows.Framework.objects.filter(key=key[:80]).exists():
            reading.use_all(element)
            yield key


def _last_step(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2][:80]


def _language(codes: list[str]) -> TextLanguage:
    known = [one for one in codes if one in TextLanguage.values]
    return TextLanguage(known[0]) if len(codes) == 1 and known else TextLanguage.OTHER
