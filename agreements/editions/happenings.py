"""What happened last in the published record: publications and withdrawals, newest first."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from agreements.editions.models import Edition, LogEntry
from agreements.vocabulary.kinds import LogKind


@dataclass(frozen=True)
class Happenings:
    """A page of the log, newest first; ``next_before`` is the place that the next page begins below."""

    entries: tuple[LogEntry, ...]
    next_before: int | None


def newest_happenings(*, at_most: int, register_number: str | None = None, before: int | None = None) -> Happenings:
    """Publications and withdrawals, of all agreements or of one.

    What was published of agreements that are withdrawn now is left out: only their withdrawal is told.
    """
    found = LogEntry.objects.select_related("edition").order_by("-sequence")
    if register_number is not None:
        found = found.filter(register_number=register_number)
    if before is not None:
        found = found.filter(sequence__lt=before)
    later = LogEntry.objects.filter(register_number=OuterRef("register_number"), sequence__gt=OuterRef("sequence"))
    last_is_withdrawal = LogEntry.objects.filter(
        ~Exists(later), register_number=OuterRef("register_number"), kind=LogKind.WITHDRAWAL
    )
    told = found.exclude(Exists(last_is_withdrawal), kind=LogKind.PUBLICATION)
    rows = list(told[: at_most + 1])
    return Happenings(tuple(rows[:at_most]), rows[at_most - 1].sequence if len(rows) > at_most else None)


def editions_in_log(sequences: Collection[int]) -> list[Edition]:
    """The editions that stand in these places of the log, newest first."""
    return list(Edition.objects.select_related("entry").filter(entry_id__in=list(sequences)).order_by("-entry_id"))
