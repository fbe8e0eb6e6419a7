"""What a record would be as its next edition, before it is one."""

from datetime import datetime

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.editions.content import SCHEMA_VERSION
from agreements.editions.models import Edition, LogEntry
from agreements.publishing.readiness import next_number
from agreements.publishing.snapshot import build_content
from agreements.register.fields import localised
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.kinds import LogKind


def draft_edition(agreement: Agreement, *, at: datetime) -> Edition:
    """The record as an edition that is never stored: no code, no hash in the log, dated ``at``."""
    note = localised(agreement, "change_note")
    canonical = canonical_bytes(build_content(agreement))
    number = next_number(agreement)
    return Edition(
        register_number=agreement.register_number,
        number=number,
        schema_version=SCHEMA_VERSION,
        canonical=canonical,
        content_hash=content_hash(canonical),
        published_at=at,
        entry=LogEntry(
            sequence=0,
            kind=LogKind.PUBLICATION,
            register_number=agreement.register_number,
            edition_number=number,
            note_en=note.en or "",
            note_ar=note.ar or "",
            note_ckb=note.ckb or "",
        ),
    )
