"""How long files of imports are kept: a worker erases them, and what the check found in them."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from agreements.intake.models import Import, ImportName, ImportRow, ImportState

logger = logging.getLogger(__name__)


def erase_old_imports(*, at: datetime) -> int:
    """Erase files that were received ``IMPORT_DAYS`` ago or given up, and their rows and names; how many.

    Called about every minute (``settings.PERIODIC``); most times there is nothing to do. Who imported what and when
    stays, with the file's hash, and so do the agreements and their source.
    """
    old = Q(at__lt=at - timedelta(days=settings.IMPORT_DAYS))
    busy = Q(state__in=(ImportState.CHECKING, ImportState.APPLYING))
    erased = 0
    for one in Import.objects.filter(old & ~busy | Q(state=ImportState.DROPPED), erased_at__isnull=True):
        ImportRow.objects.filter(of_import=one).delete()
        ImportName.objects.filter(of_import=one).delete()
        one.file.delete(save=False)
        state = one.state if one.state == ImportState.APPLIED else ImportState.DROPPED
        Import.objects.filter(pk=one.pk).update(file="", preview={}, erased_at=at, state=state)
        erased += 1
    if erased:
        logger.info("act=erase_imports count=%d", erased)
    return erased
