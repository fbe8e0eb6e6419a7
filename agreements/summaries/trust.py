"""Which certificates the portal's own seals and timestamps lead to."""

from asn1crypto.x509 import Certificate
from django.conf import settings

from agreements.summaries.certificates import certificates_in
from agreements.summaries.errors import SealNotConfigured, TokenFailed
from agreements.summaries.keys import current_sealer


def trusted_roots() -> list[bytes]:
    """What a seal of this portal leads to, DER: the roots of today's key, and the former certificates.

    Raises:
        SealNotConfigured: there is no certificate to check seals against.
    """
    return [one.dump() for one in seal_roots()]


def timestamp_roots() -> list[bytes]:
    """What the timestamps on this portal's seals lead to, DER; empty where ``MOC_TIMESTAMP_ROOTS`` names none.

    Raises:
        SealNotConfigured: the file can't be read.
    """
    return [one.dump() for one in roots_of_timestamps()]


def seal_roots() -> list[Certificate]:
    """``trusted_roots``, parsed."""
    former = certificates_in(settings.SEAL_FORMER_CERTIFICATES, setting="MOC_SEAL_FORMER_CERTIFICATES")
    try:
        return _once([*current_sealer().roots, *former])
    except (SealNotConfigured, TokenFailed) as failure:
        # Without a key that seals, older seals can still be checked.
        if former:
            return _once(former)
        raise SealNotConfigured(str(failure)) from failure


def roots_of_timestamps() -> list[Certificate]:
    """``timestamp_roots``, parsed."""
    return _once(certificates_in(settings.TIMESTAMP_ROOTS, setting="MOC_TIMESTAMP_ROOTS"))


def _once(certificates: "list[Certificate] | tuple[Certificate, ...]") -> list[Certificate]:
    return list({one.sha256: one for one in certificates}.values())
