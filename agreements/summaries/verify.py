"""The verifier: is a file exactly what the portal sealed, and is that still the current edition."""

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Final

from agreements.editions.codes import normalise_code
from agreements.editions.models import Edition, LogEntry
from agreements.editions.queries import (
    current_edition,
    edition_with_code,
    editions_with_hash,
    numbered_edition,
    withdrawal_of,
)
from agreements.summaries.errors import SealNotConfigured
from agreements.summaries.examine import Seal, examine, examine_apart
from agreements.summaries.models import Summary
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.store import accepted_seal, signatures_of
from agreements.summaries.seal import FIELD
from agreements.summaries.trust import trusted_roots
from moc_portal.apart import Unreadable

MAX_BYTES: Final = 20 * 1024 * 1024
"""Larger files are not looked at: a summary is far smaller."""

logger = logging.getLogger(__name__)


class Finding(Enum):
    """What was found out about a file or a code; the face has the words for each."""

    GENUINE = "genuine"
    OTHER_BYTES = "other_bytes"
    OTHER_SIDE = "other_side"
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
    ``sealed_by`` is what the certificate says, also that of somebody else's seal. ``other`` is the seal of the
    other side that the file is.
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
    other: OtherSeal | None = None

    @property
    def is_genuine(self) -> bool:
        return self.finding in (Finding.GENUINE, Finding.OTHER_SIDE, Finding.CODE_KNOWN)


def verify_pdf(data: bytes) -> Verdict:
    """Tell what a file is. Nothing of it is kept, and nothing in it is run or fetched.

    A file is genuine when its bytes are those of a summary that the portal sealed. The seal alone
    can't prove that: the room it lies in, what a timestamp adds to it, and the form of an ECDSA
    signature can all be altered without breaking it (ISO 32000-2, 12.8.1; RFC 5652, 5.3). A file
    whose seal holds and whose bytes are others is told apart, and its edition named.

    A bad seal, and a file that can't be read, are answers, not exceptions.
    """
    if not data or len(data) > MAX_BYTES:
        return Verdict(Finding.TOO_LARGE if data else Finding.EMPTY)
    digest = hashlib.sha256(data).hexdigest()
    other = accepted_seal(digest)
    if other is not None:
        return _of_other_side(other, digest)
    if b"%PDF-" not in data[:1024]:
        return Verdict(Finding.NOT_A_PDF, sha256=digest)
    kept = Summary.objects.filter(sha256=digest).first()
    roots = _roots()
    try:
        # Only what the portal itself made is read in the server's own process.
        seen = examine(data, roots) if kept is not None else examine_apart(data, roots)
    except Unreadable as error:
        logger.info("act=verify finding=damaged sha256=%s cause=%s", digest, error)
        return Verdict(Finding.DAMAGED, sha256=digest)
    if seen.seal is None:
        whole = b"%%EOF" in data[-1024:]
        finding = Finding.ENCRYPTED if seen.encrypted else Finding.NO_SEAL if whole else Finding.DAMAGED
        return Verdict(finding, sha256=digest)
    return _judge(seen.seal, kept, digest)


def verify_code(typed: str) -> Verdict:
    """Tell which edition a code printed on paper stands for."""
    code = normalise_code(typed)
    edition = edition_with_code(code) if code else None
    return _about(edition, Verdict(Finding.CODE_KNOWN)) if edition else Verdict(Finding.CODE_UNKNOWN)


def _of_other_side(other: OtherSeal, digest: str) -> Verdict:
    """Byte for byte a file that a party sealed, and that is kept here beside the register's own."""
    edition = numbered_edition(other.summary.register_number, other.summary.edition_number)
    first = signatures_of(other)[0]
    seen = Verdict(Finding.OTHER_SIDE, sealed_by=first.subject, sealed_at=first.signed_at, sha256=digest, other=other)
    return _about(edition, seen) if edition is not None else replace(seen, finding=Finding.NOT_OURS)


def _judge(seal: Seal, kept: Summary | None, digest: str) -> Verdict:
    verdict = Verdict(_finding_of(seal), sealed_by=seal.sealed_by, sealed_at=seal.sealed_at, sha256=digest)
    if kept is not None:
        # Byte for byte a file that the portal sealed, also when its certificate has ended since.
        edition = numbered_edition(kept.register_number, kept.edition_number)
        verdict = replace(verdict, finding=Finding.GENUINE, level=kept.level)
    elif verdict.finding is Finding.OTHER_BYTES:
        edition = editions_with_hash(seal.content_sha256).first()
    else:
        return verdict
    if edition is None:
        return replace(verdict, finding=Finding.NOT_OURS)
    about = _about(edition, verdict)
    return about if kept is not None else replace(about, current=Currency.UNKNOWN)


def _finding_of(seal: Seal) -> Finding:
    """What the seal alone can tell: at best, that what it covers was sealed by the portal."""
    if not seal.holds:
        return Finding.CHANGED
    if not seal.trusted:
        return Finding.OTHER_SEAL
    if not seal.covers_all:
        return Finding.ADDED_TO
    return Finding.OTHER_BYTES if seal.field == FIELD else Finding.OTHER_SEAL


def _roots() -> list[bytes]:
    try:
        return trusted_roots()
    except SealNotConfigured:
        return []


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
