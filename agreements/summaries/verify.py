"""The verifier: is a file exactly what the portal sealed, and is that still the current edition."""

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from agreements.editions.codes import normalise_code
from agreements.editions.models import Edition, LogEntry
from agreements.editions.queries import (
    current_edition,
    edition_with_code,
    editions_with_hash,
    numbered_edition,
    withdrawal_of,
)
from agreements.summaries.attachments import attached_json
from agreements.summaries.errors import SealNotConfigured
from agreements.summaries.models import Summary
from agreements.summaries.seal import FIELD, current_sealer

MAX_BYTES: Final = 20 * 1024 * 1024
"""Larger files are not looked at: a summary is far smaller."""

logger = logging.getLogger(__name__)


class Finding(Enum):
    """What was found out about a file or a code; the face has the words for each."""

    GENUINE = "genuine"
    OTHER_BYTES = "other_bytes"
    CODE_KNOWN = "code_known"
    CODE_UNKNOWN = "code_unknown"
    CHANGED = "changed"
    ADDED_TO = "added_to"
    OTHER_SEAL = "other_seal"
    NO_SEAL = "no_seal"
    NOT_OURS = "not_ours"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NOT_A_PDF = "not_a_pdf"
    TOO_LARGE = "too_large"
    EMPTY = "empty"


class Currency(Enum):
    """Whether what it shows is still the current edition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The two truths, apart, and what is behind them.

    ``edition`` is set only where the file, or the code, was proved to be that edition's.
    ``sealed_by`` is what the certificate says, also that of somebody else's seal.
    """

    finding: Finding
    current: Currency = Currency.UNKNOWN
    edition: Edition | None = None
    newest: Edition | None = None
    withdrawal: LogEntry | None = None
    sealed_by: str = ""
    sealed_at: datetime | None = None
    level: str = ""
    sha256: str = ""

    @property
    def is_genuine(self) -> bool:
        return self.finding in (Finding.GENUINE, Finding.CODE_KNOWN)


def verify_pdf(data: bytes) -> Verdict:
    """Tell what a file is. Nothing of it is kept, and nothing in it is run or fetched.

    A file is genuine when its bytes are those of a summary that the portal sealed. The seal alone
    can't prove that: the room it lies in, what a timestamp adds to it, and the form of an ECDSA
    signature can all be altered without breaking it (ISO 32000-2, 12.8.1; RFC 5652, 5.3). A file
    whose seal holds and whose bytes are others is told apart, and its edition named.

    A bad seal, and a file that can't be read, are answers, not exceptions.
    """
    if not data:
        return Verdict(Finding.EMPTY)
    if len(data) > MAX_BYTES:
        return Verdict(Finding.TOO_LARGE)
    digest = hashlib.sha256(data).hexdigest()
    if b"%PDF-" not in data[:1024]:
        return Verdict(Finding.NOT_A_PDF, sha256=digest)
    try:
        return _examine(data, digest)
    except (PdfReadError, RecursionError, MemoryError):
        return Verdict(Finding.DAMAGED, sha256=digest)
    except Exception:
        # The parsers meet whatever people upload; what they trip over is the file's fault, and
        # must end in an answer. The log keeps the trace, never the file.
        logger.exception("act=verify finding=damaged sha256=%s", digest)
        return Verdict(Finding.DAMAGED, sha256=digest)


def verify_code(typed: str) -> Verdict:
    """Tell which edition a code printed on paper stands for."""
    code = normalise_code(typed)
    edition = edition_with_code(code) if code else None
    return _about(edition, Verdict(Finding.CODE_KNOWN)) if edition else Verdict(Finding.CODE_UNKNOWN)


def _examine(data: bytes, digest: str) -> Verdict:
    reader = PdfFileReader(BytesIO(data), strict=False)
    if reader.encrypted:
        return Verdict(Finding.ENCRYPTED, sha256=digest)
    seals = reader.embedded_signatures
    if not seals:
        whole = b"%%EOF" in data[-1024:]
        return Verdict(Finding.NO_SEAL if whole else Finding.DAMAGED, sha256=digest)
    status = validate_pdf_signature(seals[0], signer_validation_context=_trust())
    seen = Verdict(
        _finding_of(status, field=seals[0].field_name, seals=len(seals)),
        sealed_by=str(status.signing_cert.subject.human_friendly),
        sealed_at=status.signer_reported_dt,
        sha256=digest,
    )
    kept = Summary.objects.filter(sha256=digest).first()
    if kept is not None:
        # Byte for byte a file that the portal sealed, also when its certificate has ended since.
        edition = numbered_edition(kept.register_number, kept.edition_number)
        seen = replace(seen, finding=Finding.GENUINE, level=kept.level)
        if status.timestamp_validity is not None:
            seen = replace(seen, sealed_at=status.timestamp_validity.timestamp)
    elif seen.finding is Finding.GENUINE:
        edition = _edition_inside(reader)
        seen = replace(seen, finding=Finding.OTHER_BYTES)
        if edition is not None:
            return replace(_about(edition, seen), current=Currency.UNKNOWN)
    else:
        return seen
    return _about(edition, seen) if edition is not None else replace(seen, finding=Finding.NOT_OURS)


def _finding_of(status: PdfSignatureStatus, *, field: str, seals: int) -> Finding:
    if not (status.intact and status.valid):
        return Finding.CHANGED
    if not status.trusted:
        return Finding.OTHER_SEAL
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE and seals == 1
    unchanged = status.modification_level in (None, ModificationLevel.NONE)
    if not whole or not unchanged:
        return Finding.ADDED_TO
    return Finding.GENUINE if field == FIELD else Finding.OTHER_SEAL


def _trust() -> ValidationContext:
    try:
        roots = list(current_sealer().roots)
    except SealNotConfigured:
        roots = []
    return ValidationContext(trust_roots=roots, allow_fetching=False)


def _edition_inside(reader: PdfFileReader) -> Edition | None:
    """The edition whose canonical content is attached to the file, byte for byte."""
    content = attached_json(reader)
    if content is None:
        return None
    return editions_with_hash(hashlib.sha256(content).hexdigest()).first()


def _about(edition: Edition, seen: Verdict) -> Verdict:
    """What was seen, with the edition it is about and whether that is the current one."""
    newest = current_edition(edition.register_number)
    is_current = newest is not None and newest.pk == edition.pk
    return replace(
        seen,
        current=Currency.YES if is_current else Currency.NO,
        edition=edition,
        newest=newest,
        withdrawal=withdrawal_of(edition.register_number),
    )
