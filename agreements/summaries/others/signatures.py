"""What one signature of somebody else says, and what may be wrong with it. Knows no settings and no database."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from asn1crypto import x509
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from agreements.summaries.distinguished import readable

_WEAK_DIGESTS: Final = frozenset({"md2", "md5", "sha1"})
_LEAST_RSA_BITS: Final = 2048

ANY_SIGNING_KEY: Final = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
"""Organisations sign with certificates of many kinds; those that may not sign at all are told apart by their chain."""


class Fault(Enum):
    """What is wrong with a file that somebody signed, as far as the file alone can tell."""

    ENCRYPTED = "encrypted"
    NO_SIGNATURE = "no_signature"
    CHANGED = "changed"
    BROKEN = "broken"
    NOT_WHOLE = "not_whole"
    HIDES_PAGE = "hides_page"
    WEAK = "weak"
    OUTDATED = "outdated"
    NOT_CMS = "not_cms"
    NOT_DETACHED = "not_detached"
    MANY_SIGNERS = "many_signers"
    NO_CERTIFICATE = "no_certificate"
    OVER_ANOTHER = "over_another"


class Faulty(Exception):
    """A file that is not kept; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Signature:
    """One signature that holds, with the certificate it was made with.

    ``signed_at`` is the timestamp authority's time where that authority is known here (``is_timestamped``), else
    what the signer's own clock said, or nothing. ``is_chain_known``: the certificate leads to an authority that is
    known here. Whether it was revoked is asked of nobody.
    """

    subject: str
    issuer: str
    serial: str
    fingerprint: str
    not_before: datetime | None
    not_after: datetime | None
    signed_at: datetime | None
    is_timestamped: bool
    is_chain_known: bool


@dataclass(frozen=True)
class Trust:
    """Which authorities are known, and when certificates must be valid."""

    roots: tuple[x509.Certificate, ...]
    at: datetime

    def context(self) -> ValidationContext:
        return ValidationContext(trust_roots=list(self.roots), allow_fetching=False, moment=self.at)


def signature_of(status: Any, trust: Trust) -> Signature:
    """What is kept of a signature, from what pyHanko says of it.

    Raises:
        Faulty: it does not hold, is too weak, or its certificate is not valid at that moment.
    """
    certificate = status.signing_cert
    if status.md_algorithm in _WEAK_DIGESTS or _is_weak(certificate):
        raise Faulty(Fault.WEAK)
    if not (status.intact and status.valid):
        raise Faulty(Fault.BROKEN)
    if not certificate.not_valid_before <= trust.at <= certificate.not_valid_after:
        raise Faulty(Fault.OUTDATED)
    stamp = status.timestamp_validity
    is_timestamped = bool(stamp is not None and stamp.intact and stamp.valid and stamp.trusted)
    return Signature(
        subject=readable(certificate.subject),
        issuer=readable(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        signed_at=stamp.timestamp if is_timestamped else status.signer_reported_dt,
        is_timestamped=is_timestamped,
        is_chain_known=bool(trust.roots and status.trusted),
    )


def _is_weak(certificate: x509.Certificate) -> bool:
    key = certificate.public_key
    return bool(key.algorithm == "rsa" and key.bit_size < _LEAST_RSA_BITS)
