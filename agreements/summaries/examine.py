"""Reads what a PDF says of its seal, where need be in a process of its own.

Run as a program it takes a PDF on standard input and the trusted roots as arguments (DER, base64; those of seals, a
dash, those of timestamps), and prints what it saw as JSON. A file made to exhaust its reader ends that process and
nothing else.
"""

import base64
import hashlib
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from asn1crypto import x509
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from agreements.summaries.attachments import attached_json, attached_proof
from agreements.summaries.check_seal import Checked, Roots, algorithm_of, certificate, check_seal, read_material
from agreements.summaries.distinguished import readable
from agreements.summaries.revisions import are_allowed, revisions_after
from agreements.summaries.seen import Change, Revision, Seal, Seen
from moc_portal.apart import MEBIBYTE, Bounds, TooCostly, bound_this_process, run_apart

BOUNDS: Final = Bounds(memory=256 * MEBIBYTE, cpu_s=2, wall_s=3, wait_s=1)
"""For the whole of a check: the answer to the worst file is there within five seconds and 300 MB. The largest honest
file takes a third of either."""

MOST_REVISIONS: Final = 400
"""A summary that gets an archive timestamp every year is renewed for two hundred years until then."""

_LIMITS: Final = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MEBIBYTE),
    document_budget=DocumentDecodeBudget(base_allowance=64 * MEBIBYTE, max_ratio=3),
)
_DASH: Final = "-"


def examine(
    data: bytes, roots: Sequence[bytes], *, stamp_roots: Sequence[bytes] = (), at: datetime | None = None
) -> Seen:
    """Read a PDF in this process; only for files that are known to be harmless.

    Args:
        data: the file.
        roots: certificates that seals must lead to, DER.
        stamp_roots: those that timestamps must lead to.
        at: the moment at which the certificate must have been valid; now without one. A timestamp that leads to its
            roots proves an earlier one.

    Raises:
        Exception: whatever the parsers trip over; they promise no more.
    """
    if data.count(b"startxref") > MOST_REVISIONS:
        raise TooCostly("revisions")
    reader = PdfFileReader(BytesIO(data), strict=False, decode_limits=_LIMITS)
    if reader.encrypted:
        return Seen(encrypted=True)
    signed = reader.embedded_signatures
    seals = [one for one in signed if one.sig_object_type == "/Sig"]
    if not seals:
        return Seen()
    archive = [one for one in signed if one.sig_object_type == "/DocTimeStamp"]
    checked = check_seal(
        seals[0], archive, roots=Roots(_loaded(roots), _loaded(stamp_roots)), material=read_material(reader),
        at=at or datetime.now(UTC),
    )  # fmt: skip
    return Seen(seal=_seal(reader, seals, checked))


def examine_apart(data: bytes, roots: Sequence[bytes], *, stamp_roots: Sequence[bytes] = ()) -> Seen:
    """Read anybody's PDF in a process of its own, with bounds on its memory and time.

    Raises:
        Unreadable: the file is broken, or (``TooCostly``) took more than the bounds allow.
        Busy: too many others are being read.
    """
    arguments = [*map(_encoded, roots), _DASH, *map(_encoded, stamp_roots)]
    from pydantic import TypeAdapter  # noqa: PLC0415  # not for the process apart, which would load it in vain

    return TypeAdapter(Seen).validate_json(run_apart(__name__, data, arguments, bounds=BOUNDS))


def main() -> None:
    """Examine standard input under the limits and print what was seen; what the parsers raise goes up."""
    bound_this_process(BOUNDS)
    logging.disable()  # what the parsers warn of may quote the file
    dash = sys.argv.index(_DASH)
    roots, stamp_roots = ([base64.b64decode(one) for one in part] for part in (sys.argv[1:dash], sys.argv[dash + 1 :]))
    seen = examine(sys.stdin.buffer.read(), roots, stamp_roots=stamp_roots)
    print(json.dumps(asdict(seen), default=datetime.isoformat))


def _seal(reader: PdfFileReader, seals: list[EmbeddedPdfSignature], checked: Checked) -> Seal:
    status = checked.status
    sealed = reader.get_historical_resolver(seals[0].signed_revision)
    content = attached_json(sealed)
    revisions, more = _added(reader, seals[0], status.coverage)
    path = list(status.validation_path) if status.validation_path is not None else [status.signing_cert]
    return Seal(
        field=seals[0].field_name,
        holds=bool(status.intact and status.valid),
        trusted=bool(status.trusted),
        was_trusted=checked.was_trusted,
        covers_all=(
            len(seals) == 1 and not more and are_allowed(revisions) and all(one.holds for one in checked.archive_stamps)
        ),
        sealed_by=readable(status.signing_cert.subject),
        sealed_at=checked.stamp.at if checked.stamp and checked.stamp.holds else status.signer_reported_dt,
        chain=tuple(certificate(one) for one in reversed(path)),
        algorithm=algorithm_of(seals[0].signer_info, status.signing_cert.public_key.algorithm),
        level=_level(checked),
        stamp=checked.stamp,
        archive_stamps=checked.archive_stamps,
        revocation=checked.revocation,
        revoked_at=status.revocation_details.revocation_date if status.revocation_details else None,
        material=(len(checked.material.ocsps), len(checked.material.crls)),
        checked_as_of=checked.as_of,
        seals=len(seals),
        revisions=revisions,
        more_revisions=more,
        content_sha256=hashlib.sha256(content).hexdigest() if content is not None else "",
        proof=attached_proof(sealed),
    )


def _added(
    reader: PdfFileReader, seal: EmbeddedPdfSignature, coverage: SignatureCoverageLevel | None
) -> tuple[tuple[Revision, ...], int]:
    if coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return (), 0
    found, more = revisions_after(reader, seal.signed_revision)
    if coverage is SignatureCoverageLevel.ENTIRE_REVISION and found:
        return found, more
    # Bytes that no table of the file accounts for, or a seal that does not say where it ends.
    return (*found, Revision(len(found) + 1, (Change.BYTES,))), more


def _level(checked: Checked) -> str:
    """What the seal has for the long term (ETSI EN 319 142-1, 6.1)."""
    if checked.stamp is None:
        return "B-B"
    if not (checked.material.ocsps or checked.material.crls):
        return "B-T"
    return "B-LTA" if checked.archive_stamps else "B-LT"


def _loaded(roots: Sequence[bytes]) -> tuple[Any, ...]:
    return tuple(x509.Certificate.load(der) for der in roots)


def _encoded(der: bytes) -> str:
    return base64.b64encode(der).decode()


if __name__ == "__main__":
    main()
