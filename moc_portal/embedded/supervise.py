"""Keeps the portal's processes running, and ends them all together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from moc_portal.embedded.postgres import die_with_parent

_GRACE_S: Final = 10
_RESTARTS: Final = 5
_WITHIN_S: Final = 60


@dataclass
class Child:
    """One supervised process: how it is started, and when it was restarted."""

    name: str
    start: Callable[[], "subprocess.Popen[bytes]"]
    process: "subprocess.Popen[bytes]"
    restarted: list[float] = field(default_factory=list)


def spawn(command: list[str], *, env: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start a process that gets SIGTERM when this one ends, in a process group of its own."""
    return subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509  # no threads here
    )


def supervise(children: list[Child]) -> int:
    """Wait for Ctrl-C or SIGTERM, restarting what dies meanwhile; then end all, last started first.

    A process that died five times within a minute will not get better: everything ends.

    Returns:
        The exit code: 0 after a wanted end, 1 after an unwanted one.
    """
    stopping = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    code = 0
    while not stopping and code == 0:
        time.sleep(0.2)
        code = sum(_revive(child) for child in children if child.process.poll() is not None and not stopping)
    print("\nStopping …", flush=True)
    for child in reversed(children):
        _end(child)
    return 1 if code else 0


def _revive(child: Child) -> int:
    now = time.monotonic()
    child.restarted = [moment for moment in child.restarted if now - moment < _WITHIN_S]
    _end_group(child, signal.SIGKILL)  # what a killed server left behind would keep its port
    if len(child.restarted) >= _RESTARTS:
        print(f"The {child.name} keeps ending (last exit code {child.process.returncode}).", file=sys.stderr)
        return 1
    print(f"The {child.name} ended (exit code {child.process.returncode}); starting it again.", flush=True)
    child.restarted.append(now)
    child.process = child.start()
    return 0


def _end(child: Child) -> None:
    first = signal.SIGINT if child.name == "database" else signal.SIGTERM
    if child.process.poll() is None:
        child.process.send_signal(first)
        try:
            child.process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            print(f"The {child.name} did not end within {_GRACE_S} s and is killed.", file=sys.stderr)
            child.process.kill()
            child.process.wait()
    _end_group(child, signal.SIGKILL)


def _end_group(child: Child, signal_number: int) -> None:
    if child.name == "database":
        return  # its own processes end with it, and must not be killed while it shuts down
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal_number)
