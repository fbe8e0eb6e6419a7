"""Reads files that the portal did not make in a process of its own, with bounds on its memory and time.

A program to be run so is a module that calls ``bound_this_process`` first, reads the file from standard input and
prints what it saw. A file made to exhaust its reader ends that process and nothing else.
"""

import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class Bounds:
    """What a process may take: address space in bytes, seconds of computing, seconds on the clock from its start.

    ``wait_s`` is how long to wait for a turn; without one, until it comes: for staff, whose file must be read.
    """

    memory: int = 1024 * MEBIBYTE
    cpu_s: int = 5
    wall_s: float = 20
    wait_s: float | None = None


USUAL: Final = Bounds()
"""The largest document that is taken, if honest, takes well under one second of computing."""

_SLOTS: Final = threading.BoundedSemaphore(2)
_HOME: Final = Path(__file__).resolve().parents[1]
_COSTLY: Final = frozenset({"TooCostly", "MemoryError", "RecursionError", "PdfDecodeLimitError"})


class Unreadable(Exception):
    """The file can't be read; the message is the cause, for the log."""


class TooCostly(Unreadable):
    """The file can't be read within the bounds."""


class Busy(Exception):
    """Too many files are being read; trying again in a few seconds will do."""


def bound_this_process(bounds: Bounds = USUAL) -> None:
    """Let the system end this process where it takes more memory or computing time than an honest file needs."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.cpu_s, bounds.cpu_s))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The name only: the message of an exception may quote the file, which is nothing for a log.
    sys.excepthook = lambda kind, _error, _trace: print(kind.__name__, file=sys.stderr)


def run_apart(module: str, data: bytes, arguments: Sequence[str] = (), *, bounds: Bounds = USUAL) -> bytes:
    """What a module prints when it is run as a program on these bytes, without settings, secrets or database.

    At most two run at once for a server process; others wait their turn, as long as their bounds say.

    Raises:
        Unreadable: it failed.
        TooCostly: it took more than the bounds allow.
        Busy: no turn came in time, or others kept the machine from reading it in time; only where ``wait_s`` is given.
    """
    command = [sys.executable, "-m", module, *arguments]
    if not _SLOTS.acquire(timeout=bounds.wait_s):
        raise Busy
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, cwd=_HOME, env={}, timeout=bounds.wall_s, check=False
        )
    except subprocess.TimeoutExpired as error:
        # The clock ran out before the computing time did: the machine is busy, and the file may be an honest one.
        raise (TooCostly("took too long") if bounds.wait_s is None else Busy) from error
    finally:
        _SLOTS.release()
    if done.returncode < 0:
        raise TooCostly(signal.Signals(-done.returncode).name)
    if done.returncode > 0:
        name = done.stderr.decode("ascii", "replace").rstrip().rpartition("\n")[2]
        raise (TooCostly if name in _COSTLY else Unreadable)(name)
    return done.stdout
