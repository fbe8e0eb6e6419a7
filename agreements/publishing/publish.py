"""Publishing: freezing an approved record as its next edition."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from agreements.editions.errors import NothingNew
from agreements.editions.log import append_edition
from agreements.editions.models import Edition
from agreements.publishing.completeness import problems_of
from agreements.publishing.errors import ContentIncomplete, NotApproved, NothingToPublish
from agreements.publishing.snapshot import build_content
from agreements.register.fields import localised
from agreements.register.models.agreements import Agreement
from agreements.summaries.queue import queue_summaries
from agreements.vocabulary.kinds import WorkingState


@transaction.atomic
def publish_edition(agreement_id: int, *, by: User, at: datetime) -> Edition:
    """Freeze an approved agreement as its next edition and log it.

    Edition, log entry and the queued summaries are one transaction. Rendering and sealing happen
    later, in a worker; their failure never undoes an edition. Afterwards the working record is
    the draft of the edition after this one.

    Args:
        by: who publishes; the log names them by an opaque reference.
        at: the moment of publication, aware.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        NotApproved: its working state is not "approved".
        ContentIncomplete: the public would miss something; see ``problems``.
        NothingToPublish: the current edition already says exactly this.
    """
    # The agreement is locked before the log, as in withdraw_agreement(): the opposite order deadlocks.
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    if agreement.working_state != WorkingState.APPROVED:
        raise NotApproved(agreement.register_number, found=agreement.working_state, needed=[WorkingState.APPROVED])
    content = build_content(agreement)
    problems = problems_of(content)
    if problems:
        raise ContentIncomplete(problems)
    try:
        edition = append_edition(content, by=staff_reference(by), at=at, note=localised(agreement, "change_note"))
    except NothingNew as error:
        raise NothingToPublish(error.register_number, error.number) from error
    _start_next_draft(agreement)
    queue_summaries(edition)
    return edition


def staff_reference(user: User) -> str:
    """How the public log names a member of staff: stable, and nobody's name."""
    return f"staff:{user.pk}"


def _start_next_draft(agreement: Agreement) -> None:
    agreement.working_state = WorkingState.DRAFT
    agreement.approved_by = None
    agreement.change_note_en = agreement.change_note_ar = agreement.change_note_ckb = ""
    agreement.save(
        update_fields=["working_state", "approved_by", "change_note_en", "change_note_ar", "change_note_ckb"]
    )
