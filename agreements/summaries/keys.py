"""The key that seals: found where the settings say, parsed once, and taken anew when its files were replaced."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
    pkcs12,
)
from django.conf import settings
from django.views.decorators.debug import sensitive_variables
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from agreements.summaries.authority import development_authority
from agreements.summaries.certificates import Stamp, certificates_in, name_of, roots_among, stamp_of
from agreements.summaries.errors import SealNotConfigured, SummariesError
from agreements.summaries.key_settings import KeyKind, key_kind

_SHORTEST_RSA_BITS: Final = 2048

logger = logging.getLogger(__name__)


class KeptKeySigner(Signer):
    """Signs with a key that was parsed once: parsing an RSA key takes ten times as long as signing."""

    def __init__(
        self,
        key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
        certificate: asn1_x509.Certificate,
        chain: Iterable[asn1_x509.Certificate],
    ) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([certificate, *chain])
        super().__init__(signing_cert=certificate, cert_registry=store)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(digest))
        return self._key.sign(data, padding.PKCS1v15(), digest)


@dataclass(frozen=True)
class Sealer:
    """What the portal seals with, and which roots its seals lead to. ``chain``: the certificates above, roots too."""

    signer: Signer = field(repr=False)
    certificate: asn1_x509.Certificate = field(repr=False)
    chain: tuple[asn1_x509.Certificate, ...] = field(repr=False)
    is_development: bool

    @property
    def roots(self) -> tuple[asn1_x509.Certificate, ...]:
        """The roots of its chain; the certificate itself where the chain holds none."""
        return roots_among(self.chain) or (self.certificate,)

    @property
    def name(self) -> str:
        """The subject of the sealing certificate, as people read it."""
        return name_of(self.certificate)


@dataclass(frozen=True, repr=False)
class _Named:
    """All settings that make a key another one. Some are secrets, so it never prints them."""

    settings: tuple[str, ...]


@dataclass(frozen=True)
class _Loaded:
    named: _Named
    stamps: tuple[Stamp, ...]
    sealer: Sealer


_loading = threading.Lock()
_loaded: _Loaded | None = None


def current_sealer() -> Sealer:
    """The sealer that the settings name; in development, one with an authority of its own.

    Files that were replaced are read again, in every process, when the next seal is made. Where the new ones can't be
    used, perhaps because they are only half written, the key from before goes on sealing and the log says so.

    Raises:
        SealNotConfigured: there is no key, or it can't be used; the message names the setting.
        TokenFailed: the token that keeps the certificate does not answer.
    """
    global _loaded  # noqa: PLW0603  # one key a process
    kind, named = key_kind(), _named()
    with _loading:
        stamps = tuple(stamp_of(path) for path in _files(kind))
        before = _loaded if _loaded is not None and _loaded.named == named else None
        if before is not None and before.stamps == stamps:
            return before.sealer
        try:
            sealer = _LOADERS[kind]()
        except SummariesError:
            if before is None:
                raise
            logger.exception("act=load_seal_key keeps=%s", before.sealer.name)
            sealer = before.sealer
        _loaded = _Loaded(named, stamps, sealer)
        return sealer


def development_sealer(folder: Path) -> Sealer:
    """A sealer with the development authority of this folder, which is made where it is missing."""
    development_authority(folder)
    (root,) = certificates_in(str(folder / "root.pem"), setting="MOC_DATA_DIR")
    (certificate,) = certificates_in(str(folder / "seal.pem"), setting="MOC_DATA_DIR")
    key = _pem_key(folder / "seal.key", "")
    return _in_memory(key, certificate, (root,), setting="MOC_DATA_DIR", is_development=True)


def _named() -> _Named:
    names = (
        "SEAL_PKCS12", "SEAL_PKCS12_PASSWORD", "SEAL_PEM_KEY", "SEAL_PEM_PASSWORD", "SEAL_PKCS11_MODULE",
        "SEAL_PKCS11_TOKEN", "SEAL_PKCS11_KEY", "SEAL_PKCS11_KEY_ID", "SEAL_PKCS11_PASSWORD", "SEAL_CERTIFICATE",
        "SEAL_CHAIN", "DATA_DIR",
    )  # fmt: skip
    return _Named(tuple(str(getattr(settings, name)) for name in names))


def _files(kind: KeyKind) -> tuple[str, ...]:
    if kind is KeyKind.DEVELOPMENT:
        return (str(_development_folder() / "seal.pem"),)
    return (settings.SEAL_PKCS12, settings.SEAL_PEM_KEY, settings.SEAL_CERTIFICATE, settings.SEAL_CHAIN)


def _development_folder() -> Path:
    return Path(settings.DATA_DIR, "seal")


def _from_pkcs12() -> Sealer:
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(
            Path(settings.SEAL_PKCS12).read_bytes(), settings.SEAL_PKCS12_PASSWORD.encode() or None
        )
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise SealNotConfigured(
            "The sealing key can't be read: check the file in MOC_SEAL_PKCS12 and MOC_SEAL_PKCS12_PASSWORD."
        ) from error
    if key is None or certificate is None:
        raise SealNotConfigured("MOC_SEAL_PKCS12 must name a file that holds both the key and its certificate.")
    chain = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in others]
    subject = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    return _in_memory(key, subject, (*chain, *_named_chain()), setting="MOC_SEAL_PKCS12")


def _from_pem() -> Sealer:
    certificate, *above = certificates_in(settings.SEAL_CERTIFICATE, setting="MOC_SEAL_CERTIFICATE")
    key = _pem_key(Path(settings.SEAL_PEM_KEY), settings.SEAL_PEM_PASSWORD)
    return _in_memory(key, certificate, (*above, *_named_chain()), setting="MOC_SEAL_PEM_KEY")


def _from_token() -> Sealer:
    from agreements.summaries.tokens import Token, TokenSigner  # noqa: PLC0415  # few portals have one

    token = Token(
        settings.SEAL_PKCS11_MODULE,
        label=settings.SEAL_PKCS11_TOKEN,
        key_label=settings.SEAL_PKCS11_KEY,
        key_id=bytes.fromhex(settings.SEAL_PKCS11_KEY_ID),
        pin=settings.SEAL_PKCS11_PASSWORD,
    )
    certificate, *above = certificates_in(settings.SEAL_CERTIFICATE, setting="MOC_SEAL_CERTIFICATE") or [
        token.certificate()
    ]
    if certificate is None:
        raise SealNotConfigured(
            "The token has no certificate beside the key, or several: name a PEM file with it in MOC_SEAL_CERTIFICATE."
        )
    _check_public(certificate, setting="MOC_SEAL_CERTIFICATE")
    chain = (*above, *_named_chain())
    return Sealer(TokenSigner(token, certificate, chain), certificate, chain, is_development=False)


_LOADERS: Final[dict[KeyKind, Callable[[], Sealer]]] = {
    KeyKind.PKCS12: _from_pkcs12,
    KeyKind.PEM: _from_pem,
    KeyKind.PKCS11: _from_token,
    KeyKind.DEVELOPMENT: lambda: development_sealer(_development_folder()),
}


def _named_chain() -> tuple[asn1_x509.Certificate, ...]:
    return certificates_in(settings.SEAL_CHAIN, setting="MOC_SEAL_CHAIN")


@sensitive_variables("password")
def _pem_key(path: Path, password: str) -> Any:
    try:
        return load_pem_private_key(path.read_bytes(), password=password.encode() or None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        # TypeError: a password for a key that has none, or none for one that has.
        raise SealNotConfigured(
            "The sealing key can't be read: check the file in MOC_SEAL_PEM_KEY and MOC_SEAL_PEM_PASSWORD."
        ) from error


def _in_memory(
    key: Any,
    certificate: asn1_x509.Certificate,
    chain: tuple[asn1_x509.Certificate, ...],
    *,
    setting: str,
    is_development: bool = False,
) -> Sealer:
    _check_public(certificate, setting=setting)
    own = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    certified = load_der_public_key(certificate.public_key.dump())
    if own != certified.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo):
        raise SealNotConfigured(
            f"The key in {setting} is not that of its certificate: name the two that belong together."
        )
    return Sealer(KeptKeySigner(key, certificate, chain), certificate, chain, is_development=is_development)


def _check_public(certificate: asn1_x509.Certificate, *, setting: str) -> None:
    key = certificate.public_key
    if key.algorithm not in ("rsa", "ec"):
        raise SealNotConfigured(f"The sealing key must be RSA or on an elliptic curve: change {setting}.")
    if key.algorithm == "rsa" and key.bit_size < _SHORTEST_RSA_BITS:
        raise SealNotConfigured(f"The sealing key must have {_SHORTEST_RSA_BITS} bits or more: change {setting}.")
