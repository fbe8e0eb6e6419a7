"""Sealing in the background, queued in the publishing transaction."""

from django.utils import timezone
from django_tasks import task

from agreements.editions.models import Edition
from agreements.editions.queries import numbered_edition
from agreements.vocabulary.languages import LANGUAGES


def queue_summaries(edition: Edition) -> None:
    """Have a worker make the edition's summaries once the current transaction is committed."""
    make_summaries.enqueue(edition.register_number, edition.number)


@task()
def make_summaries(register_number: str, number: int) -> int:
    """Make what is missing of an edition's summaries; safe to run again.

    Returns:
        How many languages have one now.
    """
    from agreements.summaries.store import summary_for  # noqa: PLC0415  # what seals is a third of all that is loaded

    edition = numbered_edition(register_number, number)
    if edition is None:
        return 0
    return len([summary_for(edition, language, at=timezone.now()) for language in LANGUAGES])
