"""Records as the IATI files that are written of them."""

import datetime as dt
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from agreements.editions.canonical import canonical_bytes
from agreements.editions.content import AgreementContent
from agreements.editions.models import Edition
from agreements.formats.iati.file import iati_xml
from agreements.formats.iati.subject import Reporter, Subject
from agreements.vocabulary.dates import PartialDate
from tests.editions.contents import full
from tests.formats.iati_rules import found

Element = etree._Element
TODAY: Final = dt.date(2026, 11, 23)
PUBLISHED: Final = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
REPORTER: Final = Reporter(ref="XM-DAC-47066", name="International Organization for Migration", type="40")
LICENCE: Final = "CC BY 4.0 <https://creativecommons.org/licenses/by/4.0/>"


def subject_of(content: AgreementContent, **changes: Any) -> Subject:
    canonical = canonical_bytes(content)
    edition = Edition(
        register_number=content.register_number, number=2, canonical=canonical, content_hash="ab" * 32,
        published_at=PUBLISHED,
    )  # fmt: skip
    edition.content = content
    subject = Subject(edition, as_of=TODAY, reporter=REPORTER, origin="https://register.example", licence=LICENCE)
    return replace(subject, **changes)


def written(content: AgreementContent, **changes: Any) -> Element:
    return etree.fromstring(iati_xml(subject_of(content, **changes)))


def changed(**fields: Any) -> AgreementContent:
    """A record with something in every field, but for these."""
    documents = tuple(one.model_copy(update={"media_type": "application/pdf"}) for one in full().documents)
    return full().model_copy(update={"register_number": "MOC-0001", "documents": documents} | fields)


def announced_at(url: str | None) -> AgreementContent:
    """A record whose announcement comes from this address."""
    source, announcement = full().sources[0], full().announcement
    assert announcement is not None
    said = announcement.model_copy(update={"source": source.id})
    return changed(sources=(source.model_copy(update={"url": url}),), announcement=said)


def first(root: Element) -> Element:
    return root[1]  # the first child is the comment


def values(element: Element, expression: str) -> list[str]:
    return [str(one) for one in found(expression, element)]


def when(text: str) -> PartialDate:
    return PartialDate.parse(text)
