"""Grows the Merkle tree with the log, and reads roots and proofs from it."""

from collections.abc import Mapping, Sequence

from agreements.editions.entries import entry_bytes
from agreements.editions.errors import LogHasGap, NotInTree
from agreements.editions.merkle import (
    Node,
    Range,
    consistency_ranges,
    grown,
    hash_of_range,
    inclusion_ranges,
    leaf_hash,
    whole_nodes,
)
from agreements.editions.models import LogEntry
from agreements.editions.tree_models import TreeLeaf

_AT_ONCE = 500


def tree_size() -> int:
    """How many entries the tree holds."""
    return TreeLeaf.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def grow_tree() -> int:
    """Add the entries that the tree lacks, in order; call it under the log's lock.

    One after each publication; all of them where the log is older than its tree.

    Returns:
        The size of the tree now.

    Raises:
        LogHasGap: the log's sequence is broken; what is below the gap was added.
    """
    size = tree_size()
    edge = [one for part in read_ranges([(0, size)]) for one in part]
    while entries := list(LogEntry.objects.filter(sequence__gt=size).order_by("sequence")[:_AT_ONCE]):
        leaves = []
        for entry in entries:
            if entry.sequence != size + 1:
                break
            hashes = grown(edge, size, leaf_hash(entry_bytes(entry)))
            leaves.append(TreeLeaf(entry=entry, hashes=[one.hex() for one in hashes]))
            size += 1
        TreeLeaf.objects.bulk_create(leaves)
        if len(leaves) < len(entries):
            raise LogHasGap(size)
    return size


def inclusion_path(sequence: int, *, size: int) -> list[bytes]:
    """The hashes that lead from an entry's leaf to the root over the first ``size`` entries.

    Raises:
        NotInTree: the entry is not among those, or the tree is smaller.
    """
    if not 1 <= sequence <= size:
        raise NotInTree(sequence)
    return [hash_of_range(part) for part in read_ranges(inclusion_ranges(sequence - 1, size))]


def consistency_path(old: int, new: int) -> list[bytes]:
    """The hashes that show the tree of size ``new`` to continue the one of size ``old``.

    Raises:
        NotInTree: the tree is smaller, or ``old`` is not from 1 to ``new``.
    """
    if not 1 <= old <= new:
        raise NotInTree(old)
    return [hash_of_range(part) for part in read_ranges(consistency_ranges(old, new))]


def read_ranges(ranges: Sequence[Range]) -> list[list[bytes]]:
    """The hashes of the whole nodes of each range, by one query.

    Raises:
        NotInTree: the tree is smaller, or a leaf is damaged.
    """
    nodes = [whole_nodes(begin, end) for begin, end in ranges]
    leaves = TreeLeaf.objects.in_bulk([_row_of(node) for part in nodes for node in part])
    return [[_hash_of(node, leaves) for node in part] for part in nodes]


def _hash_of(node: Node, leaves: Mapping[int, TreeLeaf]) -> bytes:
    level, _index = node
    row = _row_of(node)
    try:
        return bytes.fromhex(leaves[row].hashes[level])
    except (KeyError, IndexError, ValueError) as error:
        raise NotInTree(row) from error


def _row_of(node: Node) -> int:
    """The number of the entry that a node ends with."""
    level, index = node
    return (index + 1) << level
