"""PDFs that people signed electronically, made anew: whole, added to, changed."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.summaries.attacks.exhausting import pdf

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"
UNSIGNED = pdf(CATALOG, PAGES, PAGE)


@cache
def signer(name: str, organization: str = "Ministry of Examples", *, days: int = 365) -> Any:
    """Who signs: a person with a certificate of their own making; an old one where ``days`` is below zero."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization)]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=700))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # the library leaves it untyped
    )


def sign(data: bytes, by: Any, *, field: str = "Signature1", timestamper: Any = None) -> bytes:
    """The PDF with one more signature."""
    metadata = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    output = BytesIO()
    signers.PdfSigner(metadata, signer=by, timestamper=timestamper, new_field_spec=SigFieldSpec(field)).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(data)), output=output
    )
    return output.getvalue()


def added_to(signed: bytes) -> bytes:
    """The PDF with a page's size changed in an update behind the signature."""
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"] = generic.ArrayObject([generic.NumberObject(one) for one in (0, 0, 400, 400)])  # type: ignore[no-untyped-call]  # as above
    writer.update_container(page)
    output = BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]  # as above
    return output.getvalue()


def tampered(signed: bytes) -> bytes:
    """The PDF with a byte of what was signed replaced."""
    return signed.replace(b"/MediaBox [0 0 200 200]", b"/MediaBox [0 0 900 200]", 1)


def locked(data: bytes) -> bytes:
    """The PDF so that it opens only with a password."""
    output = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    return output.getvalue()
