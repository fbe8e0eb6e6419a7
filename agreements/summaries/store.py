"""Sealed summaries: one file an edition and language, made once, kept under its hash."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from agreements.editions.checkpoints import signed_with
from agreements.editions.models import Edition
from agreements.editions.proofs import inclusion_proof
from agreements.editions.tree_models import Checkpoint
from agreements.summaries.keys import current_sealer
from agreements.summaries.layout import SealNote, lay_out
from agreements.summaries.levels import level_of
from agreements.summaries.long_term import lasts_until
from agreements.summaries.models import Summary
from agreements.summaries.recipe import recipe
from agreements.summaries.seal import seal_pdf
from agreements.vocabulary.languages import Language


def summary_for(edition: Edition, language: Language, *, at: datetime) -> Summary:
    """The sealed summary, made now where there is none or its file is lost.

    However many ask at once, one makes it and the others wait: an advisory lock holds until the
    row is committed.

    Args:
        at: the moment that is noted as that of the seal.

    Raises:
        SealNotConfigured, FontsMissing: it can't be made here.
        ServiceFailed: it can't be made now, because a service that the seal needs does not answer.
    """
    return _kept(edition, language) or _make(edition, language, at=at)


def read_summary(summary: Summary) -> bytes:
    """The sealed bytes."""
    with default_storage.open(summary.path) as file:
        content: bytes = file.read()
    return content


def proof_for(edition: Edition, checkpoint: Checkpoint | None) -> bytes | None:
    """What a summary that holds this checkpoint carries as proof of its edition's place in the log."""
    return inclusion_proof(edition.entry, checkpoint=checkpoint).canonical() if checkpoint else None


def _kept(edition: Edition, language: Language) -> Summary | None:
    newest = Summary.objects.filter(
        register_number=edition.register_number, edition_number=edition.number, language=language
    ).last()
    return newest if newest is not None and default_storage.exists(newest.path) else None


@transaction.atomic
def _make(edition: Edition, language: Language, *, at: datetime) -> Summary:
    lock_summary(edition.register_number, edition.number, language)
    return _kept(edition, language) or seal_anew(edition, language, at=at)


def seal_anew(edition: Edition, language: Language, *, at: datetime) -> Summary:
    """Lay out and seal a summary, whatever is there; the caller holds its lock.

    Raises:
        SealNotConfigured, FontsMissing, ServiceFailed: as ``summary_for``.
    """
    sealer = current_sealer()
    level = level_of(sealer)
    checkpoint = signed_with(edition.entry, at=at)
    note = SealNote(level=level, is_development=sealer.is_development)
    sealed = seal_pdf(
        lay_out(edition, language, seal=note, proof=proof_for(edition, checkpoint)), sealer=sealer, level=level
    )
    return keep_file(
        sealed,
        Summary(
            register_number=edition.register_number,
            edition_number=edition.number,
            language=language,
            level=level,
            sealed_at=at,
            checkpoint=checkpoint,
            recipe=recipe(),
            shows_development=sealer.is_development,
        ),
    )


def keep_file(sealed: bytes, summary: Summary) -> Summary:
    """Store a sealed file and the row that says what it is; the row, complete and saved."""
    summary.sha256 = hashlib.sha256(sealed).hexdigest()
    summary.size_bytes = len(sealed)
    summary.lasts_until = lasts_until(sealed)
    # The file comes before its row: a crash in between leaves a file that nothing names, never a
    # row without its file.
    default_storage.save(summary.path, ContentFile(sealed))
    summary.save(force_insert=True)
    return summary


def lock_summary(register_number: str, edition_number: int, language: str) -> None:
    """Hold this summary until the end of the transaction: whoever makes or renews it waits for one another."""
    name = f"summary {register_number}/{edition_number} {language}"
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
