"""Certificates in files that settings name, and what is in them."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem
from asn1crypto.x509 import Certificate

from agreements.summaries.distinguished import readable
from agreements.summaries.errors import SealNotConfigured

Stamp = tuple[int, int, int] | None
"""What tells a replaced file from the one before: its time, size and place on the disk; ``None`` for no file."""


def stamp_of(path: str) -> Stamp:
    try:
        state = Path(path).stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def certificates_in(path: str, *, setting: str) -> tuple[Certificate, ...]:
    """The certificates of a PEM file, in its order; none for an empty path. Read again once the file was replaced.

    Raises:
        SealNotConfigured: the file can't be read, or holds no certificate; the message names the setting.
    """
    return _read(path, stamp_of(path), setting) if path else ()


@lru_cache(maxsize=16)
def _read(path: str, _stamp: Stamp, setting: str) -> tuple[Certificate, ...]:
    try:
        content = Path(path).read_bytes()
        found = [der for kind, _headers, der in pem.unarmor(content, multiple=True) if kind == "CERTIFICATE"]
        certificates = tuple(Certificate.load(der, strict=True) for der in found)
        for certificate in certificates:
            _ = certificate.native  # parses all of it, so that a broken one is said here
    except (OSError, ValueError, TypeError) as error:
        raise SealNotConfigured(
            f"The certificates in {setting} can't be read: it must name a file with certificates in PEM "
            "(-----BEGIN CERTIFICATE-----)."
        ) from error
    if not certificates:
        raise SealNotConfigured(f"There is no certificate in the file that {setting} names.")
    return certificates


def name_of(certificate: Certificate) -> str:
    """The subject, as people read it."""
    return readable(certificate.subject)


def common_name_of(certificate: Certificate) -> str:
    """The one part of the subject that people know its owner by; all of it where there is no such part."""
    name = certificate.subject.native.get("common_name")
    return name if isinstance(name, str) else name_of(certificate)


def begins(certificate: Certificate) -> datetime:
    moment: datetime = certificate.not_valid_before
    return moment


def ends(certificate: Certificate) -> datetime:
    """The last moment at which the certificate is valid (RFC 5280, 4.1.2.5)."""
    moment: datetime = certificate.not_valid_after
    return moment


def roots_among(certificates: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """Those that vouch for themselves and for others."""
    return tuple(one for one in certificates if one.ca and one.self_issued)


def issuers_of(certificate: Certificate, among: Iterable[Certificate]) -> list[Certificate]:
    """The certificates above one, nearest first, as far as they are among these; by name and key identifier."""
    rest, above, lowest = list(among), [], certificate
    while not lowest.self_issued:
        issuer = next((one for one in rest if _issued(one, lowest)), None)
        if issuer is None:
            break
        above.append(issuer)
        rest.remove(issuer)
        lowest = issuer
    return above


def names_revocation_services(certificate: Certificate) -> bool:
    """Whether the certificate says where to ask if it was revoked, by OCSP or a list."""
    return bool(certificate.ocsp_urls) or bool(certificate.crl_distribution_points)


def _issued(issuer: Certificate, certificate: Certificate) -> bool:
    if issuer.subject != certificate.issuer:
        return False
    wanted, has = certificate.authority_key_identifier, issuer.key_identifier
    return wanted is None or has is None or wanted == has
