"""A real portal for tests: granian on a migrated database of its own with the first agreement."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.databases import copied_database, database_url, run_sql

_START_TIMEOUT_S = 60


@dataclass(frozen=True)
class Portal:
    """Where a served portal answers, the database it serves (as its owner), its environment, and the staff's
    passwords by their names."""

    url: str
    database_url: str
    environment: dict[str, str]
    passwords: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command against the portal's database; what it printed."""
        return manage(*arguments, environment=self.environment | {"DATABASE_URL": self.database_url})


def manage(*arguments: str, environment: dict[str, str]) -> str:
    """Run a management command in a process of its own; what it printed.

    Raises:
        AssertionError: it failed, with all that it said.
    """
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def served_portal(folder: Path) -> Iterator[Portal]:
    """Serve the first agreement as `make run` does: as a role that does not own the tables."""
    with copied_database() as database:
        role = f"serve_{database}"
        run_sql("CREATE ROLE {} LOGIN PASSWORD %s", role, values=("serve",))
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        owner = database_url(name=database)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "moc_portal.settings",
            "MOC_DEVELOPMENT": "1",
            "MOC_DATA_DIR": str(folder),
            "PUBLIC_ORIGIN": url,
            "DATABASE_URL": database_url(user=role, password="serve", name=database),
        }
        portal = Portal(url, owner, environment, {})
        try:
            portal.manage("grant_runtime_role", role)
            portal.manage("collectstatic", "--no-input", "--verbosity=0")
            manage("load_first_agreement", environment=environment)
            said = manage("make_accounts", environment=environment)
            portal.passwords.update(re.findall(r"account (\S+) +password (\S+)", said))
            with _granian(port, environment=environment, log=folder / "granian.log"):
                yield portal
        finally:
            run_sql("DROP OWNED BY {}", role, url=owner)
    run_sql("DROP ROLE {}", role)


@contextmanager
def _granian(port: int, *, environment: dict[str, str], log: Path) -> Iterator[None]:
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        "moc_portal.wsgi:application",
    ]  # fmt: skip
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=written, stderr=written, start_new_session=True
        )
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/health/ready", process, log)
            yield
        finally:
            process.terminate()
            process.wait(20)
            if _group_lives(process.pid):
                os.killpg(process.pid, signal.SIGKILL)


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the portal does not serve:\n{log.read_text()}")


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
