"""Checks a seal with what lies in its file: nothing is fetched, so it can be checked long after its certificate ended.

The rule is that of ETSI EN 319 102-1, 5.6: each timestamp proves that everything before it existed at its time. So the
archive timestamps are checked from the last one inwards, each at the time that the one around it proves, then the
seal's own timestamp, then the sealing certificate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from agreements.summaries.distinguished import readable
from agreements.summaries.seen import Certificate, Revocation, Stamp


@dataclass(frozen=True)
class Material:
    """The certificates, OCSP answers and revocation lists that a file carries (ISO 32000-2, 12.8.4.3)."""

    certificates: tuple[x509.Certificate, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()

    @property
    def without_answers(self) -> "Material":
        """The certificates alone."""
        return Material(self.certificates)


@dataclass(frozen=True)
class Roots:
    """What seals and what timestamps must lead to."""

    seals: tuple[x509.Certificate, ...]
    stamps: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What came of a check; ``status`` is pyHanko's, for the proven moment."""

    status: PdfSignatureStatus
    was_trusted: bool
    stamp: Stamp | None
    archive_stamps: tuple[Stamp, ...]
    as_of: datetime
    revocation: Revocation
    material: Material = field(default_factory=Material)


def read_material(reader: PdfFileReader) -> Material:
    """What the file carries for its check; nothing where it has no such store, or one that can't be read."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
        return Material(
            tuple(store.load_certs()),
            tuple(ocsp.OCSPResponse.load(_bytes(one)) for one in store.ocsps),
            tuple(crl.CertificateList.load(_bytes(one)) for one in store.crls),
        )
    except (NoDSSFoundError, PdfError, ValueError, TypeError, AttributeError):
        return Material()


def check_seal(
    seal: EmbeddedPdfSignature,
    archive: Sequence[EmbeddedPdfSignature],
    *,
    roots: Roots,
    material: Material,
    at: datetime,
) -> Checked:
    """Check one seal and the timestamps around it.

    Args:
        archive: the file's document timestamps, oldest first.
        at: the moment of the check, or that which is known for other reasons; trusted timestamps prove earlier ones.

    Raises:
        Exception: whatever the parsers trip over; they promise no more.
    """
    moment, stamps = at, []
    for one in reversed(archive):
        stamps.append(_stamp(_checked_stamp(one, roots, material, moment)))
        if stamps[-1].trusted and one.signed_revision > seal.signed_revision:
            moment = min(moment, stamps[-1].at)
    status = _checked(seal, roots, material, moment)
    stamp = _stamp(status.timestamp_validity) if status.timestamp_validity is not None else None
    if stamp is not None and stamp.trusted and stamp.at < moment:
        moment = stamp.at
        status = _checked(seal, roots, material, moment)
    return Checked(
        status=status,
        was_trusted=status.trusted or _was_trusted(seal, status, roots, material),
        stamp=stamp,
        archive_stamps=tuple(reversed(stamps)),
        as_of=moment,
        revocation=_revocation(seal, status, roots, material, moment),
        material=material,
    )


def certificate(of: x509.Certificate) -> Certificate:
    """What people compare of a certificate."""
    return Certificate(
        subject=readable(of.subject),
        issuer=readable(of.issuer),
        serial=f"{of.serial_number:x}",
        sha256=of.sha256.hex(),
        not_before=of.not_valid_before,
        not_after=of.not_valid_after,
    )


def algorithm_of(signer: cms.SignerInfo, key: str) -> str:
    """The kind of key and the digest, such as "ECDSA, SHA-256"."""
    digest = str(signer["digest_algorithm"]["algorithm"].native).upper().replace("SHA", "SHA-").replace("--", "-")
    return f"{key.upper().replace('EC', 'ECDSA')}, {digest}"


def _checked_stamp(
    one: EmbeddedPdfSignature, roots: Roots, material: Material, moment: datetime
) -> TimestampSignatureStatus:
    status = validate_pdf_timestamp(one, _context(roots.stamps, material, moment), skip_diff=True)
    if status.trusted or status.revoked:
        return status
    # The answers inside are older than the last timestamp, so years later they say nothing about it.
    return validate_pdf_timestamp(one, _context(roots.stamps, material.without_answers, moment), skip_diff=True)


def _checked(seal: EmbeddedPdfSignature, roots: Roots, material: Material, moment: datetime) -> PdfSignatureStatus:
    around = _context(roots.stamps, material, moment)
    status = _validate(seal, _context(roots.seals, material, moment), around)
    stamp = status.timestamp_validity
    may_be_old = stamp is not None and not stamp.trusted and not stamp.revoked
    if may_be_old:
        around = _context(roots.stamps, material.without_answers, moment)
        status = _validate(seal, _context(roots.seals, material, moment), around)
    if status.trusted or status.revoked:
        return status
    return _validate(seal, _context(roots.seals, material.without_answers, moment), around)


def _validate(seal: EmbeddedPdfSignature, own: ValidationContext, around: ValidationContext) -> PdfSignatureStatus:
    # What was added since is looked at in revisions.py: pyHanko's own look takes seconds where objects lie in streams.
    return validate_pdf_signature(seal, signer_validation_context=own, ts_validation_context=around, skip_diff=True)


def _context(
    roots: Sequence[x509.Certificate], material: Material, moment: datetime, *, mode: str = "soft-fail"
) -> ValidationContext:
    # Revocation data is made after the seal, so what it says holds for earlier moments as well.
    return ValidationContext(
        trust_roots=list(roots), other_certs=list(material.certificates), moment=moment, allow_fetching=False,
        ocsps=list(material.ocsps), crls=list(material.crls), revocation_mode=mode, retroactive_revinfo=True,
    )  # fmt: skip


def _stamp(status: TimestampSignatureStatus) -> Stamp:
    holds = bool(status.intact and status.valid)
    return Stamp(status.timestamp, certificate(status.signing_cert), holds=holds, trusted=bool(status.trusted))


def _was_trusted(seal: EmbeddedPdfSignature, status: PdfSignatureStatus, roots: Roots, material: Material) -> bool:
    claimed = status.signer_reported_dt
    if claimed is None or claimed.tzinfo is None or not (status.intact and status.valid) or status.revoked:
        return False
    own = _context(roots.seals, material, claimed)
    return bool(_validate(seal, own, own).trusted)


def _revocation(
    seal: EmbeddedPdfSignature, status: PdfSignatureStatus, roots: Roots, material: Material, moment: datetime
) -> Revocation:
    if status.revoked:
        return Revocation.REVOKED
    if not status.trusted or not (material.ocsps or material.crls):
        return Revocation.UNCHECKED
    own = _context(roots.seals, material, moment, mode="hard-fail")
    return Revocation.GOOD if _validate(seal, own, own).trusted else Revocation.UNCHECKED


def _bytes(reference: Any) -> bytes:
    content: bytes = reference.get_object().data
    return content
