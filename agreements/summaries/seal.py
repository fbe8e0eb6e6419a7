"""The seal: a PAdES certification signature (ETSI EN 319 142-1) that allows no later change."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

from agreements.summaries.authority import development_authority
from agreements.summaries.errors import SealNotConfigured, TimestampFailed

FIELD: Final = "Seal"
_DIGEST: Final = "sha256"
_TIMESTAMP_TIMEOUT_S: Final = 10


class KeptKeySigner(SimpleSigner):
    """Signs with a key that was parsed once: parsing an RSA key takes ten times as long as signing."""

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        key = _parsed(self.signing_key.dump())
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(data, ec.ECDSA(hashes.SHA256()))
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        raise SealNotConfigured("The sealing key must be RSA or on an elliptic curve: change MOC_SEAL_PKCS12.")


@lru_cache(maxsize=4)
def _parsed(der: bytes) -> Any:
    return load_der_private_key(der, password=None)


@dataclass(frozen=True)
class Sealer:
    """What the portal seals with, and which roots its seals lead to."""

    signer: KeptKeySigner
    roots: tuple[asn1_x509.Certificate, ...]
    is_development: bool

    @property
    def level(self) -> str:
        """The PAdES level that seals have now: B-T with a timestamp authority, else B-B."""
        return "B-T" if settings.TIMESTAMP_URL else "B-B"

    @property
    def name(self) -> str:
        """The subject of the sealing certificate, as people read it."""
        certificate = self.signer.signing_cert
        return str(certificate.subject.human_friendly) if certificate is not None else ""


class _KeepsMetadata(IncrementalPdfFileWriter):
    """Leaves the metadata as it was laid out: pyHanko would rewrite the XMP without its PDF/UA part."""

    def _update_meta(self) -> None:
        return


def current_sealer() -> Sealer:
    """The sealer that the settings name; in development, one with an authority of its own.

    Raises:
        SealNotConfigured: neither is there, or the key can't be read.
    """
    folder = "" if settings.SEAL_PKCS12 else str(Path(settings.DATA_DIR, "seal"))
    if not settings.SEAL_PKCS12 and not settings.DEVELOPMENT:
        raise SealNotConfigured(
            "There is no key to seal summaries with: name a PKCS#12 file in MOC_SEAL_PKCS12 "
            "and its password in MOC_SEAL_PKCS12_PASSWORD."
        )
    return _sealer(settings.SEAL_PKCS12, settings.SEAL_PKCS12_PASSWORD, folder)


@lru_cache(maxsize=4)
def _sealer(pkcs12: str, password: str, development_folder: str) -> Sealer:
    if development_folder:
        folder = development_authority(Path(development_folder))
        signer = KeptKeySigner.load(  # type: ignore[no-untyped-call]  # the library leaves it untyped
            str(folder / "seal.key"), str(folder / "seal.pem"), ca_chain_files=(str(folder / "root.pem"),)
        )
        return Sealer(_kept(signer), (_certificate(folder / "root.pem"),), is_development=True)
    try:
        signer = SimpleSigner.load_pkcs12_data(
            Path(pkcs12).read_bytes(), other_certs=[], passphrase=password.encode() or None
        )
    except (OSError, ValueError) as error:
        raise SealNotConfigured(
            "The sealing key can't be read: check the file in MOC_SEAL_PKCS12 and MOC_SEAL_PKCS12_PASSWORD."
        ) from error
    chain = [one for one in signer.cert_registry if one.ca and one.self_issued]
    return Sealer(_kept(signer), tuple(chain) or (signer.signing_cert,), is_development=False)


def _kept(signer: SimpleSigner | None) -> KeptKeySigner:
    if signer is None:
        raise SealNotConfigured("The sealing key can't be read: see the log for what pyHanko says of it.")
    return KeptKeySigner(
        signing_cert=signer.signing_cert, signing_key=signer.signing_key, cert_registry=signer.cert_registry
    )


def _certificate(path: Path) -> asn1_x509.Certificate:
    _, _, der = pem.unarmor(path.read_bytes())
    return asn1_x509.Certificate.load(der)


def seal_pdf(unsealed: bytes, *, sealer: Sealer) -> bytes:
    """The sealed file. It starts with exactly the unsealed bytes; the seal is appended.

    Raises:
        TimestampFailed: the timestamp authority does not answer, or not with a timestamp.
    """
    timestamper = (
        HTTPTimeStamper(settings.TIMESTAMP_URL, timeout=_TIMESTAMP_TIMEOUT_S) if settings.TIMESTAMP_URL else None
    )
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=_DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=sealer.name,
        reason="Seal of the register on the summary of one edition",
    )
    field = SigFieldSpec(FIELD, on_page=0, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    signer = PdfSigner(metadata, signer=sealer.signer, timestamper=timestamper, new_field_spec=field)
    output = BytesIO()
    try:
        signer.sign_pdf(_KeepsMetadata(BytesIO(unsealed)), output=output)
    except TimestampRequestError as error:
        raise TimestampFailed(f"No timestamp from {settings.TIMESTAMP_URL}: {error}") from error
    return output.getvalue()
