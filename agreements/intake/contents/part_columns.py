"""The parts of an agreement as columns of their rows, with what they name looked up or added."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model

from agreements.editions import content as said
from agreements.intake.contents.columns import texts
from agreements.intake.contents.entries import Entries
from agreements.intake.contents.remarks import Remark, RemarkCode
from agreements.register.models.agreements import AgreementDate, FrameworkLink
from agreements.register.models.participants import Funding, Participation, Signatory
from agreements.register.models.words_and_files import Contact, Statement
from agreements.register.models.work import Activity, Obligation
from agreements.vocabulary.zone import BAGHDAD

Columns = dict[str, Any]


@dataclass(frozen=True)
class PartKind:
    """One list of a content: its field there, the agreement's rows, and how one becomes the other.

    ``is_own`` tells which rows an import may touch: what is internal here stays as it is.
    """

    field: str
    rows: str
    model: type[Model]
    columns: Callable[[Any, Entries], Columns]
    is_own: Callable[[Any], bool] = lambda _row: True


def _date(part: said.KeyDate, entries: Entries) -> Columns:
    time = part.time
    if time is not None and part.time_zone != BAGHDAD.key:
        details = (("time", f"{time:%H:%M}"), ("what", str(part.kind.label)), ("zone", part.time_zone or "–"))
        entries.remarks.append(Remark(RemarkCode.TIME_LEFT, details))
        time = None
    return {
        "kind": part.kind, "date": part.date.value, "time": time, **_place(part, entries), **texts("note", part.note),
        **_source(part, entries),
    }  # fmt: skip


def _participation(part: said.Participation, entries: Entries) -> Columns:
    through = part.acting_through
    return {
        "role": part.role, "organization_id": entries.organization(part.organization).pk,
        "acting_through_id": entries.organization(through).pk if through else None, **texts("note", part.note),
        **_source(part, entries),
    }  # fmt: skip


def _signatory(part: said.Signatory, entries: Entries) -> Columns:
    return {
        **texts("name", part.name), **texts("capacity", part.capacity), **_place(part, entries),
        "party_id": entries.organization(part.party).pk, "signed_on": part.signed_on.value, **_source(part, entries),
    }  # fmt: skip


def _funding(part: said.Funding, entries: Entries) -> Columns:
    return {
        "funder_id": entries.organization(part.funder).pk,
        "recipient_id": entries.organization(part.recipient).pk if part.recipient else None,
        "disclosure": part.money.disclosure, "amount": part.money.amount, "currency": part.money.currency or "",
        "kind": part.kind, "start": part.start.value, "end": part.end.value, **texts("purpose", part.purpose),
        **_source(part, entries),
    }  # fmt: skip


def _activity(part: said.Activity, entries: Entries) -> Columns:
    return {
        "key": part.id, **texts("title", part.title), **texts("description", part.description),
        **texts("area", part.area), "status": part.status, "start": part.start.value, "end": part.end.value,
        **_source(part, entries),
    }  # fmt: skip


def progress_note(part: said.ProgressNote, entries: Entries) -> Columns:
    return {"noted_on": part.noted_on.value, **texts("text", part.text), **_source(part, entries)}


def _obligation(part: said.Obligation, entries: Entries) -> Columns:
    return {
        "key": part.id, **texts("text", part.text), "bearer_id": entries.organization(part.bearer).pk,
        "due": part.due.value, "status": part.status, **texts("evidence", part.evidence), **_source(part, entries),
    }  # fmt: skip


def _framework(part: said.Framework, entries: Entries) -> Columns:
    return {"framework_id": entries.framework(part).pk, **texts("note", part.note), **_source(part, entries)}


def _statement(part: said.Statement, entries: Entries) -> Columns:
    return {
        **texts("speaker", part.speaker), **texts("capacity", part.capacity), **_organization(part, entries),
        "form": part.form, **texts("text", part.text), "said_on": part.said_on.value, **_source(part, entries),
    }  # fmt: skip


def _contact(part: said.Contact, entries: Entries) -> Columns:
    return {
        **texts("name", part.name), **texts("role", part.role), **_organization(part, entries),
        "telephone": part.telephone or "", "email": part.email or "", "is_public": True, **_source(part, entries),
    }  # fmt: skip


def announcement(part: said.Announcement, entries: Entries) -> Columns:
    return {
        **texts("headline", part.headline), **texts("dateline", part.dateline), **texts("text", part.text),
        "published_on": part.published_on.value, "published_at": part.published_at,
        "agency_id": entries.organization(part.agency).pk if part.agency else None, **_place(part, entries),
        **_source(part, entries),
    }  # fmt: skip


def _source(part: Any, entries: Entries) -> Columns:
    source = entries.source(part.source)
    return {"source_id": source.pk if source else None}


def _place(part: Any, entries: Entries) -> Columns:
    return {"place_id": entries.place(part.place).pk if part.place else None}


def _organization(part: Any, entries: Entries) -> Columns:
    return {"organization_id": entries.organization(part.organization).pk if part.organization else None}


PART_KINDS: Final = (
    PartKind("dates", "dates", AgreementDate, _date),
    PartKind("participations", "participations", Participation, _participation),
    PartKind("signatories", "signatories", Signatory, _signatory),
    PartKind("funding", "funding", Funding, _funding),
    PartKind("activities", "activities", Activity, _activity),
    PartKind("obligations", "obligations", Obligation, _obligation),
    PartKind("frameworks", "framework_links", FrameworkLink, _framework),
    PartKind("statements", "statements", Statement, _statement),
    PartKind("contacts", "contacts", Contact, _contact, is_own=lambda row: row.is_public),
)
