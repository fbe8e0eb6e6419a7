"""What shows that an entry is in the log, and that a later log continues an earlier one."""

import rfc8785
from pydantic import BaseModel, ConfigDict, Field

from agreements.editions.entries import entry_bytes
from agreements.editions.models import LogEntry
from agreements.editions.tree import consistency_path, inclusion_path
from agreements.editions.tree_models import Checkpoint


class InclusionProof(BaseModel):
    """That an entry is in the log of which the checkpoint was signed (RFC 9162, section 2.1.3)."""

    model_config = ConfigDict(frozen=True)

    entry: str = Field(
        description="The log entry as canonical JSON (RFC 8785): exactly the bytes, in UTF-8, that its hash and its "
        "leaf are computed from."
    )
    index: int = Field(description="The entry's place in the log, counted from 0.")
    path: tuple[str, ...] = Field(description="SHA-256 hashes, hexadecimal, from the leaf up to the root.")
    checkpoint: str = Field(description="A signed checkpoint (c2sp.org/tlog-checkpoint).")

    def canonical(self) -> bytes:
        """The proof as it lies inside a PDF: canonical JSON."""
        return rfc8785.dumps(self.model_dump(mode="json"))


class ConsistencyProof(BaseModel):
    """That the log of a newer checkpoint holds that of an older one unchanged (RFC 9162, section 2.1.4)."""

    model_config = ConfigDict(frozen=True)

    older: str = Field(description="The older checkpoint.")
    newer: str = Field(description="The newer checkpoint.")
    path: tuple[str, ...] = Field(description="SHA-256 hashes, hexadecimal, in the order of the RFC.")


def inclusion_proof(entry: LogEntry, *, checkpoint: Checkpoint) -> InclusionProof:
    """The proof of an entry under a checkpoint.

    Raises:
        NotInTree: the checkpoint does not reach to the entry.
    """
    path = inclusion_path(entry.sequence, size=checkpoint.size)
    return InclusionProof(
        entry=entry_bytes(entry).decode(),
        index=entry.sequence - 1,
        path=tuple(step.hex() for step in path),
        checkpoint=checkpoint.text,
    )


def consistency_proof(older: Checkpoint, newer: Checkpoint) -> ConsistencyProof:
    """The proof that one checkpoint continues another.

    Raises:
        NotInTree: ``older`` has more entries than ``newer``.
    """
    path = consistency_path(older.size, newer.size)
    return ConsistencyProof(older=older.text, newer=newer.text, path=tuple(step.hex() for step in path))
