"""Appends to the published record, its hash chain and its tree."""

from datetime import UTC, datetime
from typing import Final

from django.db import transaction

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.editions.checkpoints import note_in_tree
from agreements.editions.codes import code_for
from agreements.editions.content import SCHEMA_VERSION, AgreementContent
from agreements.editions.entries import entry_hash, lock_log
from agreements.editions.errors import NothingNew, NotPublic
from agreements.editions.models import HASH_LENGTH, Edition, LogEntry
from agreements.editions.queries import current_edition, editions_of, log_head
from agreements.vocabulary.kinds import LogKind
from agreements.vocabulary.languages import LocalisedText

GENESIS: Final = "0" * HASH_LENGTH
"""The "hash before" of the first entry."""


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
    lock_log()
    at = at.astimezone(UTC)  # as the database gives it back: what is made of an edition must not depend on who asks
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
    lock_log()
    current = current_edition(register_number)
    if current is None:
        raise NotPublic(register_number)
    return _append_entry(
        LogKind.WITHDRAWAL, register_number, current.number, current.content_hash, by=by, at=at, note=note
    )


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
    note_in_tree(at=at)
    return entry
