"""Reads what a PDF says of its seal, where need be in a process of its own.

Run as a program it takes a PDF on standard input and the trusted roots as arguments (DER, base64), and
prints what it saw as JSON. A file made to exhaust its reader ends that process and nothing else.
"""

import base64
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from asn1crypto import x509
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from agreements.summaries.attachments import attached_json
from moc_portal.apart import MEBIBYTE, bound_this_process, run_apart

_LIMITS: Final = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MEBIBYTE),
    document_budget=DocumentDecodeBudget(base_allowance=64 * MEBIBYTE, max_ratio=3),
)


@dataclass(frozen=True)
class Seal:
    """What the first seal of a file says, checked against the trusted roots.

    ``holds``: what it covers is as it was sealed. ``covers_all``: nothing was added since.
    ``sealed_at`` is the timestamp authority's time where there is one, else the sealer's own.
    ``content_sha256`` is that of the attached JSON file, empty without one.
    """

    field: str
    holds: bool
    trusted: bool
    covers_all: bool
    sealed_by: str
    sealed_at: datetime | None
    content_sha256: str


@dataclass(frozen=True)
class Seen:
    """What a readable PDF is; ``seal`` is ``None`` for one without, or one that can't be opened."""

    encrypted: bool = False
    seal: Seal | None = None


def examine(data: bytes, roots: Sequence[bytes], *, at: datetime | None = None) -> Seen:
    """Read a PDF in this process; only for files that are known to be harmless.

    Args:
        data: the file.
        roots: certificates to trust, DER.
        at: the moment at which the certificate must have been valid; now without one.

    Raises:
        Exception: whatever the parsers trip over; they promise no more.
    """
    reader = PdfFileReader(BytesIO(data), strict=False, decode_limits=_LIMITS)
    if reader.encrypted:
        return Seen(encrypted=True)
    seals = reader.embedded_signatures
    if not seals:
        return Seen()
    trust = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in roots], allow_fetching=False, moment=at
    )
    status = validate_pdf_signature(seals[0], signer_validation_context=trust)
    stamp = status.timestamp_validity
    content = attached_json(reader)
    return Seen(
        seal=Seal(
            field=seals[0].field_name,
            holds=status.intact and status.valid,
            trusted=status.trusted,
            covers_all=(
                len(seals) == 1
                and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
                and status.modification_level in (None, ModificationLevel.NONE)
            ),
            sealed_by=str(status.signing_cert.subject.human_friendly),
            sealed_at=stamp.timestamp if stamp is not None else status.signer_reported_dt,
            content_sha256=hashlib.sha256(content).hexdigest() if content is not None else "",
        )
    )


def examine_apart(data: bytes, roots: Sequence[bytes]) -> Seen:
    """Read anybody's PDF in a process of its own, with bounds on its memory and time.

    Raises:
        Unreadable: the file is broken, or took more than the bounds allow.
    """
    return _from_json(run_apart(__name__, data, [base64.b64encode(der).decode() for der in roots]))


def main() -> None:
    """Examine standard input under the limits and print what was seen; what the parsers raise goes up."""
    bound_this_process()
    seen = examine(sys.stdin.buffer.read(), [base64.b64decode(root) for root in sys.argv[1:]])
    print(json.dumps(asdict(seen), default=datetime.isoformat))


def _from_json(printed: bytes) -> Seen:
    read = json.loads(printed)
    seal = read["seal"]
    if seal is not None and seal["sealed_at"] is not None:
        seal["sealed_at"] = datetime.fromisoformat(seal["sealed_at"])
    return Seen(encrypted=read["encrypted"], seal=Seal(**seal) if seal is not None else None)


if __name__ == "__main__":
    main()
