"""Certificates that end: said in time to whoever can put another in their place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from agreements.summaries.certificates import common_name_of, ends, issuers_of
from agreements.summaries.errors import SummariesError
from agreements.summaries.key_settings import seals_for_development
from agreements.summaries.keys import Sealer, current_sealer
from agreements.summaries.models import Summary

NOTICE: Final = timedelta(days=60)
"""So long before a certificate ends it is announced: a new one from an authority takes weeks."""


class Whose(Enum):
    """Whose certificate ends."""

    SEAL = "seal"
    TIMESTAMPS = "timestamps"


@dataclass(frozen=True)
class Ending:
    """A certificate that ends soon, or has ended. ``name`` is what it says of its owner; empty for timestamps."""

    whose: Whose
    name: str
    at: datetime
    is_over: bool


def endings(*, at: datetime) -> list[Ending]:
    """Which certificates end within ``NOTICE`` of this moment, or have ended; none in development, nor without a key.

    The seal's is the one that ends first among the sealing certificate and those above it. The timestamp authority's is
    known from the newest long-term seal: it is announced where even that will not last.
    """
    if seals_for_development():
        return []
    found = []
    try:
        sealer = current_sealer()
    except SummariesError:
        pass  # a system check says that there is no key, and every job that wants one
    else:
        first = seal_ends(sealer)
        if first - at <= NOTICE:
            found.append(Ending(Whose.SEAL, common_name_of(sealer.certificate), first, first < at))
    newest = Summary.objects.filter(lasts_until__isnull=False).order_by("-pk").first()
    if newest is not None and newest.lasts_until is not None and newest.lasts_until - at <= NOTICE:
        found.append(Ending(Whose.TIMESTAMPS, "", newest.lasts_until, newest.lasts_until < at))
    return found


def seal_ends(sealer: Sealer) -> datetime:
    """When the first of the sealing certificate and those above it ends."""
    return min(ends(one) for one in [sealer.certificate, *issuers_of(sealer.certificate, sealer.chain)])
