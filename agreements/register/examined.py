"""Examines PDFs that were kept before the register looked into them."""

from datetime import datetime
from logging import getLogger

from django.db.models import Q

from agreements.register.file_kinds import KINDS
from agreements.register.models.words_and_files import Document
from agreements.register.pdf_facts import pdf_facts

logger = getLogger(__name__)


def examine_waiting(agreement_id: int, *, at: datetime) -> int:
    """Find out the facts of the agreement's PDFs that were never examined; an upload is examined by itself.

    Returns:
        How many were examined.
    """
    examined = 0
    waiting = Document.objects.filter(
        # Whether a file is signed was known before its signatures were looked at.
        Q(examined_at__isnull=True) | Q(is_signed=True, signatures__isnull=True),
        agreement_id=agreement_id,
        media_type=KINDS["PDF"].media_type,
    )
    for document in waiting.order_by("pk"):
        try:
            with document.file.open() as file:
                facts = pdf_facts(file.read())
        except OSError as error:
            logger.warning("act=examine document=%s sha256=%s failed=%s", document.pk, document.sha256, error)
            continue
        # The file may have been replaced meanwhile: what was found belongs to the bytes that were looked at.
        examined += Document.objects.filter(pk=document.pk, sha256=document.sha256).update(
            pages=facts.pages, is_signed=facts.is_signed, signatures=facts.stored_signatures, examined_at=at
        )
    return examined
