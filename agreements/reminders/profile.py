"""What a member of staff chooses: language, e-mail, and the private address of their calendar."""

import hashlib
import re
import secrets
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from agreements.reminders.models import StaffProfile
from agreements.reminders.people import readers
from agreements.vocabulary.languages import Language

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
"""256 random bits in base 64."""


def profile_of(user: User, *, language: Language = "en") -> StaffProfile:
    """What they have chosen; where they have not, this language and what holds for everybody, not stored."""
    return StaffProfile.objects.filter(user=user).first() or StaffProfile(user=user, language=language)


def choose(user: User, *, language: Language, wants_digest: bool) -> StaffProfile:
    """Keep their choice; the calendar's address stays."""
    chosen = {"language": language, "wants_digest": wants_digest}
    profile, _made = StaffProfile.objects.update_or_create(user=user, defaults=chosen)
    return profile


@transaction.atomic
def make_calendar_secret(user: User, *, at: datetime, language: Language = "en") -> str:
    """A new secret for their calendar's address, given out this once; one that they had before ends.

    ``language`` is for those who have not chosen one yet.
    """
    secret = secrets.token_urlsafe(32)
    made = {"calendar_hash": _hash(secret), "calendar_made_at": at}
    StaffProfile.objects.update_or_create(user=user, defaults=made, create_defaults=made | {"language": language})
    return secret


def revoke_calendar(user: User) -> None:
    """Let the address answer nothing from now on."""
    StaffProfile.objects.filter(user=user).update(calendar_hash=None, calendar_made_at=None)


def profile_with_secret(secret: str) -> StaffProfile | None:
    """Whose calendar this is; ``None`` where nobody's, or where they may no longer read agreements.

    What does not look like a secret costs no query, and a guess one look-up in an index.
    """
    if not _SECRET.fullmatch(secret):
        return None
    profile = StaffProfile.objects.select_related("user").filter(calendar_hash=_hash(secret)).first()
    if profile is None or not readers().filter(pk=profile.user_id).exists():
        return None
    return profile


def _hash(secret: str) -> str:
    """A plain hash will do: nobody can try out 256 random bits, so nothing has to slow them down."""
    return hashlib.sha256(secret.encode()).hexdigest()
