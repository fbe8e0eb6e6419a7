"""Handing a digest to the mail server, again and again until it takes it."""

import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from agreements.reminders.models import Digest, DigestDelivery
from agreements.reminders.people import readers

RETRY_AFTER: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
"""A mail server that is away for a day or two loses nothing; after that the job fails and stays visible."""

_LOCK: Final = 0x6D61696C
"""First half of the advisory lock; the second is the digest's number."""

logger = logging.getLogger(__name__)


@task()
def deliver_digest(digest_id: int, attempt: int = 1) -> str:
    """Send a digest that was not sent yet; what came of it.

    Sent and noted under a lock, so two workers send it once. Only a worker that dies between the mail
    server's yes and the commit makes it go out twice: then with the same Message-ID, which most mail
    systems show once. The other order would lose the mail instead.
    """
    try:
        return _deliver(digest_id)
    except (SMTPException, OSError) as error:
        if attempt > len(RETRY_AFTER) or _is_final(error):
            raise
        again = timezone.now() + RETRY_AFTER[attempt - 1]
        deliver_digest.using(run_after=again).enqueue(digest_id, attempt + 1)
        logger.warning("act=retry_mail digest=%d attempt=%d error=%s", digest_id, attempt, type(error).__name__)
        return "again"


@transaction.atomic
def _deliver(digest_id: int) -> str:
    with connection.cursor() as cursor:  # the table is append-only, so its rows can't be locked
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, digest_id % 2**31])
    digest = Digest.objects.filter(pk=digest_id).first()
    if digest is None or DigestDelivery.objects.filter(digest=digest).exists():
        return "nothing to do"
    if not readers().filter(pk=digest.person_id).exists():
        return "not on the staff any more"
    message_of(digest).send()
    DigestDelivery.objects.create(digest=digest, at=timezone.now())
    logger.info("act=mail digest=%d", digest.pk)
    return "sent"


def message_of(digest: Digest) -> EmailMultiAlternatives:
    """The digest as a message that other machines know for an automatic one (RFC 3834)."""
    host = urlsplit(settings.PUBLIC_ORIGIN).hostname
    message = EmailMultiAlternatives(
        subject=digest.subject,
        body=digest.text,
        to=[digest.address],
        headers={
            "Message-ID": f"<digest-{digest.pk}.{digest.day}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": digest.language,
        },
    )
    message.attach_alternative(digest.html, "text/html")
    return message


def _is_final(error: BaseException) -> bool:
    """Whether the mail server refused the address itself, and for good (RFC 5321, 4.2.1: codes from 500)."""
    return isinstance(error, SMTPRecipientsRefused) and all(code >= 500 for code, _said in error.recipients.values())
