"""Links to confirm a draft: made, revoked and opened. Who holds the secret sees the draft, until it is answered."""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from agreements.publishing.errors import LinkAnswered, LinkClosed, NotAParty, WrongState
from agreements.publishing.links import (
    DEFAULT_DAYS,
    Invited,
    MadeLink,
    has_ended,
    link_with,
    locked_link_with,
    make_link_of,
    named,
    note_opening,
    revoke_link_of,
)
from agreements.publishing.readiness import next_number
from agreements.publishing.workflow import enter
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import PartyLink
from agreements.vocabulary.kinds import EventKind, ParticipationRole, WorkingState

_STATES: Final = tuple(state for state in WorkingState if state is not WorkingState.WITHDRAWN)
"""Where a party may be asked: a draft while it is being written, and what is public already."""


@transaction.atomic
def make_link(
    agreement_id: int, invited: Invited, *, by: User, at: datetime, days: int = DEFAULT_DAYS
) -> MadeLink[PartyLink]:
    """Give a person of a party a way to the draft of the next edition, for some days.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState: the record is withdrawn.
        NotAParty: the organisation is no party to it.
        ValueError: more days than a link may live, or none.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    if agreement.working_state not in _STATES:
        raise WrongState(agreement.register_number, found=agreement.working_state, needed=_STATES)
    if not is_party(agreement, invited.party_id):
        raise NotAParty(agreement.register_number)
    number = next_number(agreement)
    made = make_link_of(PartyLink, agreement, invited, edition_number=number, by=by, at=at, days=days)
    enter(agreement, EventKind.LINK_MADE, by=by, at=at, note=named(made.link), until=made.link.expires_at)
    return made


@transaction.atomic
def revoke_link(agreement_id: int, link_id: int, *, by: User, at: datetime) -> PartyLink:
    """Close a link at once; what was confirmed through it no longer counts for the next edition.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        NoLinkToRevoke: the agreement has no such link, or it was revoked before.
    """
    return revoke_link_of(PartyLink, agreement_id, link_id, by=by, at=at)


@transaction.atomic
def open_link(secret: str, *, at: datetime) -> PartyLink:
    """The link that a secret belongs to, noting when it was first opened.

    Raises:
        LinkUnknown: no link has this secret.
        LinkClosed: it was revoked or has expired, or what it was for is over.
        LinkAnswered: it was answered, and is good for nothing more than to be told so.
    """
    link = _open(link_with(PartyLink, secret), at=at)
    note_opening(link, at=at)
    return link


def link_to_answer(secret: str, *, at: datetime) -> PartyLink:
    """The same with its record locked, for an answer; within a transaction.

    Raises:
        LinkUnknown, LinkClosed, LinkAnswered: as in ``open_link``.
    """
    return _open(locked_link_with(PartyLink, secret), at=at)


def is_party(agreement: Agreement, organization_id: int) -> bool:
    parties = agreement.participations.filter(role=ParticipationRole.PARTY)
    return parties.filter(organization_id=organization_id).exists()


def is_over(link: PartyLink, *, at: datetime) -> bool:
    """Whether the link leads nowhere any more."""
    return has_ended(link, at=at) or link.edition_number != next_number(link.agreement)


def _open(link: PartyLink, *, at: datetime) -> PartyLink:
    if is_over(link, at=at) or not is_party(link.agreement, link.party_id):
        raise LinkClosed
    if link.answer:
        raise LinkAnswered(link)
    return link
