"""What every change to an agreement does to its working state."""

from django.contrib.auth.models import AbstractBaseUser

from agreements.register.models.agreements import Agreement
from agreements.vocabulary.kinds import WorkingState


def record_edit(agreement: Agreement, *, by: AbstractBaseUser) -> None:
    """Note who last edited the agreement or one of its parts, and make it a draft again.

    What was submitted or approved is not what stands there now, so review starts over; a record
    that changes were asked for keeps that state until it is submitted. The public keeps its
    edition meanwhile.
    """
    agreement.last_edited_by_id = by.pk
    if agreement.working_state != WorkingState.CHANGES_REQUESTED:
        agreement.working_state = WorkingState.DRAFT
    agreement.approved_by = None
    agreement.save(update_fields=["last_edited_by", "working_state", "approved_by"])
