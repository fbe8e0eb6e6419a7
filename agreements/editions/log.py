"""Appends to the published record and its hash chain."""

import hashlib
from datetime import UTC, datetime
from typing import Any, Final

import rfc8785
from django.db import connection, transaction

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.editions.codes import code_for
from agreements.editions.content import SCHEMA_VERSION, AgreementContent
from agreements.editions.errors import NothingNew, NotPublic
from agreements.editions.models import HASH_LENGTH, Edition, LogEntry
from agreements.editions.queries import current_edition, editions_of, log_head
from agreements.vocabulary.kinds import LogKind
from agreements.vocabulary.languages import LocalisedText

GENESIS: Final = "0" * HASH_LENGTH
"""The "hash before" of the first entry."""

_LOG_LOCK: Final = 0x4D4F434C  # one advisory lock for the whole log: entries form one chain


def entry_hash(entry: LogEntry) -> str:
    """SHA-256 over the entry's other fields in RFC 8785 form, the hash before it included."""
    return hashlib.sha256(rfc8785.dumps(hashed_fields(entry))).hexdigest()


def hashed_fields(entry: LogEntry) -> dict[str, Any]:
    """What an entry's hash is taken of.

    The moment is written in UTC with microseconds, so that a stored row gives the same bytes.
    """
    return {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by,
        "content_sha256": entry.content_hash,
        "edition": entry.edition_number,
        "kind": str(entry.kind),
        "note": {"en": entry.note_en, "ar": entry.note_ar, "ckb": entry.note_ckb},
        "previous": entry.previous_hash,
        "register_number": entry.register_number,
        "sequence": entry.sequence,
    }


@transaction.atomic
def append_edition(content: AgreementContent, *, by: str, at: datetime, note: LocalisedText) -> Edition:
    """Store a content as its agreement's next edition, and log the publication.

    Args:
        by: an opaque reference to who published.
        at: the moment of publication, aware.
        note: what changed, for readers; may be empty.

    Raises:
        NothingNew: the current edition already says exactly this.
    """
    _lock_log()
    canonical = canonical_bytes(content)
    digest = content_hash(canonical)
    current = current_edition(content.register_number)
    if current is not None and current.content_hash == digest:
        raise NothingNew(content.register_number, current.number)
    last = editions_of(content.register_number).first()
    number = last.number + 1 if last else 1
    entry = _append_entry(LogKind.PUBLICATION, content.register_number, number, digest, by=by, at=at, note=note)
    return Edition.objects.create(
        register_number=content.register_number,
        number=number,
        schema_version=SCHEMA_VERSION,
        canonical=canonical,
        content_hash=digest,
        published_at=at,
        code=code_for(entry.entry_hash),
        entry=entry,
    )


@transaction.atomic
def append_withdrawal(register_number: str, *, by: str, at: datetime, note: LocalisedText) -> LogEntry:
    """Log that an agreement is withdrawn from the public; its editions stay stored.

    Raises:
        NotPublic: it has no current edition.
    """
    _lock_log()
    current = current_edition(register_number)
    if current is None:
        raise NotPublic(register_number)
    return _append_entry(
        LogKind.WITHDRAWAL, register_number, current.number, current.content_hash, by=by, at=at, note=note
    )


def _lock_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOG_LOCK])


def _append_entry(
    kind: LogKind, register_number: str, number: int, digest: str, *, by: str, at: datetime, note: LocalisedText
) -> LogEntry:
    head = log_head()
    entry = LogEntry(
        sequence=head.sequence + 1 if head else 1,
        kind=kind.value,
        register_number=register_number,
        edition_number=number,
        content_hash=digest,
        at=at,
        by=by,
        note_en=note.en or "",
        note_ar=note.ar or "",
        note_ckb=note.ckb or "",
        previous_hash=head.entry_hash if head else GENESIS,
    )
    entry.entry_hash = entry_hash(entry)
    entry.save(force_insert=True)
    return entry
