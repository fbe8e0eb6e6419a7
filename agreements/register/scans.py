"""Scans of documents that were never looked at, as before a scanner was set up or while it did not answer."""

from datetime import datetime
from logging import getLogger

from django.db.models import QuerySet

from agreements.register.models.words_and_files import Document
from agreements.register.virus_scan import ScanFailed, is_scanner_set, scan
from agreements.vocabulary.kinds import ScanResult

logger = getLogger(__name__)


def scan_waiting(agreement_id: int, *, at: datetime) -> int:
    """Scan the agreement's documents that never were; nothing where no scanner is set up.

    Call it outside the transaction that publishes, so that what was found stays when that is refused.

    Returns:
        How many were looked at.
    """
    if not is_scanner_set():
        return 0
    waiting = Document.objects.filter(agreement_id=agreement_id, scan_result=ScanResult.NOT_SCANNED)
    return scan_documents(waiting, at=at)


def scan_documents(documents: QuerySet[Document], *, at: datetime) -> int:
    """Scan these files and note the result; one that can't be scanned stays as it was, and the log says so.

    Returns:
        How many were looked at.
    """
    looked_at = 0
    for document in documents.order_by("pk"):
        try:
            with document.file.open() as file:
                verdict = scan(file.chunks())
        except (ScanFailed, OSError) as error:
            logger.warning("act=scan document=%s sha256=%s failed=%s", document.pk, document.sha256, error)
            continue
        # The file may have been replaced meanwhile: what was found belongs to the bytes that were looked at.
        looked_at += Document.objects.filter(pk=document.pk, sha256=document.sha256).update(
            scan_result=ScanResult.CLEAN if verdict.is_clean else ScanResult.INFECTED,
            scan_found=verdict.found[:200],
            scanned_at=at,
        )
        logger.info("act=scan document=%s sha256=%s found=%s", document.pk, document.sha256, verdict.found or "nothing")
    return looked_at
