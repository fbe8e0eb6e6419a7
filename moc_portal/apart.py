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
from pathlib import Path
from typing import Final

MEBIBYTE: Final = 1024 * 1024
MEMORY: Final = 1024 * MEBIBYTE
SECONDS: Final = 5
"""Of computing time. The largest file that is looked at, if honest, takes well under one."""

_SLOTS: Final = threading.BoundedSemaphore(2)
_HOME: Final = Path(__file__).resolve().parents[1]


class Unreadable(Exception):
    """The file can't be read, or not within the limits; the message is the cause, for the log."""


def bound_this_process() -> None:
    """Let the system end this process where it takes more memory or computing time than an honest file needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def run_apart(module: str, data: bytes, arguments: Sequence[str] = ()) -> bytes:
    """What a module prints when it is run as a program on these bytes, without settings, secrets or database.

    At most two run at once for a server process; others wait their turn.

    Raises:
        Unreadable: it failed, or took more than the bounds allow.
    """
    command = [sys.executable, "-m", module, *arguments]
    with _SLOTS:
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, cwd=_HOME, env={}, timeout=4 * SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable("took too long") from error
    if done.returncode < 0:
        raise Unreadable(signal.Signals(-done.returncode).name)
    if done.returncode > 0:
        # The name only: the message of an exception may quote the file, which is nothing for a log.
        raise Unreadable(done.stderr.decode("ascii", "replace").rstrip().rpartition("\n")[2].partition(":")[0])
    return done.stdout
