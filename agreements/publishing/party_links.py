"""Links for the other side: made, revoked and opened. Who holds the secret sees the draft, until it is answered."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation

from agreements.publishing.errors import (
    LinkAnswered,
    LinkClosed,
    LinkUnknown,
    NoLinkToRevoke,
    NotAParty,
    WrongState,
)
from agreements.publishing.readiness import next_number
from agreements.publishing.workflow import enter
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import PartyLink
from agreements.vocabulary.kinds import EventKind, ParticipationRole, WorkingState
from agreements.vocabulary.languages import Language

DEFAULT_DAYS: Final = 14
MAX_DAYS: Final = 60

_SECRET_BYTES: Final = 32
_STATES: Final = tuple(state for state in WorkingState if state is not WorkingState.WITHDRAWN)
"""Where a party may be asked: a draft while it is being written, and what is public already."""


@dataclass(frozen=True)
class MadeLink:
    """A new link with its secret, which is known at this moment only."""

    link: PartyLink
    secret: str


@dataclass(frozen=True)
class Invited:
    """Who is asked, for which party, and in which language."""

    person: str
    email: str
    party_id: int
    language: Language


@transaction.atomic
def make_link(agreement_id: int, invited: Invited, *, by: User, at: datetime, days: int = DEFAULT_DAYS) -> MadeLink:
    """Give a person of a party a way to the draft of the next edition, for some days.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState: the record is withdrawn.
        NotAParty: the organisation is no party to it.
        ValueError: more days than a link may live, or none.
    """
    if not 0 < days <= MAX_DAYS:
        raise ValueError(days)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    if agreement.working_state not in _STATES:
        raise WrongState(agreement.register_number, found=agreement.working_state, needed=_STATES)
    if not is_party(agreement, invited.party_id):
        raise NotAParty(agreement.register_number)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    link = PartyLink.objects.create(
        agreement=agreement,
        edition_number=next_number(agreement),
        party_id=invited.party_id,
        person=invited.person,
        email=invited.email,
        language=invited.language,
        token_hash=_hashed(secret),
        created_by=by,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    enter(agreement, EventKind.LINK_MADE, by=by, at=at, note=named(link), until=link.expires_at)
    return MadeLink(link, secret)


@transaction.atomic
def revoke_link(agreement_id: int, link_id: int, *, by: User, at: datetime) -> PartyLink:
    """Close a link at once; what was confirmed through it no longer counts for the next edition.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        NoLinkToRevoke: the agreement has no such link, or it was revoked before.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    link = agreement.party_links.filter(pk=link_id, revoked_at__isnull=True).first()
    if link is None:
        raise NoLinkToRevoke(agreement.register_number)
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    enter(agreement, EventKind.LINK_REVOKED, by=by, at=at, note=named(link))
    return link


@transaction.atomic
def open_link(secret: str, *, at: datetime) -> PartyLink:
    """The link that a secret belongs to, noting when it was first opened.

    The secret is looked up by its hash, so how long that takes tells nothing of how near a guess was.

    Raises:
        LinkUnknown: no link has this secret.
        LinkClosed: it was revoked or has expired, or what it was for is over.
        LinkAnswered: it was answered, and is good for nothing more than to be told so.
    """
    link = _open(PartyLink.objects.filter(token_hash=_hashed(secret)).first(), at=at)
    if link.opened_at is None:
        with pghistory.context(person=named(link)):
            PartyLink.objects.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=at)
    return link


def link_to_answer(secret: str, *, at: datetime) -> PartyLink:
    """The same with its record locked, for an answer; within a transaction.

    Raises:
        LinkUnknown, LinkClosed, LinkAnswered: as in ``open_link``.
    """
    found = PartyLink.objects.filter(token_hash=_hashed(secret)).first()
    if found is None:
        raise LinkUnknown
    # The record is locked before the link, as in all acts: the opposite order deadlocks.
    agreement = Agreement.objects.select_for_update().get(pk=found.agreement_id)
    link = _open(PartyLink.objects.filter(pk=found.pk).first(), at=at)
    link.agreement = agreement
    return link


def is_party(agreement: Agreement, organization_id: int) -> bool:
    parties = agreement.participations.filter(role=ParticipationRole.PARTY)
    return parties.filter(organization_id=organization_id).exists()


def named(link: PartyLink) -> str:
    """The person and the party, always in the language that the record was first written in."""
    with translation.override(link.agreement.written_in):
        return str(link)


def is_over(link: PartyLink, *, at: datetime) -> bool:
    """Whether the link leads nowhere any more."""
    return bool(
        link.revoked_at is not None
        or link.expires_at <= at
        or link.agreement.working_state == WorkingState.WITHDRAWN
        or link.edition_number != next_number(link.agreement)
    )


def _open(link: PartyLink | None, *, at: datetime) -> PartyLink:
    if link is None:
        raise LinkUnknown
    if is_over(link, at=at) or not is_party(link.agreement, link.party_id):
        raise LinkClosed
    if link.answer:
        raise LinkAnswered(link)
    return link


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
