"""Opens a file of the machine's own for an import: by its name, with the hash of its bytes."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from agreements.intake.contents.incoming import FileFacts


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, FileFacts]]:
    """The file at its beginning, and what is to be noted of it.

    Raises:
        OSError: it is not there, or may not be read.
    """
    with path.open("rb") as file:
        facts = facts_of(file, path.name)
        yield file, facts


def facts_of(file: BinaryIO, name: str) -> FileFacts:
    """Name and hash of a file, which is at its beginning afterwards."""
    file.seek(0)
    digest = hashlib.file_digest(cast(Any, file), "sha256").hexdigest()  # as its stubs would have it
    file.seek(0)
    return FileFacts(name, digest)
