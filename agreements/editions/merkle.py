"""The Merkle tree of RFC 6962, section 2.1 (RFC 9162 keeps its shape): hashes, and what its proofs are made of. Pure.

Leaves are counted from 0. A node ``(level, index)`` covers the ``2**level`` leaves from ``index * 2**level`` on; only
whole nodes exist, so that no hash ever changes once it is there.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

Node = tuple[int, int]
Range = tuple[int, int]
"""From a leaf to before another."""

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(edge: list[bytes], index: int, leaf: bytes) -> list[bytes]:
    """Add a leaf to the right edge of a tree of ``index`` leaves, in place.

    Args:
        edge: the hashes of ``whole_nodes(0, index)``; afterwards those of ``whole_nodes(0, index + 1)``.

    Returns:
        The hashes of the nodes that end with the leaf, by level; its own comes first.
    """
    hashes = [leaf]
    while index & 1:
        hashes.append(node_hash(edge.pop(), hashes[-1]))
        index >>= 1
    edge.append(hashes[-1])
    return hashes


def whole_nodes(begin: int, end: int) -> list[Node]:
    """The largest whole nodes that together cover a range, from left to right.

    The range must be one that a subtree covers, as in ``inclusion_ranges``: its begin is then a multiple of
    every power of two that fits in.
    """
    nodes = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        nodes.append((level, begin >> level))
        begin += 1 << level
    return nodes


def hash_of_range(hashes: Sequence[bytes]) -> bytes:
    """The hash of a range, from those of its whole nodes; of an empty one as the RFC has it."""
    if not hashes:
        return EMPTY_ROOT
    whole = hashes[-1]
    for left in reversed(hashes[:-1]):
        whole = node_hash(left, whole)
    return whole


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """What the hashes of an inclusion proof cover, from the leaf up (RFC 6962, 2.1.1).

    Raises:
        ValueError: there is no such leaf in a tree of this size.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    ranges, begin, end = [], 0, size
    while end - begin > 1:
        middle = begin + _left_leaves(end - begin)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """What the hashes of a consistency proof cover, in its order (RFC 6962, 2.1.2); none where the sizes are equal.

    Raises:
        ValueError: the old tree is empty or larger than the new one.
    """
    if not 0 < old <= new:
        raise ValueError(f"a tree of {new} can't be shown to continue one of {old}")
    ranges, begin, end = [], 0, new
    while old != end:
        middle = begin + _left_leaves(end - begin)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    # The old root is known to who checks: it is left out where the old tree is itself a whole left subtree.
    return ([(begin, end)] if begin else []) + ranges[::-1]


def _left_leaves(leaves: int) -> int:
    """The leaves of the left subtree: the largest power of two below this number."""
    power: int = 1 << (leaves - 1).bit_length() - 1
    return power
