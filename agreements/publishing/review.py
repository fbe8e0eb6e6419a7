"""Review: submitting a record, claiming, approving it, or asking for changes."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from agreements.editions.queries import current_edition
from agreements.publishing.blocking import blocking_problems
from agreements.publishing.confirmations import record_hash
from agreements.publishing.errors import ContentIncomplete, FourEyes, NothingToPublish, OtherReviewer, WarningsOpen
from agreements.publishing.readiness import readiness_of
from agreements.publishing.scanned import scanned_first
from agreements.publishing.snapshot import build_content
from agreements.publishing.workflow import begin, finish
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.zone import day_in_baghdad


@scanned_first
@transaction.atomic
def submit_agreement(
    agreement_id: int, *, by: User, at: datetime, note: str = "", revision: int | None = None
) -> Agreement:
    """Hand a draft to the reviewers.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState, ChangedMeanwhile: see ``workflow.begin``.
        ContentIncomplete: it could not be published as it stands.
        NothingToPublish: the current edition already says exactly this.
    """
    agreement = begin(agreement_id, "submit", revision=revision)
    agreement.approved_by = agreement.reviewer = agreement.review_due = None
    content = build_content(agreement)
    problems = blocking_problems(agreement, content)
    if problems:
        raise ContentIncomplete(problems)
    current = current_edition(agreement.register_number)
    if current is not None and current.content == content:
        raise NothingToPublish(agreement.register_number, current.number)
    agreement.submitted_by = by
    finish(agreement, "submit", by=by, at=at, note=note)
    return agreement


@transaction.atomic
def claim_review(
    agreement_id: int, *, by: User, at: datetime, note: str = "", due: date | None = None, revision: int | None = None
) -> Agreement:
    """Take a review upon oneself, if nobody has; ``due`` is the day it should be done by, in Baghdad.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState, ChangedMeanwhile: see ``workflow.begin``.
        OtherReviewer: somebody else has claimed it.
    """
    agreement = begin(agreement_id, "claim", revision=revision)
    if agreement.reviewer is not None and agreement.reviewer != by:
        raise OtherReviewer(agreement.reviewer.get_username())
    agreement.reviewer = by
    agreement.review_due = due
    finish(agreement, "claim", by=by, at=at, note=note)
    return agreement


@transaction.atomic
def release_review(
    agreement_id: int, *, by: User, at: datetime, note: str = "", revision: int | None = None
) -> Agreement:
    """Give a claimed review back, one's own or that of somebody who is away.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState, ChangedMeanwhile: see ``workflow.begin``.
    """
    agreement = begin(agreement_id, "release", revision=revision)
    agreement.reviewer = agreement.review_due = None
    finish(agreement, "release", by=by, at=at, note=note)
    return agreement


@transaction.atomic
def request_changes(agreement_id: int, *, by: User, at: datetime, note: str, revision: int | None = None) -> Agreement:
    """Hand a record back to its editors, also after it was approved or scheduled; ``note`` says what to change.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState, ChangedMeanwhile, NoteMissing: see ``workflow.begin``.
    """
    agreement = begin(agreement_id, "return", revision=revision, note=note)
    agreement.approved_by = agreement.publish_at = None
    agreement.approved_hash = ""
    finish(agreement, "return", by=by, at=at, note=note)
    return agreement


@scanned_first
@transaction.atomic
def approve_agreement(
    agreement_id: int, *, by: User, at: datetime, note: str = "", revision: int | None = None
) -> Agreement:
    """Approve a record in review, so that exactly this may be published.

    Four eyes: who last edited or submitted it can't approve it, unless the setting allows that;
    the edition then says so.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        WrongState, ChangedMeanwhile: see ``workflow.begin``.
        OtherReviewer: somebody else has claimed the review.
        FourEyes: ``by`` last edited or submitted it.
        ContentIncomplete: it could not be published as it stands.
        WarningsOpen: warnings stand that nobody has accepted.
    """
    agreement = begin(agreement_id, "approve", revision=revision)
    if agreement.reviewer is not None and agreement.reviewer != by:
        raise OtherReviewer(agreement.reviewer.get_username())
    if settings.FOUR_EYES and by.pk in (agreement.last_edited_by_id, agreement.submitted_by_id):
        raise FourEyes(agreement.register_number)
    agreement.approved_by = by
    content = build_content(agreement)
    readiness = readiness_of(agreement, content, on=day_in_baghdad(at))
    if readiness.blocking:
        raise ContentIncomplete(readiness.blocking)
    if readiness.warnings:
        raise WarningsOpen(readiness.warnings)
    agreement.approved_hash = record_hash(content)
    finish(agreement, "approve", by=by, at=at, note=note)
    return agreement
