"""From an uploaded file to drafts, at the desk: received, looked into, and written once somebody agreed."""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Final, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from agreements.intake.contents.bring_in import Wishes, bring_in
from agreements.intake.contents.errors import FileFault, FileRefused
from agreements.intake.contents.incoming import FileFacts, IncomingContent
from agreements.intake.contents.models import Delivery, Origin, OriginKind
from agreements.intake.contents.open import facts_of
from agreements.intake.contents.read import From, read_editions
from agreements.intake.contents.results import Report
from agreements.intake.iati.agreements import read_agreements
from agreements.intake.iati.choices import Choices

logger = logging.getLogger(__name__)

MAX_MEGABYTES: Final = 20
MAX_AGREEMENTS: Final = 50
"""What a page can be waited for; larger files are imported on the server."""


def receive(upload: UploadedFile, kind: OriginKind, wishes: Mapping[str, Any], *, by: User, at: datetime) -> Delivery:
    """Keep an uploaded file that can be read to its end.

    Args:
        wishes: the form's choices, as JSON can hold them.

    Raises:
        FileRefused: it can't be read, or is more than a page can do; nothing is kept then.
    """
    if not upload.size:
        raise FileRefused(FileFault.EMPTY)
    if upload.size > MAX_MEGABYTES * 1024**2:
        raise FileRefused(FileFault.TOO_LARGE, limit=MAX_MEGABYTES)
    file = cast(BinaryIO, upload.file)
    facts = facts_of(file, (upload.name or "")[-255:])
    delivery = Delivery(
        kind=kind, file_name=facts.name, file_hash=facts.sha256, size_bytes=upload.size, wishes=dict(wishes),
        by=by, at=at,
    )  # fmt: skip
    for _one in _read(delivery, file):
        pass
    file.seek(0)
    delivery.file.save(facts.name, upload, save=False)
    delivery.save()
    return delivery


def look_into(delivery: Delivery, *, by: User, at: datetime) -> Report:
    """What writing it would do now; nothing is written.

    Raises:
        FileRefused: it can't be read any more.
    """
    return _bring_in(delivery, by=by, at=at, is_dry=True)


@transaction.atomic
def write(delivery_id: int, *, expected: str, by: User, at: datetime) -> Report:
    """Bring it in, once, if that does what the person who agreed was shown.

    Args:
        expected: the fingerprint of the report that they saw.

    Raises:
        Delivery.DoesNotExist: no such file, or it was written or erased meanwhile.
        FileRefused: it can't be read any more.
    """
    delivery = Delivery.objects.select_for_update().exclude(file="").get(pk=delivery_id, applied_at=None)
    report = _bring_in(delivery, by=by, at=at, expected=expected)
    if report.is_written:
        delivery.applied_by, delivery.applied_at = by, at
        delivery.counts = {outcome.value: count for outcome, count in report.counts.items()}
        delivery.save(update_fields=["applied_by", "applied_at", "counts"])
    return report


def newest_deliveries(number: int) -> list[Delivery]:
    """What was brought in, or waits to be, newest first."""
    return list(Delivery.objects.select_related("by", "applied_by")[:number])


def drafts_of(delivery: Delivery) -> list[Origin]:
    """The agreements that were added or changed when a file was written, as far as they are still there."""
    if delivery.applied_at is None:
        return []
    came = Origin.objects.filter(file_hash=delivery.file_hash, at=delivery.applied_at)
    return list(came.select_related("agreement").order_by("pk"))


def erase_old_deliveries(*, at: datetime) -> int:
    """Erase files after ``settings.IMPORT_DAYS``; how many.

    Called about every minute (``settings.PERIODIC``); most times there is nothing to do.
    """
    old = Delivery.objects.exclude(file="").filter(at__lt=at - timedelta(days=settings.IMPORT_DAYS))
    erased = 0
    for delivery in old[:100]:
        delivery.file.delete(save=False)
        Delivery.objects.filter(pk=delivery.pk).update(file="")
        erased += 1
    if erased:
        logger.info("act=erase_deliveries files=%d", erased)
    return erased


def _bring_in(delivery: Delivery, *, by: User, at: datetime, is_dry: bool = False, expected: str = "") -> Report:
    wishes = Wishes(
        good_ones_only=bool(delivery.wishes.get("good_ones_only")),
        same_numbers=bool(delivery.wishes.get("same_numbers")),
    )
    facts = FileFacts(delivery.file_name, delivery.file_hash)
    try:
        opened = delivery.file.open("rb")
    except FileNotFoundError as error:
        raise FileRefused(FileFault.GONE) from error
    with opened as file:
        found = _read(delivery, cast(BinaryIO, file))
        return bring_in(found, facts, by=by, at=at, wishes=wishes, is_dry=is_dry, expected=expected)


def _read(delivery: Delivery, file: BinaryIO) -> Iterator[IncomingContent]:
    wishes = delivery.wishes
    if delivery.kind == OriginKind.IATI:
        found = read_agreements(file, Choices.of(wishes))
    else:
        found = read_editions(file, From(wishes.get("address", "")))
    for count, one in enumerate(found, start=1):
        if count > MAX_AGREEMENTS:
            raise FileRefused(FileFault.TOO_MANY, limit=MAX_AGREEMENTS)
        yield one
