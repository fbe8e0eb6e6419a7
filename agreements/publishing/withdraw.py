"""Withdrawing: taking an agreement from the public, with a reason that the public reads."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from agreements.editions.errors import NotPublic
from agreements.editions.log import append_withdrawal
from agreements.editions.models import LogEntry
from agreements.publishing.errors import NothingToWithdraw, ReasonMissing
from agreements.publishing.publish import staff_reference
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import LocalisedText


@transaction.atomic
def withdraw_agreement(agreement_id: int, *, by: User, at: datetime, reason: LocalisedText) -> LogEntry:
    """Take an agreement from the public by an entry in the log; nothing is deleted.

    Its pages then answer 410 with the reason; a later publication brings it back.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        ReasonMissing: no reason in any language.
        NothingToWithdraw: it has no current edition.
    """
    if not reason:
        raise ReasonMissing
    # The agreement is locked before the log, as in publish_edition(): the opposite order deadlocks.
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    try:
        return append_withdrawal(agreement.register_number, by=staff_reference(by), at=at, note=reason)
    except NotPublic as error:
        raise NothingToWithdraw(agreement.register_number) from error
