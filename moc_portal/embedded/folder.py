"""The data folder: checked, locked, and holding the secrets of a development portal."""

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self


class FolderError(Exception):
    """The data folder can't be used; the message is one line for a person."""


@dataclass(frozen=True)
class Secrets:
    """Random, made on first run, readable by the portal's account only."""

    postgres: str
    owner: str
    portal: str
    secret_key: str

    @classmethod
    def of(cls, folder: Path) -> Self:
        """The folder's secrets, made where there are none."""
        path = folder / "secrets.json"
        if path.exists():
            return cls(**json.loads(path.read_text()))
        made = cls(*(secrets.token_urlsafe(48) for _ in range(4)))
        new = path.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(json.dumps(asdict(made)))
        new.rename(path)
        return made


def open_folder(folder: Path) -> int:
    """Make the folder where needed and lock it for this process; the lock ends with the process.

    Returns:
        The file descriptor that holds the lock.

    Raises:
        FolderError: it can't be written, or another portal runs on it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise FolderError(
            f"The data folder {folder} can't be written ({error.strerror}): "
            "make it writable, or name another one in MOC_DATA_DIR."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(lock, 20).decode() or "unknown"
        raise FolderError(
            f"A portal already runs on {folder} (process {holder}): stop it first, or name another MOC_DATA_DIR."
        ) from error
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock
