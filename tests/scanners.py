"""Virus scanners for tests: a peer that speaks clamd's protocol, and the real daemon where it is installed."""

import shutil
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file that every scanner reports (eicar.org), in two halves so that no scanner reports this one."""

FOUND = "Eicar-Test-Signature"


class _Handler(socketserver.BaseRequestHandler):
    """INSTREAM as clamd(8) has it: a command, chunks with their lengths, a zero, one answer."""

    server: "_Server"

    def handle(self) -> None:
        if self._exactly(10) != b"zINSTREAM\0":
            self.request.sendall(b"UNKNOWN COMMAND\0")
            return
        data = b""
        while length := struct.unpack("!L", self._exactly(4))[0]:
            data += self._exactly(length)
            if len(data) > self.server.limit:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(data)
        found = f"stream: {FOUND} FOUND\0" if EICAR in data else "stream: OK\0"
        self.request.sendall((self.server.answer or found).encode())

    def _exactly(self, length: int) -> bytes:
        data = b""
        while len(data) < length and (more := self.request.recv(length - len(data))):
            data += more
        return data


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    answer = ""
    limit = 1 << 30

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[bytes] = []

    @property
    def address(self) -> str:
        return f"tcp:127.0.0.1:{self.server_address[1]}"


@contextmanager
def loopback_scanner(*, answer: str = "", limit: int = 1 << 30) -> Iterator[_Server]:
    """A scanner on loopback; ``answer`` instead of the honest one."""
    with _Server() as server:
        server.answer, server.limit = answer, limit
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def clamd() -> str | None:
    return shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


@contextmanager
def real_scanner(folder: Path) -> Iterator[str]:
    """ClamAV's own daemon with one signature, the test file's; its address."""
    path, (database, config) = folder / "clamd.ctl", (folder / "database", folder / "clamd.conf")
    database.mkdir()
    (database / "test.ndb").write_text(f"{FOUND}:0:*:{EICAR.hex()}\n")
    config.write_text(
        f"LocalSocket {path}\nDatabaseDirectory {database}\nForeground yes\nTemporaryDirectory {folder}\n"
        f"LogFile {folder / 'clamd.log'}\nStreamMaxLength 1M\n"
    )
    process = subprocess.Popen(
        [str(clamd()), f"--config-file={config}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _attempt in range(300):
            if process.poll() is not None:
                raise RuntimeError((folder / "clamd.log").read_text())
            with socket.socket(socket.AF_UNIX) as probe:
                if path.exists() and probe.connect_ex(str(path)) == 0:
                    break
            time.sleep(0.1)
        yield f"unix:{path}"
    finally:
        process.terminate()
        process.wait()
