"""The content contract: everything that one edition of an agreement says.

Pages, PDFs, exports and search are functions of :class:`AgreementContent`. A change that old
editions do not satisfy needs a new ``schema_version`` and an upgrader in ``readers.py``.
"""

import datetime as dt
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.files import ActiveContent, SignatureClock, SignatureState
from agreements.vocabulary.kinds import (
    ActivityStatus,
    AgreementKind,
    CoordinatePrecision,
    DateKind,
    DocumentKind,
    FrameworkKind,
    FundingKind,
    LegalCharacter,
    ObligationStatus,
    OrganizationKind,
    ParticipationRole,
    PlaceKind,
    RelationKind,
    ReverseRelationKind,
    StatementForm,
    TextLanguage,
    TextStanding,
)
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText
from agreements.vocabulary.money import Money
from agreements.vocabulary.sections import Section
from agreements.vocabulary.terms import Terms

SCHEMA_VERSION: Final = 2


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OrganizationName(Part):
    id: str
    name: LocalisedText


class Organization(Part):
    """An organisation as it was on the day; ``id`` is stable, ``identifier`` is its org-id code."""

    id: str
    name: LocalisedText
    short_name: LocalisedText = LocalisedText()
    kind: OrganizationKind
    identifier: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    website: str | None = None
    parent: OrganizationName | None = None


class Source(Part):
    """Where facts come from. Other parts name it by ``id``."""

    id: str
    title: LocalisedText
    publisher: LocalisedText
    published_on: PartialDate = PartialDate()
    accessed_on: dt.date | None = None
    url: str | None = None
    document: str | None = None  # the id of a document of this agreement
    language: TextLanguage
    rights: LocalisedText = LocalisedText()


class Place(Part):
    """A place; without coordinates where none are known well enough to draw."""

    id: str
    name: LocalisedText
    kind: PlaceKind
    country: str | None = None  # ISO 3166-1 alpha-2
    governorate: str | None = None  # ISO 3166-2
    neighbour: str | None = None  # ISO 3166-1 alpha-2
    latitude: str | None = None  # WGS 84 decimal degrees, as a string: no floating point in hashed content
    longitude: str | None = None
    precision: CoordinatePrecision = CoordinatePrecision.NOT_STATED


class Standing(Part):
    """What the agreement's text in each language is worth, where a source says so."""

    en: TextStanding = TextStanding.NOT_STATED
    ar: TextStanding = TextStanding.NOT_STATED
    ckb: TextStanding = TextStanding.NOT_STATED

    def of(self, language: Language) -> TextStanding | None:
        """The standing of one language's text; ``None`` where it is not stated."""
        standing: TextStanding = getattr(self, language)
        return None if standing is TextStanding.NOT_STATED else standing


LocalTime = Annotated[
    dt.time,
    # "time" as a format is one with its offset from UTC (RFC 3339), which this is not.
    WithJsonSchema({"type": "string", "pattern": r"^[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?$"}),
]
"""A time of day where something happened, as "20:08:00"."""


class KeyDate(Part):
    kind: DateKind
    date: PartialDate
    time: LocalTime | None = None
    time_zone: str | None = None  # IANA name; given with the time
    place: Place | None = None
    note: LocalisedText = LocalisedText()
    source: str | None = None


class Participation(Part):
    role: ParticipationRole
    organization: Organization
    acting_through: Organization | None = None
    note: LocalisedText = LocalisedText()
    source: str | None = None


class Signatory(Part):
    name: LocalisedText
    capacity: LocalisedText = LocalisedText()  # at the time of signing
    party: OrganizationName
    signed_on: PartialDate = PartialDate()
    place: Place | None = None
    source: str | None = None


class Funding(Part):
    funder: OrganizationName
    recipient: OrganizationName | None = None
    money: Money
    kind: FundingKind
    start: PartialDate = PartialDate()
    end: PartialDate = PartialDate()
    purpose: LocalisedText = LocalisedText()
    source: str | None = None


class ProgressNote(Part):
    noted_on: PartialDate
    text: LocalisedText
    source: str | None = None


class ObjectiveName(Part):
    """An objective of a framework, such as ``gcm/11``."""

    id: str
    framework: str
    code: str
    title: LocalisedText


class Activity(Part):
    id: str
    title: LocalisedText
    description: LocalisedText = LocalisedText()
    area: LocalisedText = LocalisedText()
    status: ActivityStatus
    start: PartialDate = PartialDate()
    end: PartialDate = PartialDate()
    places: tuple[Place, ...] = ()
    responsible: tuple[OrganizationName, ...] = ()
    objectives: tuple[ObjectiveName, ...] = ()
    progress: tuple[ProgressNote, ...] = ()
    source: str | None = None


class Obligation(Part):
    id: str
    text: LocalisedText
    bearer: OrganizationName
    due: PartialDate = PartialDate()
    status: ObligationStatus
    evidence: LocalisedText = LocalisedText()
    source: str | None = None


class Framework(Part):
    """A framework that the agreement serves, with the objectives it names (often none)."""

    id: str
    name: LocalisedText
    kind: FrameworkKind
    identifier: str | None = None  # e.g. A/RES/73/195
    url: str | None = None
    objectives: tuple[ObjectiveName, ...] = ()
    note: LocalisedText = LocalisedText()
    source: str | None = None


class Principle(Part):
    id: str
    name: LocalisedText
    source: str | None = None


class Statement(Part):
    speaker: LocalisedText
    capacity: LocalisedText
    organization: OrganizationName | None = None
    form: StatementForm
    text: LocalisedText
    said_on: PartialDate = PartialDate()
    source: str | None = None


class Announcement(Part):
    headline: LocalisedText
    dateline: LocalisedText = LocalisedText()
    published_on: PartialDate
    published_at: dt.datetime | None = None  # with its offset, where the minute is known
    agency: Organization | None = None
    place: Place | None = None
    text: LocalisedText
    source: str | None = None


class DocumentSignature(Part):
    """An electronic signature inside a file, as it was found when the file was looked at.

    The names are those of the certificate; who issued it is told and was not checked.
    """

    state: SignatureState
    signer: str | None = None
    organization: str | None = None
    signed_at: dt.datetime | None = None  # in UTC
    clock: SignatureClock | None = None  # whose, given with the moment
    issuer: str | None = None
    was_valid: bool | None = None  # whether the moment lies within the certificate's own dates


class Document(Part):
    id: str
    title: LocalisedText
    kind: DocumentKind
    language: TextLanguage
    version: str
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    # Left out where unknown, so that a content that says nothing new keeps its hash.
    pages: int | None = Field(default=None, exclude_if=lambda pages: pages is None)
    is_signed: bool | None = Field(
        default=None, exclude_if=lambda signed: signed is None
    )  # in the file, electronically
    signatures: tuple[DocumentSignature, ...] = Field(default=(), exclude_if=lambda found: not found)
    taken_out: tuple[ActiveContent, ...] = Field(default=(), exclude_if=lambda found: not found)
    uploaded_sha256: str | None = Field(
        default=None, exclude_if=lambda digest: digest is None
    )  # of the file as it was handed in, before something was taken out of it

    @property
    def taken_out_labels(self) -> list[str]:
        """What was taken out of the file, in the active language."""
        return [str(one.label) for one in self.taken_out]


class Contact(Part):
    name: LocalisedText
    role: LocalisedText = LocalisedText()
    organization: OrganizationName | None = None
    telephone: str | None = None
    email: str | None = None
    source: str | None = None


class Confirmation(Part):
    """A party that said, through a person of its own, that this content is right as it stands."""

    party: OrganizationName
    person: str | None = None  # only with that person's consent
    confirmed_on: dt.date  # the day in Baghdad


class CorrectionNote(Part):
    """What was wrong in an earlier edition, and when it was noted that it is put right.

    ``report`` is the number of the reader's report that it answers, as "R-12", where there was one.
    """

    noted_on: dt.date  # the day in Baghdad
    section: Section | None = None  # nothing where it concerns the whole record
    text: LocalisedText
    report: str | None = None


class RelatedAgreement(Part):
    relation: RelationKind | ReverseRelationKind
    register_number: str
    title: LocalisedText
    effective: PartialDate = PartialDate()
    source: str | None = None


class AgreementContent(Part):
    """One edition's content. Field order is the order of the page; hashing does not depend on it."""

    schema_version: Literal[2] = SCHEMA_VERSION
    register_number: str
    kind: AgreementKind
    title: LocalisedText
    standing: Standing = Standing()
    summary: LocalisedText
    purpose: LocalisedText = LocalisedText()
    legal_character: LegalCharacter
    dates: tuple[KeyDate, ...] = ()
    duration: LocalisedText = LocalisedText()
    renewal: LocalisedText = LocalisedText()
    termination: LocalisedText = LocalisedText()
    terms: Terms = Terms()
    relations: tuple[RelatedAgreement, ...] = ()
    participations: tuple[Participation, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    funding: tuple[Funding, ...] = ()
    activities: tuple[Activity, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    principles: tuple[Principle, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    announcement: Announcement | None = None
    documents: tuple[Document, ...] = ()
    contacts: tuple[Contact, ...] = ()
    sources: tuple[Source, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    # Left out of the bytes where there is none: what was written before there were any keeps its hash.
    corrections: tuple[CorrectionNote, ...] = Field(default=(), exclude_if=lambda notes: not notes)
    reviewed_by_another: bool = True  # false where one person wrote it and approved it

    def participants(self, role: ParticipationRole) -> tuple[Participation, ...]:
        """The participations in one role, in the record's order."""
        return tuple(one for one in self.participations if one.role == role)

    @property
    def parties(self) -> tuple[Participation, ...]:
        return self.participants(ParticipationRole.PARTY)

    @property
    def funders(self) -> tuple[Participation, ...]:
        return self.participants(ParticipationRole.FUNDER)

    def date_of(self, kind: DateKind) -> KeyDate | None:
        """The first date of this kind; ``None`` where the record has none."""
        return next((one for one in self.dates if one.kind == kind), None)

    @cached_property
    def numbered_sources(self) -> dict[str, tuple[int, Source]]:
        """The sources by id, each with its number on the page: hundreds of facts ask for theirs."""
        return {one.id: (number, one) for number, one in enumerate(self.sources, start=1)}

    def source_named(self, source_id: str | None) -> Source | None:
        return next((one for one in self.sources if one.id == source_id), None)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that both title and summary are written in."""
        return tuple(language for language in LANGUAGES if self.title.get(language) and self.summary.get(language))
