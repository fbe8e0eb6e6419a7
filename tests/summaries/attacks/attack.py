"""What an attack is, and how files for it are put together."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer

from agreements.editions.models import Edition
from agreements.summaries.keys import current_sealer, development_sealer
from agreements.summaries.seal import seal_pdf
from agreements.summaries.store import read_summary, summary_for
from agreements.summaries.verify import Finding


@dataclass(frozen=True)
class Given:
    """What an attacker has: a sealed summary, the same before it was sealed, and the edition's JSON.

    ``seal`` seals with the portal's own key, for attacks that trick the register into sealing; ``seal_elsewhere`` with
    that of an authority whose certificates bear the same names; ``sign_elsewhere`` adds that one's signature.
    """

    sealed: bytes
    unsealed: bytes
    content: bytes
    seal: Callable[[bytes], bytes]
    seal_elsewhere: Callable[[bytes], bytes]
    sign_elsewhere: Callable[[bytes], bytes]

    @classmethod
    def of(cls, edition: Edition, folder: Path) -> "Given":
        """What there is of a published edition; the other authority is made in the folder."""
        sealed = read_summary(summary_for(edition, "en", at=edition.published_at))
        other = development_sealer(folder)
        return cls(
            sealed=sealed,
            unsealed=sealed[: sealed.index(b"%%EOF") + len(b"%%EOF\n")],
            content=bytes(edition.canonical),
            seal=lambda pdf: seal_pdf(pdf, sealer=current_sealer(), level="B-B"),
            seal_elsewhere=lambda pdf: seal_pdf(pdf, sealer=other, level="B-B"),
            sign_elsewhere=lambda pdf: _signed(pdf, other.signer),
        )


class _Reckless(PdfSigner):
    """Signs where a seal forbids it."""

    def _enforce_certification_constraints(self, reader: PdfFileReader) -> None:
        return


def _signed(pdf: bytes, signer: Signer) -> bytes:
    output = BytesIO()
    _Reckless(PdfSignatureMetadata(field_name="Approval"), signer=signer).sign_pdf(Writer(BytesIO(pdf)), output=output)
    return output.getvalue()


@dataclass(frozen=True)
class Attack:
    """``source`` says who described it; ``finding`` is what the verifier says."""

    make: Callable[[Given], bytes]
    finding: Finding
    source: str


class Writer(IncrementalPdfFileWriter):
    """Adds to a file, and nothing that it was not asked to add."""

    def _update_meta(self) -> None:
        return


def added(pdf: bytes, change: Callable[[Writer], object]) -> bytes:
    """The file with one more revision."""
    writer = Writer(BytesIO(pdf), strict=False)
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def first_page(writer: Writer) -> Any:
    return writer.find_page_for_modification(0)[0].get_object()


def update(writer: Writer, obj: Any) -> None:
    writer.mark_update(obj.container_ref)


def dictionary(**entries: Any) -> DictionaryObject:
    """A dictionary whose names are written without their slash."""
    return DictionaryObject({pdf_name(f"/{name}"): value for name, value in entries.items()})


def stream(data: bytes, **entries: Any) -> generic.StreamObject:
    return generic.StreamObject(dictionary(**entries), stream_data=data)


def signature_dictionary(pdf: bytes) -> Any:
    """The first signature's dictionary."""
    return PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures[0].sig_object


def byte_range(pdf: bytes) -> list[int]:
    return [int(one) for one in signature_dictionary(pdf)["/ByteRange"]]
