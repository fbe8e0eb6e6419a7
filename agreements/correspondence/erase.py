"""How long readers' reports are kept: what the form and the privacy page promise, done by a worker."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from agreements.correspondence.limits import forget_attempts
from agreements.correspondence.models import Report

NAME_DAYS_AFTER_ANSWER: Final = 30
NAME_DAYS: Final = 365
"""Name and e-mail go so many days after the decision, or after receipt where there is none."""

REPORT_DAYS: Final = 730
"""The report itself goes so many days after receipt. What was accepted stays as a note without a name."""

logger = logging.getLogger(__name__)


def erase_old_reports(*, at: datetime) -> int:
    """Erase names and e-mails that are not needed any more, then reports; how many rows that were.

    Called about every minute (``settings.PERIODIC``); most times there is nothing to do.
    """
    with transaction.atomic():
        answered = Q(decided_at__lt=at - timedelta(days=NAME_DAYS_AFTER_ANSWER))
        left_lying = Q(received_at__lt=at - timedelta(days=NAME_DAYS))
        named = Report.objects.filter(answered | left_lying, ~Q(name="") | ~Q(email=""))
        erased = named.update(name="", email="", erased_at=at)
        _all, by_model = Report.objects.filter(received_at__lt=at - timedelta(days=REPORT_DAYS)).delete()
        deleted = by_model.get(Report._meta.label, 0)
        forget_attempts(at=at)
    if erased or deleted:
        logger.info("act=erase_reports names=%d reports=%d", erased, deleted)
    return erased + deleted
