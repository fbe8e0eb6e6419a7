"""Signs the log at each change and every day, and finds what was signed."""

import logging
from datetime import datetime

from django.db import transaction

from agreements.editions.checkpoint_key import has_signing_key, origin, signing_key
from agreements.editions.entries import lock_log
from agreements.editions.errors import CheckpointRefused, EditionsError
from agreements.editions.merkle import hash_of_range
from agreements.editions.models import LogEntry
from agreements.editions.notes import write_checkpoint
from agreements.editions.queries import log_head
from agreements.editions.tree import grow_tree, read_ranges
from agreements.editions.tree_models import Checkpoint
from agreements.vocabulary.zone import day_in_baghdad

logger = logging.getLogger(__name__)


def note_in_tree(*, at: datetime) -> Checkpoint | None:
    """Add what is new in the log to its tree and sign that, under the lock of whoever publishes or withdraws.

    Nothing that is wrong with tree or key keeps anybody from publishing: the server's log says so, the worker tries
    again every minute, and the audit finds it. Without a key the tree grows unsigned; a system check says so.
    """
    try:
        size = grow_tree()
        return _sign(size, at=at) if has_signing_key() else None
    except EditionsError as failure:
        logger.exception("act=checkpoint failed=%s", type(failure).__name__)
        return None


def sign_todays_checkpoint(*, at: datetime) -> bool:
    """Sign where the newest entry, or today in Baghdad, has no checkpoint yet; whether one was made.

    A worker calls it every minute. Where nothing is due it costs two looks at the ends of indexes.
    """
    if not _is_due(at):
        return False
    with transaction.atomic():
        lock_log()
        return _is_due(at) and note_in_tree(at=at) is not None


def newest_checkpoint() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size", "-pk").first()


def is_log_signed() -> bool:
    """Whether there is a checkpoint that readers can check with."""
    return Checkpoint.objects.exists()


def checkpoint_of(size: int) -> Checkpoint | None:
    """The first checkpoint of exactly so many entries."""
    return Checkpoint.objects.filter(size=size).order_by("pk").first()


def checkpoints_after(number: int, *, at_most: int) -> list[Checkpoint]:
    """Checkpoints behind one, by their numbers."""
    return list(Checkpoint.objects.filter(pk__gt=number).order_by("pk")[:at_most])


def checkpoint_with(entry: LogEntry) -> Checkpoint | None:
    """The first checkpoint that holds the entry: for one that was logged with its tree, that of its own act."""
    return Checkpoint.objects.filter(size__gte=entry.sequence).order_by("size", "pk").first()


@transaction.atomic
def signed_with(entry: LogEntry, *, at: datetime) -> Checkpoint | None:
    """The same, made now where the log is older than its tree; ``None`` where it can't be (see ``note_in_tree``)."""
    found = checkpoint_with(entry)
    if found is None:
        lock_log()
        found = checkpoint_with(entry) or note_in_tree(at=at)
    return found


def _is_due(at: datetime) -> bool:
    head, newest = log_head(), newest_checkpoint()
    if head is None:
        return False
    return newest is None or newest.size < head.sequence or day_in_baghdad(newest.at) < day_in_baghdad(at)


def _sign(size: int, *, at: datetime) -> Checkpoint:
    newest = newest_checkpoint()
    before = newest.size if newest else 0
    if before > size:
        raise CheckpointRefused(f"the newest checkpoint has {before} entries, the log {size}")
    old_root, root = (hash_of_range(part) for part in read_ranges([(0, before), (0, size)]))
    if newest and old_root.hex() != newest.root:
        raise CheckpointRefused(f"the tree's first {before} entries are not those of the newest checkpoint")
    second = at.replace(microsecond=0)  # as the text has it
    text = write_checkpoint(origin(), size=size, root=root, at=second, sign_with=signing_key())
    return Checkpoint.objects.create(size=size, root=root.hex(), at=second, text=text)
