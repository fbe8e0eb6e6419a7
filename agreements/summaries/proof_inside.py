"""Checks the proof inside a file that its edition is in the log."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from agreements.editions.checkpoint_key import verifier_keys
from agreements.editions.errors import EditionsError
from agreements.editions.merkle import inclusion_ranges, leaf_hash, node_hash
from agreements.editions.notes import open_checkpoint
from agreements.editions.proofs import InclusionProof


@dataclass(frozen=True)
class Proof:
    """What the proof inside a file says of its edition's place in the log, checked with the log's public keys."""

    holds: bool
    entries: int = 0
    signed_at: datetime | None = None


def check_proof(text: str, *, content_hash: str) -> Proof | None:
    """Whether a proof is of an entry with this content and leads to a checkpoint that the log signed.

    ``None`` where there is no proof to check, or no key to check it with.
    """
    if not text:
        return None
    try:
        proof = InclusionProof.model_validate_json(text)
        keys = verifier_keys()
        if not keys:
            return None
        opened = open_checkpoint(proof.checkpoint, keys)
        entry: Any = json.loads(proof.entry)
        root = _root(proof, size=opened.size)
    except (ValidationError, EditionsError, ValueError, RecursionError):
        return Proof(holds=False)
    is_entry = isinstance(entry, dict) and entry.get("content_sha256") == content_hash
    return Proof(holds=is_entry and root == opened.root, entries=opened.size, signed_at=opened.at)


def _root(proof: InclusionProof, *, size: int) -> bytes:
    """The root that the proof's path leads to (RFC 9162, section 2.1.3.2).

    Raises:
        ValueError: the path is not as long as the tree asks for.
    """
    ranges = inclusion_ranges(proof.index, size)
    if len(ranges) != len(proof.path):
        raise ValueError("a path of another length")
    whole = leaf_hash(proof.entry.encode())
    for (begin, _end), step in zip(ranges, proof.path, strict=True):
        sibling = bytes.fromhex(step)
        if len(sibling) != hashlib.sha256().digest_size:
            raise ValueError("no hash")
        whole = node_hash(whole, sibling) if begin > proof.index else node_hash(sibling, whole)
    return whole
