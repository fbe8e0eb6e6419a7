"""Which PAdES level seals have (ETSI EN 319 142-1, 5 and 6): by what is set up, never by what happens to answer."""

from typing import Final

from django.conf import settings

from agreements.summaries.certificates import issuers_of, name_of, names_revocation_services
from agreements.summaries.errors import SealNotConfigured
from agreements.summaries.keys import Sealer
from agreements.summaries.trust import roots_of_timestamps

LONG_TERM: Final = ("B-LT", "B-LTA")
"""Levels that carry what is needed to check them later: they want revocation services."""


def level_of(sealer: Sealer) -> str:
    """The level that this sealer's seals have.

    ``auto``: B-LTA where a timestamp authority and its roots are named and each certificate says where to ask if it was
    revoked; B-T with a timestamp authority alone; else B-B.

    Raises:
        SealNotConfigured: ``MOC_SEAL_LEVEL`` asks for more than is set up.
    """
    wanted: str = settings.SEAL_LEVEL
    if wanted == "AUTO":
        if not settings.TIMESTAMP_URL:
            return "B-B"
        return "B-LTA" if settings.TIMESTAMP_ROOTS and not _silent(sealer) and _has_root(sealer) else "B-T"
    if wanted != "B-B" and not settings.TIMESTAMP_URL:
        raise SealNotConfigured(
            f"MOC_SEAL_LEVEL is {wanted}, which needs a timestamp authority: set MOC_TIMESTAMP_URL."
        )
    if wanted in LONG_TERM:
        _check_long_term(sealer, wanted)
    return wanted


def _check_long_term(sealer: Sealer, wanted: str) -> None:
    if not roots_of_timestamps():
        raise SealNotConfigured(
            f"MOC_SEAL_LEVEL is {wanted}, which needs the roots of the timestamp authority: name a PEM file with them "
            "in MOC_TIMESTAMP_ROOTS."
        )
    if not _has_root(sealer):
        raise SealNotConfigured(
            f"MOC_SEAL_LEVEL is {wanted}, which needs the sealing certificate's chain up to its root: name a PEM file "
            "with it in MOC_SEAL_CHAIN."
        )
    if silent := _silent(sealer):
        raise SealNotConfigured(
            f"MOC_SEAL_LEVEL is {wanted}, but the certificate “{silent}” names neither an OCSP service nor a "
            "revocation list: use a certificate that does, or set MOC_SEAL_LEVEL to B-T."
        )


def _has_root(sealer: Sealer) -> bool:
    above = issuers_of(sealer.certificate, sealer.chain)
    return bool(above) and above[-1].self_issued


def _silent(sealer: Sealer) -> str:
    """The name of the first certificate below the root that says of no revocation service; empty where all do."""
    below_root = [
        sealer.certificate,
        *(one for one in issuers_of(sealer.certificate, sealer.chain) if not one.self_issued),
    ]
    return next((name_of(one) for one in below_root if not names_revocation_services(one)), "")
