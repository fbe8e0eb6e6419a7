"""What makes a seal last (ETSI EN 319 142-1, 5.4 and 5.5): validation material inside, under a timestamp of its own."""

from datetime import UTC, datetime
from io import BytesIO
from types import TracebackType
from typing import Any, Final, Self

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, extract_tst_data_iter
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.fetchers.api import FetchLimits
from pyhanko_certvalidator.path import ValidationPath

from agreements.summaries.certificates import ends, name_of
from agreements.summaries.errors import CertificateRefused, RevocationFailed, StampEnded, StampNoLonger, TimestampFailed
from agreements.summaries.keys import Sealer
from agreements.summaries.trust import roots_of_timestamps

_DIGEST: Final = "sha256"
_REQUEST_TIMEOUT_S: Final = 10
_LIMITS: Final = FetchLimits(max_requests=30, max_cert_requests=10, max_aia_urls_per_object=2)
_STAMPS: Final = {"time_stamping"}


class KeepsMetadata(IncrementalPdfFileWriter):
    """Leaves the metadata as it was laid out: pyHanko would rewrite the XMP without its PDF/UA part."""

    def _update_meta(self) -> None:
        return


class Material:
    """Certificates with the proof that none was revoked, gathered for one file; what it opens is closed at its end."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer
        self.paths: list[ValidationPath] = []
        self._fetchers = AIOHttpFetcherBackend(per_request_timeout=_REQUEST_TIMEOUT_S, limits=_LIMITS)
        self.context = ValidationContext(
            trust_roots=[*sealer.roots, *roots_of_timestamps()],
            other_certs=sealer.chain,
            allow_fetching=True,
            revocation_mode="require",
            fetcher_backend=self._fetchers,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.context.aclose()
        await self._fetchers.close()  # the context closes only what it opened itself

    async def add_seal_certificate(self) -> None:
        """Ask about the sealing certificate and those above it.

        Raises:
            CertificateRefused: one was revoked, has ended, or leads to no root.
            RevocationFailed: nobody says whether one was revoked.
        """
        certificate = self._sealer.certificate
        validator = CertificateValidator(
            certificate, intermediate_certs=self._sealer.chain, validation_context=self.context
        )
        try:
            self.paths.append(await validator.async_validate_usage(set()))
        except (PathError, ValidationError) as error:
            raise _explained(error, certificate, of="The sealing certificate") from error

    async def add_stamp_certificate(self, signed: Any) -> None:
        """Ask about the certificate that a timestamp was made with, and those above it.

        Raises:
            TimestampFailed: it leads to none of the roots, or was revoked.
            RevocationFailed: nobody says whether it was revoked.
        """
        self.paths.append(await self._stamp_path(signed, self.context))

    async def check_stamp_without_services(self, signed: Any) -> None:
        """Whether a timestamp's certificate leads to the roots; nobody is asked, and without roots nothing is checked.

        Raises:
            TimestampFailed: it does not.
        """
        if roots := roots_of_timestamps():
            await self._stamp_path(signed, ValidationContext(trust_roots=roots, allow_fetching=False))

    async def _stamp_path(self, signed: Any, context: ValidationContext) -> ValidationPath:
        certificates = extract_certs_for_validation(signed)
        certificate = certificates.signer_cert
        validator = CertificateValidator(
            certificate, intermediate_certs=certificates.other_certs, validation_context=context
        )
        try:
            path: ValidationPath = await validator.async_validate_usage(set(), extended_key_usage=_STAMPS)
        except (PathError, ValidationError) as error:
            raise _stamp_explained(error, certificate) from error
        return path


async def check_stamp(sealed: bytes, material: Material, *, with_revocation: bool) -> None:
    """See that the timestamp on the seal leads to the roots; for a long-term seal also that it was not revoked.

    Raises:
        TimestampFailed, RevocationFailed: it is not so, or nobody says.
    """
    seal = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    token = next(extract_tst_data_iter(seal.signer_info, signed=False), None)
    if token is None:
        raise TimestampFailed("The seal came without its timestamp: try again.")
    if with_revocation:
        await material.add_stamp_certificate(token)
    else:
        await material.check_stamp_without_services(token)


async def append_material(sealed: bytes, material: Material, *, stamper: TimeStamper | None) -> bytes:
    """The file with the material in its security store, under a timestamp of its own where there is a ``stamper``.

    Raises:
        TimestampFailed: the authority's certificate can't be checked, or changed meanwhile: the store lacks it.
        RevocationFailed: nobody says whether it was revoked.
    """
    writer, output = KeepsMetadata(BytesIO(sealed)), BytesIO()
    if stamper is None:
        DocumentSecurityStore.supply_dss_in_writer(
            writer, sig_contents=None, paths=material.paths, validation_context=material.context
        )
        writer.write(output)  # type: ignore[no-untyped-call]  # the library leaves it untyped
        return output.getvalue()
    # The store comes before the timestamp, so that the timestamp covers all of the file.
    await material.add_stamp_certificate((await stamper.async_dummy_response(_DIGEST))["content"])
    await PdfTimeStamper(stamper, invis_settings=InvisSigSettings(box_out_of_bounds=True)).async_timestamp_pdf(
        writer,
        _DIGEST,
        validation_context=material.context,
        validation_paths=list(material.paths),
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
        output=output,
    )
    lasting = output.getvalue()
    reader = PdfFileReader(BytesIO(lasting))
    kept = {one.get_object().data for one in reader.root["/DSS"]["/Certs"]}
    if last_stamp(reader).signer_cert.dump() not in kept:
        raise TimestampFailed("The timestamp authority changed its certificate while it was asked: try again.")
    return lasting


async def renewed(content: bytes, material: Material, *, stamper: TimeStamper) -> bytes:
    """A file that lasts longer: material for its last timestamp, under a new one. It starts with the file as it was.

    Raises:
        StampEnded: the last timestamp can't be vouched for any more.
        StampNoLonger: the new one would end with the last one.
        TimestampFailed, RevocationFailed: no new one comes, or nobody says whether a certificate was revoked.
    """
    before = last_stamp(PdfFileReader(BytesIO(content)))
    await material.add_stamp_certificate(before.signed_data)
    longer = await append_material(content, material, stamper=stamper)
    after = last_stamp(PdfFileReader(BytesIO(longer)))
    if ends(after.signer_cert) <= ends(before.signer_cert):
        raise StampNoLonger(
            f"The timestamp authority still stamps with a certificate that ends on {ends(after.signer_cert):%Y-%m-%d}: "
            "ask it for its new one, or name another in MOC_TIMESTAMP_URL."
        )
    return longer


def lasts_until(content: bytes) -> datetime | None:
    """When the certificate of the last timestamp over a file ends; ``None`` for a file without such a timestamp."""
    reader = PdfFileReader(BytesIO(content))
    if not reader.embedded_timestamp_signatures:
        return None
    return ends(last_stamp(reader).signer_cert)


def last_stamp(reader: PdfFileReader) -> Any:
    """The last timestamp over a file, as pyHanko has it."""
    return reader.embedded_timestamp_signatures[-1]


def _stamp_explained(error: Exception, certificate: Certificate) -> TimestampFailed | RevocationFailed:
    explained = _explained(error, certificate, of="The timestamp authority's certificate")
    if isinstance(explained, RevocationFailed):
        return explained
    kind = StampEnded if isinstance(error, RevokedError | ExpiredError) else TimestampFailed
    return kind(f"{explained} Check MOC_TIMESTAMP_ROOTS, or ask the authority.")


def _explained(error: Exception, certificate: Certificate, *, of: str) -> CertificateRefused | RevocationFailed:
    name = name_of(certificate)
    if isinstance(error, RevokedError):
        return CertificateRefused(f"{of} “{name}”, or one above it, was revoked: {error}")
    if isinstance(error, InsufficientRevinfoError):
        return RevocationFailed(
            f"{of} “{name}”: its revocation service does not say whether it, or one above it, was revoked. {error}"
        )
    if isinstance(error, ExpiredError | NotYetValidError):
        return CertificateRefused(f"{of} “{name}”, or one above it, is not valid on {datetime.now(UTC):%Y-%m-%d}.")
    return CertificateRefused(f"{of} “{name}” leads to none of the roots that are named. {error}")
