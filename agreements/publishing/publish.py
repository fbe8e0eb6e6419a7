"""Publishing: freezing an approved record as its next edition."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from agreements.editions.errors import NothingNew
from agreements.editions.log import append_edition
from agreements.editions.models import Edition
from agreements.publishing.blocking import blocking_problems
from agreements.publishing.errors import ContentIncomplete, NothingToPublish
from agreements.publishing.scanned import scanned_first
from agreements.publishing.snapshot import build_content
from agreements.publishing.workflow import begin, finish
from agreements.register.fields import localised
from agreements.register.models.agreements import Agreement
from agreements.search.index import index_edition
from agreements.search.mentions import note_mentions
from agreements.summaries.queue import queue_summaries


@scanned_first
@transaction.atomic
def publish_edition(
    agreement_id: int, *, by: User, at: datetime, note: str = "", revision: int | None = None
) -> Edition:
    """Freeze an approved agreement as its next edition and log it.

    Edition, log entry, search index, what it names and the queued summaries are one transaction. Rendering
    and sealing happen later, in a worker; their failure never undoes an edition.

    Args:
        by: who publishes; the log names them by an opaque reference.
        at: the moment of publication, aware.
        note: for the timeline at the desk; the public reads the record's change note.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState, ChangedMeanwhile: see ``workflow.begin``.
        ContentIncomplete: the public would miss something, or it is not what was approved; see ``problems``.
        NothingToPublish: the current edition already says exactly this.
    """
    # The agreement is locked before the log, as in withdraw_agreement(): the opposite order deadlocks.
    return freeze(begin(agreement_id, "publish", revision=revision), by=by, at=at, note=note)


def freeze(agreement: Agreement, *, by: User, at: datetime, note: str = "") -> Edition:
    """The same for a record that is locked and may be published."""
    content = build_content(agreement)
    problems = blocking_problems(agreement, content)
    if problems:
        raise ContentIncomplete(problems)
    try:
        edition = append_edition(content, by=staff_reference(by), at=at, note=localised(agreement, "change_note"))
    except NothingNew as error:
        raise NothingToPublish(error.register_number, error.number) from error
    agreement.approved_by = agreement.reviewer = agreement.review_due = agreement.publish_at = None
    agreement.approved_hash = ""
    agreement.change_note_en = agreement.change_note_ar = agreement.change_note_ckb = ""
    finish(agreement, "publish", by=by, at=at, note=note, edition_number=edition.number)
    index_edition(edition)
    note_mentions(edition)
    queue_summaries(edition)
    return edition


def staff_reference(user: User) -> str:
    """How the public log names a member of staff: stable, and nobody's name."""
    return f"staff:{user.pk}"
