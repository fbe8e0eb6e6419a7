"""The other side's own seal on a published edition: asked for, received, and accepted or declined."""

from datetime import datetime
from typing import Final, cast

import pghistory
from django.contrib.auth.models import User
from django.db import transaction

from agreements.editions.content import OrganizationName
from agreements.editions.models import Edition
from agreements.editions.queries import current_edition, numbered_edition
from agreements.publishing.errors import LinkClosed, NotAParty, NoteMissing, NothingPublic, SealDecided, WrongState
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
from agreements.publishing.workflow import enter
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from agreements.register.models.other_side import SealLink
from agreements.summaries.others.judge import judge_seal
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.store import Sender, decide, keep_seal
from agreements.vocabulary.kinds import EventKind, WorkingState
from agreements.vocabulary.languages import Language

_NOT_WITHDRAWN: Final = tuple(state for state in WorkingState if state is not WorkingState.WITHDRAWN)


@transaction.atomic
def ask_for_seal(
    agreement_id: int, invited: Invited, *, by: User, at: datetime, days: int = DEFAULT_DAYS
) -> MadeLink[SealLink]:
    """Give a person of a party a way to seal the edition that is public now, for some days.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        NothingPublic: it has no public edition.
        NotAParty: the organisation is no party to that edition.
        ValueError: more days than a link may live, or none.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    edition = current_edition(agreement.register_number)
    if edition is None:
        raise NothingPublic(agreement.register_number)
    if invited.party_id not in [one.pk for one in parties_of_edition(edition)]:
        raise NotAParty(agreement.register_number)
    made = make_link_of(SealLink, agreement, invited, edition_number=edition.number, by=by, at=at, days=days)
    note, until = named(made.link), made.link.expires_at
    enter(agreement, EventKind.SEAL_ASKED, by=by, at=at, note=note, until=until, edition_number=edition.number)
    return made


@transaction.atomic
def revoke_seal_link(agreement_id: int, link_id: int, *, by: User, at: datetime) -> SealLink:
    """Close a link at once; what came through it stays.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        NoLinkToRevoke: the agreement has no such link, or it was revoked before.
    """
    return revoke_link_of(SealLink, agreement_id, link_id, by=by, at=at)


@transaction.atomic
def open_seal_link(secret: str, *, at: datetime) -> SealLink:
    """The link that a secret belongs to, noting when it was first opened.

    Raises:
        LinkUnknown: no link has this secret.
        LinkClosed: it was revoked or has expired, or the record is withdrawn.
    """
    link = _open(link_with(SealLink, secret), at=at)
    note_opening(link, at=at)
    return link


def receive_seal(secret: str, data: bytes, *, at: datetime) -> OtherSeal:
    """Keep what a party sends as its seal, for a reviewer to decide upon.

    Looking at it takes up to some seconds, and is done before anything is locked.

    Raises:
        LinkUnknown, LinkClosed: see ``open_seal_link``.
        SealRefused: the file is no seal of the link's edition.
    """
    link = _open(link_with(SealLink, secret), at=at)
    number = link.agreement.register_number
    judged = judge_seal(data, register_number=number, edition_number=link.edition_number, at=at)
    with transaction.atomic():
        link = _open(locked_link_with(SealLink, secret), at=at)
        sender = Sender(_as_named(edition_of(link), link), link.person, link.pk)
        with pghistory.context(person=named(link)):
            seal = keep_seal(data, judged, sender, at=at)
            enter(
                link.agreement,
                EventKind.SEAL_RECEIVED,
                by=None,
                by_name=named(link),
                at=at,
                edition_number=link.edition_number,
            )
    return seal


@transaction.atomic
def accept_seal(agreement_id: int, seal_id: int, *, by: User, at: datetime) -> OtherSeal:
    """Show a seal beside the register's own, from now on, in the place of an earlier one of the same party.

    Raises:
        Agreement.DoesNotExist, OtherSeal.DoesNotExist: no such agreement, or none of its seals.
        WrongState: the record is withdrawn.
        SealDecided: somebody has decided already.
    """
    agreement, seal = _undecided(agreement_id, seal_id)
    if agreement.working_state == WorkingState.WITHDRAWN:
        raise WrongState(agreement.register_number, found=agreement.working_state, needed=_NOT_WITHDRAWN)
    decide(seal, is_accepted=True, reason="", by=by, at=at)
    name = seal.organization.best(cast(Language, agreement.written_in))
    note, number = name.text if name else seal.organization_key, seal.summary.edition_number
    enter(agreement, EventKind.SEAL_ACCEPTED, by=by, at=at, note=note, edition_number=number)
    return seal


@transaction.atomic
def decline_seal(agreement_id: int, seal_id: int, *, by: User, at: datetime, reason: str) -> OtherSeal:
    """Keep a seal from the public; who sent it reads the reason.

    Raises:
        Agreement.DoesNotExist, OtherSeal.DoesNotExist: no such agreement, or none of its seals.
        SealDecided: somebody has decided already.
        NoteMissing: it does not say why.
    """
    agreement, seal = _undecided(agreement_id, seal_id)
    if not reason.strip():
        raise NoteMissing(agreement.register_number)
    decide(seal, is_accepted=False, reason=reason.strip(), by=by, at=at)
    number = seal.summary.edition_number
    enter(agreement, EventKind.SEAL_DECLINED, by=by, at=at, note=reason, edition_number=number)
    return seal


def parties_of_edition(edition: Edition) -> list[Organization]:
    """The parties that an edition names, as far as they are still in the directory, in the edition's order."""
    keys = [one.organization.id for one in edition.content.parties]
    found = {one.key: one for one in Organization.objects.filter(key__in=keys)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def edition_of(link: SealLink) -> Edition:
    """The edition that a link is for.

    Raises:
        LinkClosed: it is not there; a link is made for a published edition only.
    """
    edition = numbered_edition(link.agreement.register_number, link.edition_number)
    if edition is None:
        raise LinkClosed
    return edition


def _open(link: SealLink, *, at: datetime) -> SealLink:
    if has_ended(link, at=at):
        raise LinkClosed
    return link


def _as_named(edition: Edition, link: SealLink) -> OrganizationName:
    for one in edition.content.parties:
        if one.organization.id == link.party.key:
            return OrganizationName(id=one.organization.id, name=one.organization.name)
    raise LinkClosed  # the directory's key was changed since: nobody could tell whose seal it is


def _undecided(agreement_id: int, seal_id: int) -> tuple[Agreement, OtherSeal]:
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    seal = OtherSeal.objects.select_related("summary").get(
        pk=seal_id, summary__register_number=agreement.register_number
    )
    if hasattr(seal, "decision"):
        raise SealDecided(agreement.register_number)
    return agreement, seal
