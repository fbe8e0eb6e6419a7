"""Review: submitting a record, approving it, or asking for changes."""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from agreements.publishing.completeness import problems_of
from agreements.publishing.errors import ContentIncomplete, FourEyes, WrongState
from agreements.publishing.snapshot import build_content
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.kinds import WorkingState

SUBMITTABLE: Final = (WorkingState.DRAFT, WorkingState.CHANGES_REQUESTED)


@transaction.atomic
def submit_agreement(agreement_id: int, *, by: User, at: datetime) -> Agreement:
    """Hand a draft to the reviewers.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState: it is in review or approved already.
        ContentIncomplete: it could not be published as it stands.
    """
    agreement = _locked(agreement_id, needed=SUBMITTABLE)
    problems = problems_of(build_content(agreement))
    if problems:
        raise ContentIncomplete(problems)
    agreement.working_state = WorkingState.IN_REVIEW
    agreement.submitted_by = by
    agreement.submitted_at = at
    agreement.save(update_fields=["working_state", "submitted_by", "submitted_at"])
    return agreement


@transaction.atomic
def request_changes(agreement_id: int, *, by: User, at: datetime) -> Agreement:
    """Hand a record back to its editors, also after it was approved.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState: it is with its editors already.
    """
    agreement = _locked(agreement_id, needed=(WorkingState.IN_REVIEW, WorkingState.APPROVED))
    agreement.working_state = WorkingState.CHANGES_REQUESTED
    agreement.approved_by = agreement.approved_at = None
    agreement.returned_by = by
    agreement.returned_at = at
    agreement.save(update_fields=["working_state", "approved_by", "approved_at", "returned_by", "returned_at"])
    return agreement


@transaction.atomic
def approve_agreement(agreement_id: int, *, by: User, at: datetime) -> Agreement:
    """Approve a record in review, so that it may be published.

    Four eyes: who last edited or submitted it can't approve it.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState: it is not in review.
        FourEyes: ``by`` last edited or submitted it.
    """
    agreement = _locked(agreement_id, needed=(WorkingState.IN_REVIEW,))
    if by.pk in (agreement.last_edited_by_id, agreement.submitted_by_id):
        raise FourEyes(agreement.register_number)
    agreement.working_state = WorkingState.APPROVED
    agreement.approved_by = by
    agreement.approved_at = at
    agreement.save(update_fields=["working_state", "approved_by", "approved_at"])
    return agreement


def _locked(agreement_id: int, *, needed: tuple[WorkingState, ...]) -> Agreement:
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    if agreement.working_state not in needed:
        raise WrongState(agreement.register_number, found=agreement.working_state, needed=needed)
    return agreement
