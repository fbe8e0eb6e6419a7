"""What is hashed of an entry of the log, and the lock under which the log grows."""

import hashlib
from datetime import UTC
from typing import Any, Final

import rfc8785
from django.db import connection

from agreements.editions.models import LogEntry

LOG_LOCK: Final = 0x4D4F434C
"""One advisory lock for the whole log: entries form one chain and one tree."""


def hashed_fields(entry: LogEntry) -> dict[str, Any]:
    """What an entry's hash and its leaf are made of: its other columns, the hash before it included.

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


def entry_bytes(entry: LogEntry) -> bytes:
    """The same in RFC 8785 form."""
    return rfc8785.dumps(hashed_fields(entry))


def entry_hash(entry: LogEntry) -> str:
    """SHA-256 of ``entry_bytes``, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(entry_bytes(entry)).hexdigest()


def lock_log() -> None:
    """Wait until nobody else adds to the log; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])
