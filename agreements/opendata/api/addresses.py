"""Where an agreement or an edition is found, in every form that the portal gives it."""

from typing import Final

from django.conf import settings
from django.utils.translation import gettext_noop as _
from pydantic import Field

from agreements.opendata.api.answers import Answer, InLanguages, address

_OF_AN_EDITION: Final = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".iati.xml": "application/xml",
}
_OF_AN_AGREEMENT: Final = _OF_AN_EDITION | {".ics": "text/calendar", ".atom": "application/atom+xml"}
"""Endings of permanent addresses, and what is answered there."""


class File(Answer):
    """The same record in another format."""

    media_type: str
    address: str


class Addresses(Answer):
    """Where the record is found."""

    permanent: str = Field(description=_("The permanent address, which belongs to no language."))
    api: str
    pages: InLanguages
    summaries: InLanguages = Field(description=_("Sealed PDF summaries."))
    files: tuple[File, ...] = Field(
        description=_("The same in other formats. The first one has exactly the bytes that were hashed.")
    )


def addresses_of_agreement(register_number: str) -> Addresses:
    """Those of whatever edition is current."""
    page = f"agreements/{register_number}/"
    return _addresses(f"id/{register_number}", page, f"agreements/{register_number}", _OF_AN_AGREEMENT)


def addresses_of_edition(register_number: str, number: int) -> Addresses:
    """Those that give this edition for ever."""
    page = f"agreements/{register_number}/editions/{number}/"
    return _addresses(f"id/{register_number}/{number}", page, page.rstrip("/"), _OF_AN_EDITION)


def _addresses(permanent: str, page: str, api: str, endings: dict[str, str]) -> Addresses:
    root = f"{settings.PUBLIC_ORIGIN}/{permanent}"
    return Addresses(
        permanent=root,
        api=address(api),
        pages=InLanguages.of(page),
        summaries=InLanguages.of(f"{page}summary.pdf"),
        files=tuple(File(media_type=media_type, address=root + ending) for ending, media_type in endings.items()),
    )
