"""Links: the page of the agreement, its announcement, its documents; and whom to ask."""

import re
from typing import Final
from urllib.parse import quote, urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext

from agreements.editions.content import AgreementContent, Contact
from agreements.formats.iati import codes
from agreements.formats.iati.dates import known_day
from agreements.formats.iati.elements import Element, add, in_each_language, narrate
from agreements.formats.iati.subject import Subject
from agreements.vocabulary.kinds import TextLanguage
from agreements.vocabulary.languages import LANGUAGES, LocalisedText

_FORMATS: Final = {".pdf": "application/pdf"}
_SHAPE: Final = re.compile(r"https?://[\x21-\x7e]+")


def add_documents(activity: Element, subject: Subject) -> None:
    """Links to the agreement's page in each language, the announcement, and public documents that fit a category."""
    content, number = subject.content, subject.content.register_number
    for language in LANGUAGES:
        address = f"{subject.origin}/{language}/agreements/{number}/"
        page = _add_link(activity, address, "text/html", content.title, codes.WEB_PAGE, otherwise=number)
        add(page, "language", {"code": language})
    _add_announcement(activity, content)
    for document in content.documents:
        category = codes.DOCUMENT_CATEGORIES.get(document.kind)
        if category is not None:
            address = f"{subject.origin}/documents/{document.sha256}/{quote(document.file_name, safe='')}"
            title, name = document.title, document.file_name
            link = _add_link(activity, address, document.media_type, title, category, otherwise=name)
            _add_language(link, document.language)


def add_contacts(activity: Element, content: AgreementContent) -> None:
    """Whom to ask; an edition has public contacts only."""
    for contact in content.contacts:
        _add_contact(activity, contact)


def web_address(url: str | None) -> str | None:
    """The address with what is not ASCII encoded; ``None`` where it is none of the web, or can't be read."""
    if not url:
        return None
    try:
        urlsplit(url)
    except ValueError:
        return None
    encoded = iri_to_uri(url)
    return encoded if _SHAPE.fullmatch(encoded) else None


def _add_announcement(activity: Element, content: AgreementContent) -> None:
    announcement = content.announcement
    source = content.source_named(announcement.source) if announcement else None
    address = web_address(source.url) if source else None
    if announcement is None or source is None or address is None:
        return
    path = urlsplit(address).path.lower()
    media_type = next((one for end, one in _FORMATS.items() if path.endswith(end)), "text/html")
    title = announcement.headline or in_each_language(lambda _language: gettext("Announcement"))
    link = _add_link(activity, address, media_type, title, codes.MEMORANDUM, otherwise=address)
    _add_language(link, source.language)
    day = known_day(announcement.published_on)
    if day is not None:
        add(link, "document-date", {"iso-date": day.isoformat()})


def _add_link(
    activity: Element, address: str, media_type: str, title: LocalisedText, category: str, *, otherwise: str
) -> Element:
    link = add(activity, "document-link", {"url": address, "format": media_type})
    narrate(add(link, "title"), title, otherwise=otherwise)
    add(link, "category", {"code": category})
    return link


def _add_language(link: Element, language: TextLanguage) -> None:
    if language != TextLanguage.OTHER:
        add(link, "language", {"code": language})


def _add_contact(activity: Element, contact: Contact) -> None:
    info = add(activity, "contact-info", {"type": codes.GENERAL_ENQUIRIES})
    if contact.organization is not None:
        narrate(add(info, "organisation"), contact.organization.name, otherwise=contact.organization.id)
    if contact.name:
        narrate(add(info, "person-name"), contact.name)
    if contact.role:
        narrate(add(info, "job-title"), contact.role)
    if contact.telephone:
        add(info, "telephone", text=contact.telephone)
    if contact.email:
        add(info, "email", text=contact.email)
