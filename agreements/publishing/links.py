"""What all links for a party have in common: made with a secret that is known once, found by its hash, revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

import pghistory
from django.contrib.auth.models import User
from django.utils import translation

from agreements.publishing.errors import LinkUnknown, NoLinkToRevoke
from agreements.publishing.workflow import enter
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import LinkOfAParty
from agreements.vocabulary.kinds import EventKind, WorkingState
from agreements.vocabulary.languages import Language

DEFAULT_DAYS: Final = 14
MAX_DAYS: Final = 60

_SECRET_BYTES: Final = 32

LinkT = TypeVar("LinkT", bound=LinkOfAParty)


@dataclass(frozen=True)
class MadeLink(Generic[LinkT]):
    """A new link with its secret, which is known at this moment only."""

    link: LinkT
    secret: str


@dataclass(frozen=True)
class Invited:
    """Who is asked, for which party, and in which language."""

    person: str
    email: str
    party_id: int
    language: Language


def make_link_of(
    model: type[LinkT],
    agreement: Agreement,
    invited: Invited,
    *,
    edition_number: int,
    by: User,
    at: datetime,
    days: int,
) -> MadeLink[LinkT]:
    """A new link to an edition of a record that is locked.

    Raises:
        ValueError: more days than a link may live, or none.
    """
    if not 0 < days <= MAX_DAYS:
        raise ValueError(days)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    link = _rows(model).create(
        agreement=agreement,
        edition_number=edition_number,
        party_id=invited.party_id,
        person=invited.person,
        email=invited.email,
        language=invited.language,
        token_hash=_hashed(secret),
        created_by=by,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    return MadeLink(link, secret)


def revoke_link_of(model: type[LinkT], agreement_id: int, link_id: int, *, by: User, at: datetime) -> LinkT:
    """Close a link at once, within a transaction.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        NoLinkToRevoke: the agreement has no such link, or it was revoked before.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    link: LinkT | None = _rows(model).filter(pk=link_id, agreement=agreement, revoked_at__isnull=True).first()
    if link is None:
        raise NoLinkToRevoke(agreement.register_number)
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    enter(agreement, EventKind.LINK_REVOKED, by=by, at=at, note=named(link))
    return link


def link_with(model: type[LinkT], secret: str) -> LinkT:
    """The link that a secret belongs to, open or not.

    The secret is looked up by its hash, so how long that takes tells nothing of how near a guess was.

    Raises:
        LinkUnknown: no link has this secret.
    """
    link: LinkT | None = _rows(model).filter(token_hash=_hashed(secret)).first()
    if link is None:
        raise LinkUnknown
    return link


def locked_link_with(model: type[LinkT], secret: str) -> LinkT:
    """The same with its record locked, within a transaction.

    Raises:
        LinkUnknown: no link has this secret.
    """
    found = link_with(model, secret)
    # The record is locked before the link, as in all acts: the opposite order deadlocks.
    agreement = Agreement.objects.select_for_update().get(pk=found.agreement_id)
    link = link_with(model, secret)
    link.agreement = agreement
    return link


def note_opening(link: LinkOfAParty, *, at: datetime) -> None:
    """Note when a link was first opened."""
    if link.opened_at is None:
        with pghistory.context(person=named(link)):
            _rows(type(link)).filter(pk=link.pk, opened_at__isnull=True).update(opened_at=at)


def has_ended(link: LinkOfAParty, *, at: datetime) -> bool:
    """Whether a link was revoked, its time is over, or its record is withdrawn."""
    return bool(
        link.revoked_at is not None or link.expires_at <= at or link.agreement.working_state == WorkingState.WITHDRAWN
    )


def named(link: LinkOfAParty) -> str:
    """The person and the party, always in the language that the record was first written in."""
    with translation.override(link.agreement.written_in):
        return str(link)


def _rows(model: type[LinkOfAParty]) -> Any:
    return model._default_manager


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
