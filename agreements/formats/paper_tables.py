"""Long tables of what an agreement consists of on paper: signatures, duties, related agreements, files, sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from agreements.editions.content import AgreementContent, Document, DocumentSignature
from agreements.formats.part_tables import (
    NUMBER,
    OF_EDITION,
    numbered,
    plain_column,
    several_column,
    source_column,
    text_of,
)
from agreements.formats.tables import Column, Table, date_columns
from agreements.vocabulary.files import SignatureClock, SignatureState
from agreements.vocabulary.kinds import (
    DocumentKind,
    ObligationStatus,
    RelationKind,
    ReverseRelationKind,
    TextLanguage,
)

SIGNATORIES: Final = Table(
    name="signatories",
    title=_("Signatories"),
    columns=(
        *OF_EDITION, NUMBER,
        *text_of("name", "Who signed", "part.name"),
        *text_of("capacity", "In what capacity, at that time", "part.capacity"),
        plain_column("party_id", "The party that was signed for", "part.party.id"),
        *text_of("party_name", "That party’s name", "part.party.name"),
        *date_columns("signed_on", "When", lambda one: one.part.signed_on),
        plain_column("place_id", "Where", "part.place.id"),
        *text_of("place_name", "That place’s name", "part.place.name"),
        source_column("part."),
    ),
    key=("register_number", "position"),
    fields=("signatories",),
    parts=lambda content: numbered(content.signatories),
)  # fmt: skip

OBLIGATIONS: Final = Table(
    name="obligations",
    title=_("Obligations"),
    columns=(
        *OF_EDITION,
        plain_column("obligation_id", "The obligation’s identifier within the agreement", "id"),
        *text_of("text", "What is to be done", "text"),
        plain_column("bearer_id", "Who is bound", "bearer.id"),
        *text_of("bearer_name", "That organisation’s name", "bearer.name"),
        *date_columns("due", "By when", lambda one: one.due),
        plain_column("status", "Status as the sources say", "status.value", *ObligationStatus.values),
        *text_of("evidence", "What shows it", "evidence"),
        source_column(),
    ),
    key=("register_number", "obligation_id"),
    fields=("obligations",),
    parts=lambda content: content.obligations,
)  # fmt: skip

RELATIONS: Final = Table(
    name="relations",
    title=_("Related agreements"),
    columns=(
        *OF_EDITION, NUMBER,
        plain_column("relation", "What this agreement is to the other", "part.relation.value",
                     *RelationKind.values, *ReverseRelationKind.values),
        plain_column("other_register_number", "The other agreement’s number", "part.register_number"),
        *text_of("other_title", "Its title", "part.title"),
        *date_columns("effective", "From when on", lambda one: one.part.effective),
        source_column("part."),
    ),
    key=("register_number", "position"),
    fields=("relations",),
    parts=lambda content: numbered(content.relations),
)  # fmt: skip

DOCUMENTS: Final = Table(
    name="documents",
    title=_("Documents"),
    columns=(
        *OF_EDITION,
        plain_column("document_id", "The document’s identifier within the agreement", "id"),
        *text_of("title", "Title", "title"),
        plain_column("kind", "What document it is", "kind.value", *DocumentKind.values),
        plain_column("language", "The language that it is in", "language.value", *TextLanguage.values),
        plain_column("version", "Which version", "version"),
        plain_column("file_name", "The file’s name", "file_name"),
        plain_column("media_type", "What kind of file it is", "media_type"),
        plain_column("size_bytes", "Its size in bytes", "size_bytes", type_="integer"),
        plain_column("sha256", "Its SHA-256", "sha256"),
        plain_column("pages", "How many pages it has, where that is known", "pages", type_="integer"),
        plain_column("is_signed", "Whether it is signed electronically, where that is known", "is_signed",
                     type_="boolean"),
        several_column("taken_out", "What acted by itself and was taken out when the file was uploaded",
                       lambda one: [found.value for found in one.taken_out]),
        plain_column("uploaded_sha256", "The SHA-256 of what was uploaded, where something was taken out of it",
                     "uploaded_sha256"),
    ),
    key=("register_number", "document_id"),
    fields=("documents",),
    parts=lambda content: content.documents,
)  # fmt: skip


@dataclass(frozen=True)
class _Signed:
    """A signature with the document that it is in, and its place there, from 1."""

    document: Document
    number: int
    part: DocumentSignature


def _signed(content: AgreementContent) -> Iterator[_Signed]:
    for document in content.documents:
        yield from (_Signed(document, number, one) for number, one in enumerate(document.signatures, start=1))


SIGNATURES: Final = Table(
    name="signatures",
    title=_("Electronic signatures"),
    columns=(
        *OF_EDITION,
        plain_column("document_id", "The document that it is in, as in documents.csv", "document.id"),
        plain_column("position", "Its place among that document’s signatures, from 1", "number", type_="integer"),
        plain_column("state", "Whether what it covers is as it was signed", "part.state.value",
                     *SignatureState.values),
        plain_column("signer", "Who signed, by the name in the certificate; who issued that was not checked",
                     "part.signer"),
        plain_column("organization", "That certificate’s organisation", "part.organization"),
        Column("signed_at", "datetime", "When, in UTC, where it says so",
               lambda _of, one: one.part.signed_at.isoformat() if one.part.signed_at else ""),
        plain_column("clock", "Whose clock says when", "part.clock.value", *SignatureClock.values),
        plain_column("issuer", "Who issued the certificate, by its own words", "part.issuer"),
        plain_column("was_valid", "Whether the certificate was valid then, by its own dates", "part.was_valid",
                     type_="boolean"),
    ),
    key=("register_number", "document_id", "position"),
    fields=("documents",),
    parts=_signed,
)  # fmt: skip

SOURCES: Final = Table(
    name="sources",
    title=_("Sources"),
    columns=(
        *OF_EDITION,
        plain_column("source_id", "The source’s identifier within the agreement", "id"),
        *text_of("title", "Title", "title"),
        *text_of("publisher", "Publisher", "publisher"),
        *date_columns("published_on", "Day of publication", lambda one: one.published_on),
        plain_column("accessed_on", "When it was read", "accessed_on", type_="date"),
        plain_column("url", "Its address", "url"),
        plain_column("document_id", "The document that it is, as in documents.csv", "document"),
        plain_column("language", "The language that it is in", "language.value", *TextLanguage.values),
        *text_of("rights", "Whose it is", "rights"),
    ),
    key=("register_number", "source_id"),
    fields=("sources",),
    parts=lambda content: content.sources,
)  # fmt: skip
