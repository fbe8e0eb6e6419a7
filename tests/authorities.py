"""A public-key infrastructure on loopback: a root, sealing keys, a timestamp authority, OCSP and revocation lists.

Certificates are made with real dates, so that nothing has to pretend what time it is. Certomancer builds the answers.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from asn1crypto import core, crl, keys, ocsp, tsp
from asn1crypto import x509 as asn1_x509
from certomancer.services import (
    CRLBuilder,
    RevocationInfoInterface,
    SimpleOCSPResponder,
    TimeStamper,
    choose_signed_digest,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Kind = Literal["ec", "rsa"]
Service = Literal["tsa", "ocsp", "crl"]

_YEARS_10 = 3650


@dataclass(frozen=True)
class Issued:
    """A key with its certificate, and the certificates above it (nearest first)."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def private(self) -> keys.PrivateKeyInfo:
        return keys.PrivateKeyInfo.load(
            self.key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    def pkcs12(self, path: Path, *, password: str) -> Path:
        """Written as a PKCS#12 file, with the chain; the path."""
        written = pkcs12.serialize_key_and_certificates(
            b"seal",
            self.key,
            self.certificate,
            list(self.chain),
            serialization.BestAvailableEncryption(password.encode()),
        )
        path.write_bytes(written)
        return path

    def key_pem(self, path: Path, *, password: str = "") -> Path:
        """The key written as PEM (PKCS#8), encrypted where there is a password; the path."""
        encryption = (
            serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
        )
        path.write_bytes(
            self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
        )
        return path

    def certificate_pem(self, path: Path) -> Path:
        """The certificate alone written as PEM; the path."""
        return written_pem(path, self.certificate)

    def chain_pem(self, path: Path) -> Path:
        """The certificates above it written as PEM; the path."""
        return written_pem(path, *self.chain)


def written_pem(path: Path, *certificates: x509.Certificate) -> Path:
    """Certificates written one after another as PEM; the path."""
    path.write_bytes(b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates))
    return path


@dataclass
class Authority:
    """A root that issues, and the services that answer for it at ``url``.

    ``tsa`` stamps; put another there to see what happens when a timestamp authority changes its certificate.
    ``down`` names services that answer 503; ``asked`` counts what each was asked.
    """

    name: str
    url: str
    root: Issued
    tsa: Issued
    down: set[Service] = field(default_factory=set)
    asked: dict[Service, int] = field(default_factory=lambda: {"tsa": 0, "ocsp": 0, "crl": 0})
    revoked: dict[int, datetime] = field(default_factory=dict)
    stamps_at: datetime | None = None
    below: dict[int, Issued] = field(default_factory=dict)

    @property
    def timestamp_url(self) -> str:
        return f"{self.url}/tsa"

    def seal(
        self,
        name: str = "A ministry",
        *,
        kind: Kind = "ec",
        days: float = 730,
        since: float = 1,
        names_services: bool = True,
        by: Issued | None = None,
    ) -> Issued:
        """A sealing key whose certificate names OCSP and CRL. It began ``since`` days ago and ends in ``days``."""
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        issuer = by or self.root
        extensions = ((usage, True), *(_addresses(self.url, issuer) if names_services else ()))
        return _issue(name, by=issuer, kind=kind, days=days, since=since, extensions=extensions)

    def intermediate(self, name: str = "An issuing authority") -> Issued:
        """An authority between the root and those it issues for, with OCSP and a revocation list of its own."""
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        extensions = ((x509.BasicConstraints(ca=True, path_length=0), True), (usage, True))
        issued = _issue(
            name, by=self.root, kind="ec", days=_YEARS_10, extensions=(*extensions, *_addresses(self.url, self.root))
        )
        self.below[issued.certificate.serial_number] = issued
        return issued

    def timestamper(self, name: str = "A timestamp authority", *, days: float = _YEARS_10, kind: Kind = "ec") -> Issued:
        """A timestamp authority's key under the same root, with OCSP and CRL."""
        return _timestamper(name, self.root, self.url, days=days, kind=kind)

    def revoke(self, issued: Issued, *, at: datetime) -> None:
        self.revoked[issued.certificate.serial_number] = at

    def answer(self, service: Service, asked: bytes, of: str = "") -> tuple[str, bytes]:
        """What a service says, ``of`` an issuer by its serial number: media type and bytes."""
        issuer = self.below.get(int(of or 0), self.root)
        if service == "tsa":
            stamper = TimeStamper(
                self.tsa.asn1, self.tsa.private, certs_to_embed=[self.root.asn1], fixed_dt=self.stamps_at
            )
            return "application/timestamp-reply", stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
        if service == "ocsp":
            return "application/ocsp-response", self._responder(issuer).build_ocsp_response(
                ocsp.OCSPRequest.load(asked)
            ).dump()
        return "application/pkix-crl", self.crl(issuer).dump()

    def crl(self, issuer: Issued) -> crl.CertificateList:
        """The list of what an issuer revoked, as of now."""
        now = datetime.now(UTC).replace(microsecond=0)
        builder = CRLBuilder(
            issuer.asn1.subject,
            issuer.private,
            choose_signed_digest("sha256", issuer.asn1.public_key),
            core.OctetString(issuer.asn1.key_identifier),
        )
        revoked = [CRLBuilder.format_revoked_cert(serial, None, at) for serial, at in self.revoked.items()]
        return builder.build_crl(int(now.timestamp()), now - timedelta(minutes=1), now + timedelta(days=1), revoked)

    def _responder(self, issuer: Issued) -> SimpleOCSPResponder:
        now = datetime.now(UTC).replace(microsecond=0)
        algorithm = choose_signed_digest("sha256", issuer.asn1.public_key)
        return SimpleOCSPResponder(issuer.asn1, issuer.private, algorithm, now, _Statuses(self, issuer))


class _Statuses(RevocationInfoInterface):
    def __init__(self, authority: Authority, issuer: Issued) -> None:
        self._authority, self._issuer = authority, issuer

    def get_issuer_cert(self) -> asn1_x509.Certificate:
        return self._issuer.asn1

    def check_revocation_status(
        self, cid: ocsp.CertId, at_time: datetime
    ) -> tuple[ocsp.CertStatus, list[ocsp.SingleResponseExtension]]:
        at = self._authority.revoked.get(cid["serial_number"].native)
        if at is None:
            return ocsp.CertStatus("good"), []
        return ocsp.CertStatus("revoked", ocsp.RevokedInfo({"revocation_time": at})), []


@contextmanager
def authority(name: str = "A root of trust", *, kind: Kind = "ec", tsa_days: float = _YEARS_10) -> Iterator[Authority]:
    """An authority whose services listen on a free port of loopback until the end of the block."""
    served: list[Authority] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, asked: bytes) -> None:
            (ours,) = served
            named, _slash, of = self.path.strip("/").partition("/")
            service: Service = named  # type: ignore[assignment]
            ours.asked[service] += 1
            if service in ours.down:
                self.send_error(503)
                return
            media_type, answer = ours.answer(service, asked, of.removesuffix(".crl"))
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            """Not into the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_port}"
    usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
    root = _issue(
        name, by=None, kind=kind, days=_YEARS_10,
        extensions=((x509.BasicConstraints(ca=True, path_length=1), True), (usage, True)),
    )  # fmt: skip
    served.append(
        Authority(name, url, root, _timestamper("A timestamp authority", root, url, days=tsa_days, kind=kind))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served[0]
    finally:
        server.shutdown()
        server.server_close()


def _timestamper(name: str, root: Issued, url: str, *, days: float, kind: Kind) -> Issued:
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    extensions = ((usage, True), (stamping, True), *_addresses(url, root))
    return _issue(name, by=root, kind=kind, days=days, extensions=extensions)


def _addresses(url: str, issuer: Issued) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    number = issuer.certificate.serial_number
    ocsp_address = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(f"{url}/ocsp/{number}")
    )
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{url}/crl/{number}.crl")], None, None, None)
    return (
        (x509.AuthorityInformationAccess([ocsp_address]), False),
        (x509.CRLDistributionPoints([point]), False),
    )


def _issue(
    name: str,
    *,
    by: Issued | None,
    kind: Kind,
    days: float,
    extensions: tuple[tuple[x509.ExtensionType, bool], ...],
    since: float = 1,
) -> Issued:
    key: Key = (
        ec.generate_private_key(ec.SECP256R1())
        if kind == "ec"
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_key = by.key if by else key
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=since))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, critical=is_critical)
    chain = (by.certificate, *by.chain) if by else ()
    return Issued(key, builder.sign(issuer_key, hashes.SHA256()), chain)
