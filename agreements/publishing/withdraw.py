"""Withdrawing: taking an agreement from the public, with a reason that the public reads."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from agreements.editions.errors import NotPublic
from agreements.editions.log import append_withdrawal
from agreements.editions.models import LogEntry
from agreements.publishing.errors import NothingToWithdraw, ReasonMissing
from agreements.publishing.publish import staff_reference
from agreements.publishing.workflow import begin, finish
from agreements.search.index import unindex
from agreements.search.mentions import forget_mentions
from agreements.vocabulary.languages import LocalisedText


@transaction.atomic
def withdraw_agreement(agreement_id: int, *, by: User, at: datetime, reason: LocalisedText, note: str = "") -> LogEntry:
    """Take an agreement from the public by an entry in the log; nothing is deleted.

    Its pages then answer 410 with the reason; a later publication brings it back. What was in review,
    approved or scheduled starts over: nothing may publish a withdrawn agreement by itself.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        ReasonMissing: no reason in any language.
        NothingToWithdraw: it has no current edition.
    """
    if not reason:
        raise ReasonMissing
    # The agreement is locked before the log, as in publish_edition(): the opposite order deadlocks.
    agreement = begin(agreement_id, "withdraw")
    try:
        entry = append_withdrawal(agreement.register_number, by=staff_reference(by), at=at, note=reason)
    except NotPublic as error:
        raise NothingToWithdraw(agreement.register_number) from error
    unindex(agreement.register_number)
    forget_mentions(agreement.register_number)
    agreement.approved_by = agreement.publish_at = None
    agreement.approved_hash = ""
    finish(agreement, "withdraw", by=by, at=at, note=note, edition_number=entry.edition_number)
    return entry
