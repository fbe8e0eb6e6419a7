"""Asks ClamAV's daemon whether a file is infected: its INSTREAM command over a socket (clamd(8)).

A client of our own: the one kept library is under the GPL, and takes a connection that ends early for a
failure of its own instead of reading what the daemon said.
"""

import re
import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings

TIMEOUT_S: Final = 60
_CHUNK: Final = 64 * 1024
_MAX_REPLY: Final = 4096
_ADDRESS: Final = re.compile(
    r"unix:(?P<path>/.+)|tcp:(?:\[(?P<six>[0-9a-fA-F:]+)\]|(?P<host>[^:\[\]/]+)):(?P<port>[0-9]{1,5})"
)
_REPLY: Final = re.compile(r"stream: (?:(?P<clean>OK)|(?P<found>.+) FOUND)")


class ScanFailed(Exception):
    """The scanner could not be reached, or did not say whether the file is clean; the message is for the log."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner said; ``found`` is its name for the malware, empty where the file is clean."""

    found: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.found


@dataclass(frozen=True)
class Address:
    """Where the daemon listens: a socket's path, or a host and a port."""

    path: str = ""
    host: str = ""
    port: int = 0

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read ``unix:/run/clamav/clamd.ctl``, ``tcp:host:3310`` or ``tcp:[::1]:3310``.

        Raises:
            ValueError: it is something else.
        """
        match = _ADDRESS.fullmatch(text)
        if match is None or int(match["port"] or 1) not in range(1, 65536):
            raise ValueError(text)
        return cls(path=match["path"] or "", host=match["six"] or match["host"] or "", port=int(match["port"] or 0))


def is_scanner_set() -> bool:
    return bool(settings.CLAMD)


def scan(chunks: Iterable[bytes]) -> Verdict:
    """Have the configured scanner look at a file.

    Raises:
        ScanFailed: no answer, or none that says whether the file is clean. Never taken for "clean".
    """
    try:
        with _connect(Address.parse(settings.CLAMD)) as connection:
            return _verdict(_ask(connection, chunks))
    except (OSError, ValueError) as error:
        raise ScanFailed(f"{type(error).__name__}: {error}") from error


def _connect(address: Address) -> socket.socket:
    if not address.path:
        return socket.create_connection((address.host, address.port), timeout=TIMEOUT_S)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(TIMEOUT_S)
    try:
        connection.connect(address.path)
    except OSError:
        connection.close()
        raise
    return connection


def _ask(connection: socket.socket, chunks: Iterable[bytes]) -> str:
    try:
        connection.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            for start in range(0, len(chunk), _CHUNK):
                part = chunk[start : start + _CHUNK]
                connection.sendall(struct.pack("!L", len(part)) + part)
        connection.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # the daemon had enough, as of a file above its limit; what it said of that is still to be read
    reply = b""
    while b"\0" not in reply and len(reply) < _MAX_REPLY and (more := connection.recv(_MAX_REPLY)):
        reply += more
    # Without its end the answer may have been cut off, so what there is of it counts for nothing.
    return reply.rpartition(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(reply: str) -> Verdict:
    match = _REPLY.fullmatch(reply)
    if match is None:
        raise ScanFailed(f"it answered {reply[:200]!r}")
    return Verdict(found=match["found"] or "")
