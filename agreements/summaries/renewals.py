"""Long-term seals are renewed before the certificate of their last timestamp ends (ETSI EN 319 142-1, 5.5)."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from pyhanko.pdf_utils.misc import PdfError

from agreements.editions.queries import numbered_edition
from agreements.summaries.errors import SealNotConfigured, ServiceFailed, StampEnded, StampNoLonger
from agreements.summaries.keys import Sealer, current_sealer
from agreements.summaries.long_term import Material, renewed
from agreements.summaries.models import Summary
from agreements.summaries.services import timestamper, within_bounds
from agreements.summaries.store import keep_file, lock_summary, read_summary, seal_anew
from agreements.vocabulary.languages import LANGUAGES

_TIME_RUNS_OUT: Final = timedelta(days=30)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Renewed:
    """What came of one run: how many lasted longer after it, which failed and why, and whether more are due."""

    count: int
    failures: tuple[str, ...]
    is_more: bool


def due_for_renewal(*, at: datetime) -> QuerySet[Summary]:
    """Summaries whose last timestamp's certificate ends within ``SEAL_RENEW_DAYS``, the one that ends first in front.

    Only the newest row of an edition and language: copies of older ones stay genuine, but nobody gets them any more.
    """
    newer = Summary.objects.filter(
        register_number=OuterRef("register_number"),
        edition_number=OuterRef("edition_number"),
        language=OuterRef("language"),
        pk__gt=OuterRef("pk"),
    )
    soon = at + timedelta(days=settings.SEAL_RENEW_DAYS)
    return Summary.objects.filter(~Exists(newer), lasts_until__lte=soon).order_by("lasts_until", "pk")


def renew_due(*, at: datetime, at_most: int) -> Renewed:
    """Renew what is due, each in a transaction of its own: what was done stays when a later one fails.

    A service or a storage that is away ends the run, since it would be away for the next too; a broken file does not.

    Raises:
        SealNotConfigured: there is no key, or no timestamp authority.
    """
    due = list(due_for_renewal(at=at)[: at_most + 1])
    count = 0
    failures: list[str] = []
    for summary in due[:at_most]:
        try:
            count += renew(summary, at=at) is not None
        except StampNoLonger as failure:
            # Authorities change their certificate at times that they choose: it is a failure only when time runs out.
            logger.warning("act=renew summary=%s cause=%s", summary, failure)
            if summary.lasts_until is None or summary.lasts_until - at <= _TIME_RUNS_OUT:
                failures.append(f"{summary}: {failure}")
            break
        except (ServiceFailed, OSError) as failure:
            logger.exception("act=renew summary=%s", summary)
            failures.append(f"{summary}: {failure}")
            break
        except (PdfError, ValueError) as failure:
            logger.exception("act=renew summary=%s", summary)
            failures.append(f"{summary} can't be read: {failure}")
    logger.info("act=renew_seals count=%d failed=%d", count, len(failures))
    return Renewed(count, tuple(failures), len(due) > at_most)


@transaction.atomic
def renew(summary: Summary, *, at: datetime) -> Summary | None:
    """The row that takes the place of this one, whose file lasts longer; ``None`` where another already has.

    The new file starts with the old one, byte for byte. Where that is lost, or the certificate of its last timestamp
    has already ended or was revoked, nothing can vouch for it any more: its edition is sealed anew.

    Raises:
        ServiceFailed: the timestamp authority or a revocation service does not answer.
        SealNotConfigured: there is no timestamp authority, or no key.
        OSError: the file can't be read.
    """
    lock_summary(summary.register_number, summary.edition_number, summary.language)
    if _is_replaced(summary):
        return None
    if not settings.TIMESTAMP_URL:
        raise SealNotConfigured(
            "Long-term seals are due for a new timestamp, and there is no authority to ask: set MOC_TIMESTAMP_URL."
        )
    if summary.lasts_until is None or summary.lasts_until <= at:
        return _sealed_anew(summary, at=at, cause="its last timestamp has ended")
    if not default_storage.exists(summary.path):
        return _sealed_anew(summary, at=at, cause="its file is lost")
    try:
        content = within_bounds(_renewed(read_summary(summary), current_sealer()))
    except StampEnded as failure:
        return _sealed_anew(summary, at=at, cause=str(failure))
    return keep_file(
        content,
        Summary(
            register_number=summary.register_number,
            edition_number=summary.edition_number,
            language=summary.language,
            level=summary.level,
            sealed_at=summary.sealed_at,
            checkpoint=summary.checkpoint,
            recipe=summary.recipe,
            shows_development=summary.shows_development,
            renews=summary,
            renewed_at=at,
        ),
    )


async def _renewed(content: bytes, sealer: Sealer) -> bytes:
    async with Material(sealer) as material:
        return await renewed(content, material, stamper=timestamper())


def _is_replaced(summary: Summary) -> bool:
    same = {"register_number": summary.register_number, "edition_number": summary.edition_number}
    return Summary.objects.filter(**same, language=summary.language, pk__gt=summary.pk).exists()


def _sealed_anew(summary: Summary, *, at: datetime, cause: str) -> Summary | None:
    edition = numbered_edition(summary.register_number, summary.edition_number)
    language = next(one for one in LANGUAGES if one == summary.language)
    logger.warning("act=seal_anew summary=%s cause=%s", summary, cause)
    return seal_anew(edition, language, at=at) if edition is not None else None
