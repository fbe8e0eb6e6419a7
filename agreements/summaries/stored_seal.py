"""Whether the seal on a stored summary, and every timestamp over it, is as it was when it was made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from agreements.summaries.certificates import name_of
from agreements.summaries.seal import FIELD

_ADDED_TO: Final = "was added to after it was sealed"


def what_differs(
    reader: PdfFileReader,
    *,
    level: str,
    sealed_at: datetime,
    roots: Sequence[Certificate],
    stamp_roots: Sequence[Certificate],
) -> str:
    """What is wrong with the seal of a file that the portal made, as the end of a sentence; empty when all is right.

    Args:
        sealed_at: when the sealing certificate must have been valid; each timestamp's at the moment that it says.
        roots: what seals lead to, also former ones.
        stamp_roots: what timestamps lead to; without any, only that they hold is looked at.

    Raises:
        PdfError, ValueError: the file can't be read.
    """
    signatures = reader.embedded_signatures
    if not signatures or signatures[0].field_name != FIELD:
        return "has no seal"
    seal, *over = signatures
    status = validate_pdf_signature(seal, _context(roots, sealed_at), _context(stamp_roots or roots, sealed_at))
    if not (status.intact and status.valid and status.trusted):
        is_whole = status.intact and status.valid
        stranger = f"was sealed by {name_of(status.signing_cert)}, whom this portal does not trust"
        return stranger if is_whole else "has a seal that does not hold"
    if level == "B-LTA":
        return _wrong_with_update(status, reader) or _wrong_with_stamps(over, stamp_roots)
    if level == "B-LT":
        return _ADDED_TO if over else _wrong_with_update(status, reader)
    return _ADDED_TO if over or status.coverage is not SignatureCoverageLevel.ENTIRE_FILE else ""


def _wrong_with_update(status: Any, reader: PdfFileReader) -> str:
    """Whether what was appended is validation material and timestamps, as a long-term seal has them."""
    if status.modification_level is not ModificationLevel.LTA_UPDATES:
        return _ADDED_TO
    return "" if "/DSS" in reader.root else "lacks the validation material of a long-term seal"


def _wrong_with_stamps(stamps: Sequence[Any], roots: Sequence[Certificate]) -> str:
    """Whether timestamps, and nothing else, follow the seal, and the last one covers the whole file."""
    if not stamps:
        return "lacks the timestamp over its seal"
    for stamp in stamps:
        if str(stamp.sig_object_type) != "/DocTimeStamp":
            return _ADDED_TO
        made_at = stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
        status = validate_pdf_timestamp(stamp, _context(roots, made_at))
        if not (status.intact and status.valid):
            return "has a timestamp that does not hold"
        if roots and not status.trusted:
            return f"has a timestamp by {name_of(status.signing_cert)}, whom this portal does not trust"
    whole = stamps[-1].evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
    return "" if whole else "was added to after its last timestamp"


def _context(roots: Sequence[Certificate], moment: datetime) -> ValidationContext:
    return ValidationContext(trust_roots=list(roots), allow_fetching=False, moment=moment)
