"""Editions: what was published of one agreement, one of them with its content, and two compared."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import Field

from agreements.editions.content import AgreementContent
from agreements.editions.differences import differences
from agreements.editions.models import Edition
from agreements.editions.public import public_edition
from agreements.editions.queries import editions_of
from agreements.opendata.api.addresses import Addresses, addresses_of_edition
from agreements.opendata.api.answers import Answer, Licence, Listing, address, licence, page_links
from agreements.opendata.api.compared import SectionDifference, section_of
from agreements.opendata.api.operations import Words, reading
from agreements.opendata.api.other_seals import OtherSealAnswer, other_seals_of
from agreements.opendata.api.parameters import EditionNumber, PageParameters, RegisterNumber
from agreements.vocabulary.languages import LocalisedText

TAG = _("Editions")


class EditionLine(Answer):
    """An edition: the immutable published version of an agreement."""

    register_number: str
    number: int
    published_at: datetime
    schema_version: int = Field(description=_("The version of the schema that it was published in."))
    content_hash: str = Field(description=_("SHA-256 of its canonical content (RFC 8785), in hexadecimal digits."))
    code: str = Field(description=_("The short form that is printed on paper."))
    note: LocalisedText = Field(description=_("What changed, where it was said."))
    log_sequence: int = Field(description=_("Its place in the log."))
    log_entry: str
    is_current: bool
    addresses: Addresses


class EditionList(Listing):
    """The editions of one agreement, newest first."""

    register_number: str
    items: tuple[EditionLine, ...]


class EditionAnswer(Answer):
    """One edition with its whole content."""

    edition: EditionLine
    other_seals: tuple[OtherSealAnswer, ...] = Field(
        description=_("What parties sealed with certificates of their own; the only part that is added to later.")
    )
    content: AgreementContent = Field(
        description=_(
            "In the newest version of the schema. The bytes that were hashed are at the first address of files."
        )
    )
    licence: Licence | None


class Comparison(Answer):
    """What two editions of an agreement say differently."""

    register_number: str
    older: int
    newer: int
    count: int = Field(description=_("How many fields, parts and orders differ."))
    sections: tuple[SectionDifference, ...]
    licence: Licence | None


@reading(
    "agreements/{register_number}/editions",
    answer=EditionList,
    asks=PageParameters,
    refuses=(404, 410),
    words=Words(TAG, _("List the editions of an agreement"), _("All that was ever published of it, the newest first.")),
)
def list_editions(
    request: HttpRequest, register_number: RegisterNumber, parameters: Query[PageParameters]
) -> EditionList:
    return edition_list(register_number, before=parameters.after or None, size=parameters.limit)


@reading(
    "agreements/{register_number}/editions/{number}",
    answer=EditionAnswer,
    refuses=(404, 410),
    words=Words(
        TAG,
        _("Get one edition"),
        _("An edition with its content, the hash of that, and its place in the log. None of these ever changes."),
    ),
)
def get_edition(request: HttpRequest, register_number: RegisterNumber, number: EditionNumber) -> EditionAnswer:
    return edition_answer(register_number, number)


@reading(
    "agreements/{register_number}/editions/{older}/differences/{newer}",
    answer=Comparison,
    refuses=(404, 410),
    words=Words(
        TAG,
        _("Compare two editions"),
        _("What differs, field by field and part by part. Parts are matched by what they are about, not by place."),
    ),
)
def compare_editions(
    request: HttpRequest, register_number: RegisterNumber, older: EditionNumber, newer: EditionNumber
) -> Comparison:
    return comparison(register_number, older, newer)


def edition_list(register_number: str, *, before: int | None, size: int) -> EditionList:
    """A page of an agreement's editions; see ``public_edition`` for what it raises."""
    current = public_edition(register_number)
    editions = editions_of(register_number).defer("canonical")
    if before is not None:
        editions = editions.filter(number__lt=before)
    rows = list(editions[: size + 1])
    after = rows[size - 1].number if len(rows) > size else None
    return EditionList(
        register_number=register_number,
        items=tuple(line_of(one, is_current=one.pk == current.pk) for one in rows[:size]),
        links=page_links(f"agreements/{register_number}/editions", {"limit": size}, after=after),
        licence=licence(),
    )


def edition_answer(register_number: str, number: int) -> EditionAnswer:
    """One edition; see ``public_edition`` for what it raises."""
    edition = public_edition(register_number, number)
    return EditionAnswer(
        edition=line_of(edition, is_current=_is_current(edition)),
        other_seals=other_seals_of(edition),
        content=edition.content,
        licence=licence(),
    )


def comparison(register_number: str, older: int, newer: int) -> Comparison:
    """Two editions compared; see ``public_edition`` for what it raises."""
    found = differences(public_edition(register_number, older).content, public_edition(register_number, newer).content)
    return Comparison(
        register_number=register_number,
        older=older,
        newer=newer,
        count=found.count,
        sections=tuple(section_of(one) for one in found.sections),
        licence=licence(),
    )


def line_of(edition: Edition, *, is_current: bool) -> EditionLine:
    """What an edition is, without its content."""
    return EditionLine(
        register_number=edition.register_number,
        number=edition.number,
        published_at=edition.published_at,
        schema_version=edition.schema_version,
        content_hash=edition.content_hash,
        code=edition.code,
        note=edition.entry.note,
        log_sequence=edition.entry_id,
        log_entry=address(f"log/{edition.entry_id}"),
        is_current=is_current,
        addresses=addresses_of_edition(edition.register_number, edition.number),
    )


def _is_current(edition: Edition) -> bool:
    return public_edition(edition.register_number).pk == edition.pk
