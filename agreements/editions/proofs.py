"""What shows that an entry is in the log, and that a later log continues an earlier one."""

import rfc8785
from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field

from agreements.editions.entries import entry_bytes
from agreements.editions.models import LogEntry
from agreements.editions.tree import consistency_path, inclusion_path
from agreements.editions.tree_models import Checkpoint

_HASHES = _("SHA-256 hashes, hexadecimal.")


class InclusionProof(BaseModel):
    """That an entry is in the log of which the checkpoint was signed (RFC 9162, section 2.1.3)."""

    model_config = ConfigDict(frozen=True)

    entry: str = Field(description=_("The entry as canonical JSON: exactly what its hash and its leaf are made of."))
    index: int = Field(description=_("The entry’s place in the log, from 0."))
    path: tuple[str, ...] = Field(description=_HASHES)
    checkpoint: str = Field(description=_("The signed text of the checkpoint."))

    def canonical(self) -> bytes:
        """The proof as it lies inside a PDF: canonical JSON."""
        return rfc8785.dumps(self.model_dump(mode="json"))


class ConsistencyProof(BaseModel):
    """That the log of a newer checkpoint holds that of an older one unchanged (RFC 9162, section 2.1.4)."""

    model_config = ConfigDict(frozen=True)

    older: str = Field(description=_("The signed text of the older checkpoint."))
    newer: str = Field(description=_("The signed text of the newer checkpoint."))
    path: tuple[str, ...] = Field(description=_HASHES)


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
