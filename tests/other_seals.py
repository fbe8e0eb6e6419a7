"""A party that seals with a certificate of its own, for tests: really signed files, inside the PDF and beside it."""

import subprocess
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.publishing.links import Invited, MadeLink
from agreements.publishing.other_seals import ask_for_seal
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import SealLink
from agreements.vocabulary.languages import Language
from tests.other_side import parties

PEM = Encoding.PEM


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


@dataclass
class Office:
    """A key and a certificate, from an authority of its own; valid from a day before ``now`` for so many days."""

    name: str = "Ministry of Tests"
    kind: str = "ec"
    bits: int = 2048
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    days: int = 30
    stamps_time: bool = False

    def __post_init__(self) -> None:
        root_key = ec.generate_private_key(ec.SECP256R1())
        self.key: Any = (
            ec.generate_private_key(ec.SECP256R1()) if self.kind == "ec" else rsa.generate_private_key(65537, self.bits)
        )
        root = f"Authority of {self.name}"
        self.root = self._certificate(root, root_key, root, root_key, is_authority=True)
        self.certificate = self._certificate(self.name, self.key, root, root_key, is_authority=False)

    def _certificate(self, name: str, key: Any, issuer: str, by: Any, *, is_authority: bool) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(_named(issuer))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - timedelta(days=1))
            .not_valid_after(self.now + timedelta(days=self.days))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(_usage(is_authority=is_authority), critical=True)
        )
        if self.stamps_time and not is_authority:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return builder.sign(by, hashes.SHA256())

    def sign_pdf(
        self, content: bytes, *, name: str = "Office", box: Any = None, certify: bool = False, before: Any = None
    ) -> bytes:
        """The PDF with a PAdES signature added; ``before`` may change it first, within the same revision."""
        writer = IncrementalPdfFileWriter(BytesIO(content))
        if before is not None:
            before(writer)
        metadata = PdfSignatureMetadata(field_name=name, subfilter=SigSeedSubFilter.PADES, certify=certify)
        field_spec = SigFieldSpec(name, on_page=0, box=box)
        output = BytesIO()
        PdfSigner(metadata, signer=self._signer(), new_field_spec=field_spec).sign_pdf(writer, output=output)
        return output.getvalue()

    def sign_for_long(self, content: bytes, clock: "Office") -> bytes:
        """The PDF sealed at level B-LTA: with a timestamp, what proves the certificates, and a timestamp over that."""
        stamper = DummyTimeStamper(clock._own, clock._private, certs_to_embed=clock._store)
        metadata = PdfSignatureMetadata(
            field_name="Office",
            subfilter=SigSeedSubFilter.PADES,
            embed_validation_info=True,
            use_pades_lta=True,
            validation_context=ValidationContext(
                trust_roots=[*self._store, *clock._store], allow_fetching=False, revocation_mode="soft-fail"
            ),
        )
        output = BytesIO()
        signer = PdfSigner(metadata, signer=self._signer(), timestamper=stamper)
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), output=output)
        return output.getvalue()

    def _signer(self) -> SimpleSigner:
        return SimpleSigner(signing_cert=self._own, signing_key=self._private, cert_registry=self._store)

    @property
    def _own(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))

    @property
    def _private(self) -> keys.PrivateKeyInfo:
        return keys.PrivateKeyInfo.load(self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))

    @property
    def _store(self) -> SimpleCertificateStore:
        store = SimpleCertificateStore()
        store.register(asn1_x509.Certificate.load(self.root.public_bytes(Encoding.DER)))
        return store

    def sign_beside(self, content: bytes, *options: str, form: str = "DER") -> bytes:
        """A signature as openssl makes it."""
        with tempfile.TemporaryDirectory() as folder:
            key, certificate, file = (Path(folder, one) for one in ("key.pem", "certificate.pem", "file"))
            key.write_bytes(self.key.private_bytes(PEM, PrivateFormat.PKCS8, NoEncryption()))
            certificate.write_bytes(self.certificate.public_bytes(PEM))
            file.write_bytes(content)
            command = [
                "openssl", "cms", "-sign", "-in", str(file), "-signer", str(certificate), "-inkey", str(key),
                "-outform", form, *(options or ("-binary",)),
            ]  # fmt: skip
            return subprocess.run(command, check=True, capture_output=True).stdout


def ask(
    agreement: Agreement,
    *,
    by: User,
    at: datetime,
    person: str = "Hana Karim",
    language: Language = "en",
    days: int = 14,
) -> MadeLink[SealLink]:
    """A link to seal, for a person of the agreement's first party."""
    invited = Invited(person, "hana@party.example", parties(agreement)[0], language)
    return ask_for_seal(agreement.pk, invited, by=by, at=at, days=days)


def address(made: MadeLink[SealLink], page: str = "", *, language: str = "en") -> str:
    return f"/{language}/seal/{made.secret}/{page}"


def download(made: MadeLink[SealLink], language: str = "en") -> bytes:
    """The file to be sealed, as the person gets it."""
    return bytes(Client().get(address(made, f"{language}.pdf")).content)


def send(made: MadeLink[SealLink], content: bytes, *, language: str = "en", **typed: str) -> Any:
    """Send a file as a browser does, and with the checks that a browser meets; the answer."""
    file = SimpleUploadedFile("sealed.pdf", content, content_type="application/pdf")
    data = {"file": file, **({"may_be_published": "on"} | typed)}
    return Client(enforce_csrf_checks=True).post(address(made, language=language), data)
