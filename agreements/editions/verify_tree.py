"""Computes the log's tree anew, and checks every checkpoint that was signed of it."""

from collections.abc import Iterator, Mapping, Sequence

from agreements.editions.checked import Checked
from agreements.editions.checkpoint_key import verifier_keys
from agreements.editions.checkpoints import newest_checkpoint
from agreements.editions.entries import entry_bytes
from agreements.editions.errors import Differs, NoteNotGenuine
from agreements.editions.merkle import grown, hash_of_range, leaf_hash
from agreements.editions.models import LogEntry
from agreements.editions.notes import Opened, VerifierKey, open_checkpoint
from agreements.editions.queries import log_head
from agreements.editions.tree import tree_size
from agreements.editions.tree_models import Checkpoint, TreeLeaf

_CHUNK = 500


def verify_tree(*, kept: str = "") -> Iterator[Checked]:
    """Compare leaves and checkpoints with the log's entries, oldest first; each entry that holds.

    It takes the chain for whole: call ``verify_log`` before. Memory does not grow with the log.

    Args:
        kept: the text of a checkpoint that was kept elsewhere. Only such a copy finds an end that was cut off
            together with its checkpoints.

    Raises:
        Differs: at the first entry or checkpoint that is not as it should be.
        CheckpointsNotConfigured: a key that the settings name can't be read.
    """
    keys = verifier_keys()
    copy = _open(kept, keys, "The checkpoint that was kept elsewhere") if kept else None
    reached = max(tree_size(), _size_of(newest_checkpoint()))
    edge: list[bytes] = []
    size = 0
    while chunk := list(LogEntry.objects.filter(sequence__gt=size).order_by("sequence")[:_CHUNK]):
        leaves = TreeLeaf.objects.in_bulk([one.sequence for one in chunk])
        roots = {one.sequence: _root_with(one, leaves.get(one.sequence), edge, reached) for one in chunk}
        size = chunk[-1].sequence
        for checkpoint in Checkpoint.objects.filter(size__range=(chunk[0].sequence, size)).order_by("size", "pk"):
            _check(checkpoint, roots, keys)
        if copy and roots.get(copy.size, copy.root) != copy.root:
            raise Differs(f"The checkpoint kept elsewhere is of other entries than the first {copy.size} here.")
        yield from (Checked(one.sequence) for one in chunk)
    _check_end(copy)


def _size_of(checkpoint: Checkpoint | None) -> int:
    return checkpoint.size if checkpoint else 0


def _root_with(entry: LogEntry, leaf: TreeLeaf | None, edge: list[bytes], reached: int) -> bytes:
    """The root of the tree that ends with this entry."""
    which = f"entry {entry.sequence} ({entry.register_number})"
    hashes = grown(edge, entry.sequence - 1, leaf_hash(entry_bytes(entry)))
    if leaf is None and entry.sequence <= reached:
        raise Differs(f"The leaf of {which} is missing from the tree.")
    if leaf is not None and leaf.hashes != [one.hex() for one in hashes]:
        raise Differs(f"The leaf of {which} was altered: its hashes are not those of the entries.")
    return hash_of_range(edge)


def _check(checkpoint: Checkpoint, roots: Mapping[int, bytes], keys: Sequence[VerifierKey]) -> None:
    which = f"Checkpoint {checkpoint.pk} of {checkpoint.size} entries"
    opened = _open(checkpoint.text, keys, which)
    row = (checkpoint.size, checkpoint.root, checkpoint.at)
    if row != (opened.size, opened.root.hex(), opened.at):
        raise Differs(f"{which} was altered: its columns are not what its text says.")
    if opened.root != roots.get(checkpoint.size):
        raise Differs(f"{which} is of other entries: its root is not that of the log.")


def _open(text: str, keys: Sequence[VerifierKey], which: str) -> Opened:
    try:
        return open_checkpoint(text, keys)
    except NoteNotGenuine as error:
        raise Differs(f"{which} is not genuine: {error}. Former keys belong in MOC_CHECKPOINT_FORMER_KEYS.") from error


def _check_end(copy: Opened | None) -> None:
    signed = max(_size_of(newest_checkpoint()), copy.size if copy else 0)
    head = log_head()  # asked last: somebody may be publishing
    entries = head.sequence if head else 0
    if signed > entries:
        raise Differs(f"A log of {signed} entries was signed, and this one has {entries}: its end was cut off.")
