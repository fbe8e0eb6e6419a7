"""The day's reminders, queued once a day by whichever worker looks first."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from agreements.reminders.digest import make_digests
from agreements.reminders.models import DailyRun
from agreements.vocabulary.zone import BAGHDAD

FROM_HOUR: Final = 7
"""In Baghdad: mails are there when work begins. A portal that was off then does it when it is back."""


def queue_todays_reminders(*, at: datetime) -> bool:
    """Queue today's reminders if it is time and nobody has; whether they were queued.

    The day's row and the job are one transaction: of several workers one queues, and where it is killed
    before the commit another does.
    """
    there = at.astimezone(BAGHDAD)
    if not settings.REMINDS_BY_MAIL or there.hour < FROM_HOUR:
        return False
    if DailyRun.objects.filter(day=there.date()).exists():
        return False
    with transaction.atomic():
        _run, is_new = DailyRun.objects.get_or_create(day=there.date(), defaults={"at": at})
        if is_new:
            remind.enqueue()
    return is_new


@task()
def remind() -> int:
    """The worker's part: write and queue the digests of the day it is now. How many there were."""
    return len(make_digests(at=timezone.now()))
