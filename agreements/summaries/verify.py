"""The verifier: is a file exactly what the portal sealed, and is that still the current edition."""

import hashlib
import logging
import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Final

from django.core.files.storage import default_storage

from agreements.editions.checkpoints import checkpoint_with
from agreements.editions.codes import normalise_code
from agreements.editions.content import Document
from agreements.editions.models import Edition, LogEntry
from agreements.editions.queries import (
    current_edition,
    edition_naming_document,
    edition_with_code,
    editions_with_hash,
    numbered_edition,
    withdrawal_of,
)
from agreements.editions.tree_models import Checkpoint
from agreements.summaries.edition_file import looks_like_json, read_apart
from agreements.summaries.errors import SealNotConfigured
from agreements.summaries.examine import examine, examine_apart
from agreements.summaries.models import Summary
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.store import accepted_seal, signatures_of
from agreements.summaries.proof_inside import Proof, check_proof
from agreements.summaries.seal import FIELD
from agreements.summaries.seen import Revocation, Seal, Seen
from agreements.summaries.store import read_summary
from agreements.summaries.trust import timestamp_roots, trusted_roots
from moc_portal.apart import TooCostly, Unreadable

MAX_BYTES: Final = 20 * 1024 * 1024
"""Larger files are not looked at: a summary is far smaller."""

_HASH: Final = re.compile(r"[0-9a-f]{64}")

logger = logging.getLogger(__name__)


class Finding(Enum):
    """What was found out about a file, a code or a hash."""

    GENUINE = "genuine"
    CONTENT = "content"
    REWRITTEN = "rewritten"
    DOCUMENT = "document"
    HASH_OF_SUMMARY = "hash_of_summary"
    HASH_OF_CONTENT = "hash_of_content"
    HASH_OF_DOCUMENT = "hash_of_document"
    HASH_UNKNOWN = "hash_unknown"
    FILE_UNKNOWN = "file_unknown"
    OTHER_BYTES = "other_bytes"
    OTHER_SIDE = "other_side"
    HASH_OF_OTHER_SIDE = "hash_of_other_side"
    CODE_KNOWN = "code_known"
    CODE_UNKNOWN = "code_unknown"
    CHANGED = "changed"
    ADDED_TO = "added_to"
    OTHER_SEAL = "other_seal"
    REVOKED = "revoked"
    NO_SEAL = "no_seal"
    NOT_OURS = "not_ours"
    OTHER_JSON = "other_json"
    BROKEN_JSON = "broken_json"
    DAMAGED = "damaged"
    TOO_COSTLY = "too_costly"
    ENCRYPTED = "encrypted"
    NOT_A_PDF = "not_a_pdf"
    TOO_LARGE = "too_large"
    EMPTY = "empty"


_GENUINE = frozenset({
    Finding.GENUINE, Finding.CONTENT, Finding.REWRITTEN, Finding.CODE_KNOWN,
    Finding.OTHER_SIDE, Finding.HASH_OF_OTHER_SIDE,
    Finding.DOCUMENT, Finding.HASH_OF_SUMMARY, Finding.HASH_OF_CONTENT, Finding.HASH_OF_DOCUMENT,
})  # fmt: skip
OF_DOCUMENTS = frozenset({Finding.DOCUMENT, Finding.HASH_OF_DOCUMENT})


class Currency(Enum):
    """Whether what it shows is still the current edition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The two truths, apart, and what is behind them.

    ``edition`` is set only where the file, what was sealed in it, the code or the hash was proved to be that
    edition's; ``next_edition`` is the one that took its place, ``newest`` today's. ``checkpoint`` is the first that
    holds the edition's log entry.
    ``seal`` is what the file's first seal says, also somebody else's; ``content_sha256`` is that of the JSON.
    ``other`` is the seal of the other side that the file is. ``problem`` says where a JSON file breaks the rules;
    ``named`` is the register number that it claims.
    """

    finding: Finding
    current: Currency = Currency.UNKNOWN
    edition: Edition | None = None
    next_edition: Edition | None = None
    newest: Edition | None = None
    withdrawal: LogEntry | None = None
    checkpoint: Checkpoint | None = None
    document: Document | None = None
    seal: Seal | None = None
    proof: Proof | None = None
    level: str = ""
    sha256: str = ""
    content_sha256: str = ""
    problem: str = ""
    named: str = ""
    other: OtherSeal | None = None

    @property
    def is_genuine(self) -> bool:
        return self.finding in _GENUINE

    @property
    def is_of_document(self) -> bool:
        return self.finding in OF_DOCUMENTS

    @property
    def sealed_by(self) -> str:
        """What the certificate says, also that of somebody else."""
        if self.other:
            return signatures_of(self.other)[0].subject
        return self.seal.sealed_by if self.seal else ""

    @property
    def sealed_at(self) -> datetime | None:
        if self.other:
            return signatures_of(self.other)[0].signed_at
        return self.seal.sealed_at if self.seal else None


def verify_file(data: bytes) -> Verdict:
    """Tell what a PDF or a JSON file is: see ``verify_pdf`` and ``verify_json``.

    Raises:
        Busy: too many files are being looked at.
    """
    is_json = looks_like_json(data) and b"%PDF-" not in data[:1024]
    return verify_json(data) if is_json else verify_pdf(data)


def verify_pdf(data: bytes) -> Verdict:
    """Tell what a file is. Nothing of it is kept, and nothing in it is run or fetched.

    A PDF is genuine when its bytes are those of a summary that the portal sealed. The seal alone
    can't prove that: the room it lies in, what a timestamp adds to it, and the form of an ECDSA
    signature can all be altered without breaking it (ISO 32000-2, 12.8.1; RFC 5652, 5.3). A file
    whose seal holds and whose bytes are others is told apart, and its edition named.

    A bad seal, and a file that can't be read, are answers, not exceptions.

    Raises:
        Busy: too many files are being looked at.
    """
    digest = hashlib.sha256(data).hexdigest()
    if known := _known_file(data, digest):
        return known
    if b"%PDF-" in data[:1024]:
        return _examined(data, digest)
    return Verdict(Finding.NOT_A_PDF, sha256=digest)


def verify_json(data: bytes) -> Verdict:
    """Tell what a JSON file is: genuine when it says what an edition says, however it is laid out.

    Raises:
        Busy: too many files are being looked at.
    """
    digest = hashlib.sha256(data).hexdigest()
    if known := _known_file(data, digest):
        return known
    try:
        read = read_apart(data)
    except Unreadable as error:
        logger.info("act=verify finding=too_costly cause=%s", error)
        return Verdict(Finding.TOO_COSTLY, sha256=digest)
    if read.problem:
        return Verdict(Finding.BROKEN_JSON, sha256=digest, problem=read.problem)
    edition = editions_with_hash(read.sha256).first()
    if edition is not None:
        return _about(edition, Verdict(Finding.REWRITTEN, sha256=digest, content_sha256=read.sha256))
    newest = current_edition(read.named) if read.named else None
    return Verdict(
        Finding.OTHER_JSON, sha256=digest, content_sha256=read.sha256, named=newest.register_number if newest else ""
    )


def verify_hash(typed: str, *, of_file: bool = False) -> Verdict:
    """Tell what a SHA-256 stands for: a sealed PDF, an edition's content, or a file that an edition names.

    Args:
        typed: 64 hexadecimal digits; spaces and capitals do not matter.
        of_file: whether the page hashed a file that the reader holds, rather than the reader typing a hash.
    """
    digest = normalise_hash(typed) or ""
    unknown = Finding.FILE_UNKNOWN if of_file else Finding.HASH_UNKNOWN
    return _known(digest, of_file=of_file) or Verdict(unknown, sha256=digest)


def normalise_hash(typed: str) -> str | None:
    """The SHA-256 that somebody meant; ``None`` when it can't be one."""
    digest = re.sub(r"[\s:]", "", typed).lower().removeprefix("sha256").removeprefix("sha-256").lstrip("-=")
    return digest if _HASH.fullmatch(digest) else None


def verify_code(typed: str) -> Verdict:
    """Tell which edition a code printed on paper stands for."""
    code = normalise_code(typed)
    edition = edition_with_code(code) if code else None
    return _about(edition, Verdict(Finding.CODE_KNOWN)) if edition else Verdict(Finding.CODE_UNKNOWN)


def _known_file(data: bytes, digest: str) -> Verdict | None:
    """What can be told of a file without reading it."""
    if not data or len(data) > MAX_BYTES:
        return Verdict(Finding.TOO_LARGE if data else Finding.EMPTY)
    return _known(digest, of_file=True)


def _known(digest: str, *, of_file: bool) -> Verdict | None:
    """What is exactly as the register has it."""
    kept = Summary.objects.filter(sha256=digest).first()
    if kept is not None:
        return _genuine(kept, Finding.GENUINE if of_file else Finding.HASH_OF_SUMMARY)
    other = accepted_seal(digest)
    if other is not None:
        return _of_other_side(other, Finding.OTHER_SIDE if of_file else Finding.HASH_OF_OTHER_SIDE)
    edition = editions_with_hash(digest).first()
    if edition is not None:
        finding = Finding.CONTENT if of_file else Finding.HASH_OF_CONTENT
        return _about(edition, Verdict(finding, sha256=digest if of_file else "", content_sha256=digest))
    return _document(digest, of_file=of_file)


def _genuine(kept: Summary, finding: Finding) -> Verdict:
    """Byte for byte a file that the portal sealed, also when its certificate has ended since."""
    edition = numbered_edition(kept.register_number, kept.edition_number)
    if edition is None:
        return Verdict(Finding.NOT_OURS, sha256=kept.sha256)
    # Only what the portal itself made is read in the server's own process.
    seal = (
        examine(read_summary(kept), _roots(), stamp_roots=_stamp_roots()).seal
        if default_storage.exists(kept.path)
        else None
    )
    verdict = Verdict(
        finding, seal=seal, level=kept.level, sha256=kept.sha256, content_sha256=edition.content_hash,
        proof=check_proof(seal.proof, content_hash=edition.content_hash) if seal else None,
    )  # fmt: skip
    return _about(edition, verdict)


def _of_other_side(other: OtherSeal, finding: Finding) -> Verdict:
    """Byte for byte a file that a party sealed, and that is kept here beside the register's own."""
    edition = numbered_edition(other.summary.register_number, other.summary.edition_number)
    if edition is None:
        return Verdict(Finding.NOT_OURS, sha256=other.sha256)
    return _about(edition, Verdict(finding, sha256=other.sha256, other=other))


def _document(digest: str, *, of_file: bool) -> Verdict | None:
    edition = edition_naming_document(digest)
    if edition is None:
        return None
    document = next(one for one in edition.content.documents if one.sha256 == digest)
    finding = Finding.DOCUMENT if of_file else Finding.HASH_OF_DOCUMENT
    verdict = _about(edition, Verdict(finding, sha256=digest, document=document))
    named = verdict.newest is not None and any(one.sha256 == digest for one in verdict.newest.content.documents)
    return replace(verdict, current=Currency.YES if named else Currency.NO)


def _examined(data: bytes, digest: str) -> Verdict:
    try:
        seen = examine_apart(data, _roots(), stamp_roots=_stamp_roots())
    except Unreadable as error:
        finding = Finding.TOO_COSTLY if isinstance(error, TooCostly) else Finding.DAMAGED
        logger.info("act=verify finding=%s cause=%s", finding.value, error)
        return Verdict(finding, sha256=digest)
    if seen.seal is None:
        return Verdict(_without_seal(seen, data), sha256=digest)
    verdict = Verdict(_finding_of(seen.seal), seal=seen.seal, level=seen.seal.level, sha256=digest)
    if verdict.finding not in (Finding.OTHER_BYTES, Finding.ADDED_TO):
        return verdict
    edition = editions_with_hash(seen.seal.content_sha256).first()
    if edition is None:
        return verdict if verdict.finding is Finding.ADDED_TO else replace(verdict, finding=Finding.NOT_OURS)
    proof = check_proof(seen.seal.proof, content_hash=edition.content_hash)
    return replace(_about(edition, replace(verdict, proof=proof)), current=Currency.UNKNOWN)


def _without_seal(seen: Seen, data: bytes) -> Finding:
    if seen.encrypted:
        return Finding.ENCRYPTED
    return Finding.NO_SEAL if b"%%EOF" in data[-1024:] else Finding.DAMAGED


def _finding_of(seal: Seal) -> Finding:
    """What the seal alone can tell: at best, that what it covers was sealed by the portal."""
    if not seal.holds:
        return Finding.CHANGED
    if seal.revocation is Revocation.REVOKED:
        return Finding.REVOKED
    if not (seal.trusted or seal.was_trusted):
        return Finding.OTHER_SEAL
    if not seal.covers_all:
        return Finding.ADDED_TO
    return Finding.OTHER_BYTES if seal.field == FIELD else Finding.OTHER_SEAL


def _roots() -> list[bytes]:
    try:
        return trusted_roots()
    except SealNotConfigured:
        return []


def _stamp_roots() -> list[bytes]:
    try:
        return timestamp_roots()
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
        next_edition=None if is_current else numbered_edition(edition.register_number, edition.number + 1),
        newest=newest,
        withdrawal=withdrawal_of(edition.register_number),
        checkpoint=checkpoint_with(edition.entry),
    )
