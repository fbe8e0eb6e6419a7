"""How far a copy has come, in a small database beside it: so that a run that was stopped goes on where it was."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

UNFINISHED: Final = "unfinished.sqlite3"
"""Its name in the folder; it goes when the copy is whole."""

_TABLES: Final = """
    CREATE TABLE IF NOT EXISTS part (
        place INTEGER PRIMARY KEY, address TEXT UNIQUE NOT NULL, file TEXT UNIQUE NOT NULL COLLATE NOCASE,
        wanted TEXT NOT NULL, done TEXT NOT NULL DEFAULT '', sha256 TEXT NOT NULL DEFAULT '', size INTEGER
    );
    CREATE TABLE IF NOT EXISTS earlier (file TEXT PRIMARY KEY COLLATE NOCASE);
"""


@dataclass(frozen=True)
class Written:
    """A file of the copy: its name, the SHA-256 of its bytes, and how many they are."""

    file: str
    sha256: str
    size_bytes: int


class Progress:
    """What a copy of one state of the register, named ``state``, holds and what of it is written.

    Nothing here grows in memory. Pages are in it or not whenever the process ends; what was being written is
    written again.
    """

    def __init__(self, folder: Path, *, state: str) -> None:
        self._state = state
        self._path = folder / UNFINISHED
        self._known = sqlite3.connect(self._path, isolation_level=None)
        self._known.executescript(f"PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; {_TABLES}")
        self._known.execute("BEGIN")
        self._place = 0

    def keep(self) -> None:
        """Make sure that a run that is stopped from here on finds what is known now."""
        self._known.execute("COMMIT")
        self._known.execute("BEGIN")

    def remember_earlier(self, files: Iterable[str]) -> None:
        """Files of the copy that was there before: what nobody wants of them is removed in the end."""
        self._known.executemany("INSERT OR IGNORE INTO earlier VALUES (?)", ((file,) for file in files))

    def want(self, address: str, file: str) -> None:
        """Let the copy hold an address; what is wanted already stays as it is.

        Raises:
            sqlite3.IntegrityError: another address has a file of the same name.
        """
        self._known.execute(
            "INSERT INTO part (address, file, wanted) VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE SET "
            "wanted = excluded.wanted WHERE wanted <> excluded.wanted",
            (address, file, self._state),
        )

    def note(self, address: str, written: Written) -> None:
        """That the file of an address is there."""
        self.want(address, written.file)
        self._known.execute(
            "UPDATE part SET done = ?, sha256 = ?, size = ? WHERE address = ?",
            (self._state, written.sha256, written.size_bytes, address),
        )

    def next(self) -> str | None:
        """The first address that is wanted and not written; ``None`` where all are."""
        sql = "SELECT place, address FROM part WHERE place > ? AND wanted = ? AND done <> ? ORDER BY place LIMIT 1"
        row = self._known.execute(sql, (self._place, self._state, self._state)).fetchone()
        if row is None and self._place:  # what an earlier run knew may be wanted again behind us
            self._place = 0
            return self.next()
        self._place, address = row or (0, None)
        return address

    def counts(self) -> tuple[int, int]:
        """How many addresses are written, of how many that are known of so far."""
        sql = "SELECT count(*) FILTER (WHERE done = ?), count(*) FROM part WHERE wanted = ?"
        done, wanted = self._known.execute(sql, (self._state, self._state)).fetchone()
        return int(done), int(wanted)

    def files(self) -> Iterator[Written]:
        """What is written, in the order of names."""
        sql = "SELECT file, sha256, size FROM part WHERE done = ? ORDER BY file"
        return (Written(*row) for row in self._known.execute(sql, (self._state,)))

    def left_over(self) -> Iterator[str]:
        """Files of earlier copies, or of an earlier run, that this state does not hold."""
        sql = """SELECT file FROM part WHERE wanted <> ? UNION SELECT file FROM earlier
                 WHERE file NOT IN (SELECT file FROM part WHERE wanted = ?)"""
        return (row[0] for row in self._known.execute(sql, (self._state, self._state)))

    def close(self) -> None:
        self._known.execute("COMMIT")
        self._known.close()

    def end(self) -> None:
        """The copy is whole: nothing is left to go on with."""
        self.close()
        self._path.unlink()
