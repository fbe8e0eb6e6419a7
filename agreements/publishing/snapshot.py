"""The snapshot: a working record as the content of an edition."""

from collections.abc import Iterable
from datetime import datetime

from agreements.editions.content import (
    AgreementContent,
    Announcement,
    Contact,
    CorrectionNote,
    Document,
    DocumentSignature,
    Framework,
    Funding,
    KeyDate,
    Participation,
    Principle,
    Signatory,
    Source,
    Standing,
    Statement,
)
from agreements.publishing.confirmations import confirmations_of
from agreements.publishing.parts import load_parts
from agreements.publishing.relations import own_relations, relations_of_others
from agreements.publishing.snapshot_parts import (
    activity,
    name_of,
    objective_name,
    obligation,
    organization,
    place,
    source_id,
)
from agreements.register.fields import localised, partial_date
from agreements.register.models import agreements as rows
from agreements.register.models import directories, notes, participants, words_and_files
from agreements.register.models.shared import Sourced
from agreements.register.terms import terms_of
from agreements.vocabulary.files import ActiveContent
from agreements.vocabulary.kinds import (
    AgreementKind,
    DateKind,
    DocumentKind,
    FrameworkKind,
    FundingKind,
    LegalCharacter,
    ParticipationRole,
    StatementForm,
    TextLanguage,
    TextStanding,
)
from agreements.vocabulary.money import Disclosure, Money
from agreements.vocabulary.sections import Section
from agreements.vocabulary.zone import BAGHDAD


def build_content(agreement: rows.Agreement) -> AgreementContent:
    """Everything that the register holds about an agreement and that is public, as one content.

    Internal documents and contacts stay out. The number of queries does not grow with the record.
    """
    load_parts(agreement)
    of_others = relations_of_others(agreement)
    content = AgreementContent(
        register_number=agreement.register_number,
        kind=AgreementKind(agreement.kind),
        title=localised(agreement, "title"),
        standing=_standing(agreement),
        summary=localised(agreement, "summary"),
        purpose=localised(agreement, "purpose"),
        legal_character=LegalCharacter(agreement.legal_character),
        dates=tuple(_key_date(one) for one in agreement.dates.all()),
        duration=localised(agreement, "duration"),
        renewal=localised(agreement, "renewal"),
        termination=localised(agreement, "termination"),
        terms=terms_of(agreement),
        relations=(*own_relations(agreement), *(related for _row, related in of_others)),
        participations=tuple(_participation(one) for one in agreement.participations.all()),
        signatories=tuple(_signatory(one) for one in agreement.signatories.all()),
        funding=tuple(_funding(one) for one in agreement.funding.all()),
        activities=tuple(activity(one) for one in agreement.activities.all()),
        obligations=tuple(obligation(one) for one in agreement.obligations.all()),
        frameworks=tuple(_framework(one) for one in agreement.framework_links.all()),
        principles=tuple(Principle(id=one.key, name=localised(one, "name")) for one in agreement.principles.all()),
        places=tuple(place(one) for one in agreement.places.all()),
        statements=tuple(_statement(one) for one in agreement.statements.all()),
        announcement=_announcement(getattr(agreement, "announcement", None)),
        documents=tuple(_document(one) for one in agreement.documents.all() if one.is_public),
        contacts=tuple(_contact(one) for one in agreement.contacts.all() if one.is_public),
        corrections=tuple(_correction_note(one) for one in agreement.correction_notes.all()),
        reviewed_by_another=agreement.approved_by_id is None
        or agreement.approved_by_id not in (agreement.last_edited_by_id, agreement.submitted_by_id),
        sources=tuple(_source(one) for one in _all_sources(agreement, [row for row, _related in of_others])),
    )
    return content.model_copy(update={"confirmations": confirmations_of(agreement, content)})


def _standing(agreement: rows.Agreement) -> Standing:
    return Standing(
        en=TextStanding(agreement.standing_en),
        ar=TextStanding(agreement.standing_ar),
        ckb=TextStanding(agreement.standing_ckb),
    )


def _key_date(row: rows.AgreementDate) -> KeyDate:
    return KeyDate(
        kind=DateKind(row.kind),
        date=partial_date(row.date),
        time=row.time,
        time_zone=BAGHDAD.key if row.time else None,
        place=place(row.place) if row.place else None,
        note=localised(row, "note"),
        source=source_id(row),
    )


def _participation(row: participants.Participation) -> Participation:
    return Participation(
        role=ParticipationRole(row.role),
        organization=organization(row.organization),
        acting_through=organization(row.acting_through) if row.acting_through else None,
        note=localised(row, "note"),
        source=source_id(row),
    )


def _signatory(row: participants.Signatory) -> Signatory:
    return Signatory(
        name=localised(row, "name"),
        capacity=localised(row, "capacity"),
        party=name_of(row.party),
        signed_on=partial_date(row.signed_on),
        place=place(row.place) if row.place else None,
        source=source_id(row),
    )


def _funding(row: participants.Funding) -> Funding:
    if row.amount is not None:
        money = Money.of(row.amount, row.currency)
    else:
        money = Money(disclosure=Disclosure(row.disclosure))
    return Funding(
        funder=name_of(row.funder),
        recipient=name_of(row.recipient) if row.recipient else None,
        money=money,
        kind=FundingKind(row.kind),
        start=partial_date(row.start),
        end=partial_date(row.end),
        purpose=localised(row, "purpose"),
        source=source_id(row),
    )


def _framework(row: rows.FrameworkLink) -> Framework:
    return Framework(
        id=row.framework.key,
        name=localised(row.framework, "name"),
        kind=FrameworkKind(row.framework.kind),
        identifier=row.framework.identifier or None,
        url=row.framework.url or None,
        objectives=tuple(objective_name(one) for one in row.objectives.all()),
        note=localised(row, "note"),
        source=source_id(row),
    )


def _statement(row: words_and_files.Statement) -> Statement:
    return Statement(
        speaker=localised(row, "speaker"),
        capacity=localised(row, "capacity"),
        organization=name_of(row.organization) if row.organization else None,
        form=StatementForm(row.form),
        text=localised(row, "text"),
        said_on=partial_date(row.said_on),
        source=source_id(row),
    )


def _announcement(row: words_and_files.Announcement | None) -> Announcement | None:
    if row is None:
        return None
    return Announcement(
        headline=localised(row, "headline"),
        dateline=localised(row, "dateline"),
        published_on=partial_date(row.published_on),
        published_at=_in_baghdad(row.published_at),
        agency=organization(row.agency) if row.agency else None,
        place=place(row.place) if row.place else None,
        text=localised(row, "text"),
        source=source_id(row),
    )


def _in_baghdad(moment: datetime | None) -> datetime | None:
    return moment.astimezone(BAGHDAD) if moment else None


def _document(row: words_and_files.Document) -> Document:
    return Document(
        id=row.sha256[:16],
        title=localised(row, "title"),
        kind=DocumentKind(row.kind),
        language=TextLanguage(row.language),
        version=row.version,
        file_name=row.file_name,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        pages=row.pages,
        is_signed=row.is_signed,
        signatures=tuple(DocumentSignature.model_validate(one) for one in row.signatures or ()),
        taken_out=tuple(ActiveContent(one) for one in row.taken_out),
        uploaded_sha256=row.uploaded_sha256 or None,
    )


def _contact(row: words_and_files.Contact) -> Contact:
    return Contact(
        name=localised(row, "name"),
        role=localised(row, "role"),
        organization=name_of(row.organization) if row.organization else None,
        telephone=row.telephone or None,
        email=row.email or None,
        source=source_id(row),
    )


def _correction_note(row: notes.CorrectionNote) -> CorrectionNote:
    return CorrectionNote(
        noted_on=row.noted_on,
        section=Section(row.section) if row.section else None,
        text=localised(row, "text"),
        report=row.report or None,
    )


def _source(row: directories.Source) -> Source:
    public = row.document if row.document and row.document.is_public else None
    return Source(
        id=row.key,
        title=localised(row, "title"),
        publisher=localised(row, "publisher"),
        published_on=partial_date(row.published_on),
        accessed_on=row.accessed_on,
        url=row.url or None,
        document=public.sha256[:16] if public else None,
        language=TextLanguage(row.language),
        rights=localised(row, "rights"),
    )


def _all_sources(
    agreement: rows.Agreement, said_by_others: list[rows.AgreementRelation]
) -> Iterable[directories.Source]:
    """The agreement's own sources, then those that its public parts name, each once."""
    announcement = getattr(agreement, "announcement", None)
    activities = agreement.activities.all()
    parts: list[Sourced] = [
        *agreement.dates.all(),
        *agreement.relations.all(),
        *said_by_others,
        *agreement.participations.all(),
        *agreement.signatories.all(),
        *agreement.funding.all(),
        *activities,
        *(note for one in activities for note in one.progress_notes.all()),
        *agreement.obligations.all(),
        *agreement.framework_links.all(),
        *agreement.statements.all(),
        *([announcement] if announcement else []),
        *(one for one in agreement.contacts.all() if one.is_public),
    ]
    named = (part.source for part in parts if part.source is not None)
    return {source.key: source for source in (*agreement.sources.all(), *named)}.values()
