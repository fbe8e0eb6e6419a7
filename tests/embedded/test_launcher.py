"""The embedded PostgreSQL and the data folder, with real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from moc_portal.embedded.folder import FolderError, Secrets, open_folder
from moc_portal.embedded.postgres import running_server, start_server

PARENT = """
import sys, time
from pathlib import Path
from moc_portal.embedded.postgres import start_server
print(start_server(Path(sys.argv[1]), password="secret", durable=False).port, flush=True)
time.sleep(60)
"""


def ask(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if os.geteuid() == 0:
        for parent in (tmp_path, *tmp_path.parents[:3]):
            parent.chmod(0o711)
    return tmp_path / "postgres"


class TestStartServer:
    def test_keeps_what_was_committed_when_the_server_is_killed(self, folder: Path) -> None:
        first = start_server(folder, password="secret")
        ask(first.url(), "CREATE TABLE kept ()")
        first.child.kill()
        first.child.wait()

        second = start_server(folder, password="secret")

        ask(second.url(), "SELECT FROM kept")
        second.stop()

    def test_the_server_ends_with_its_parent_however_that_ends(self, folder: Path) -> None:
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(folder)], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
        )
        assert parent.stdout is not None
        parent.stdout.readline()
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        parent.stdout.close()

        deadline = time.monotonic() + 20
        while running_server(folder, password="secret") and time.monotonic() < deadline:
            time.sleep(0.1)

        assert running_server(folder, password="secret") is None


class TestOpenFolder:
    def test_a_second_portal_is_told_who_holds_it(self, tmp_path: Path) -> None:
        lock = open_folder(tmp_path)

        with pytest.raises(FolderError, match=f"process {os.getpid()}"):
            open_folder(tmp_path)
        os.close(lock)

    def test_a_stale_lock_file_is_no_obstacle(self, tmp_path: Path) -> None:
        (tmp_path / "lock").write_text("99999")

        lock = open_folder(tmp_path)

        assert (tmp_path / "lock").read_text().strip() == str(os.getpid())
        os.close(lock)

    def test_a_folder_that_cannot_be_made_is_explained(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()

        with pytest.raises(FolderError, match="MOC_DATA_DIR"):
            open_folder(tmp_path / "file" / "below")


def test_secrets_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    assert Secrets.of(tmp_path) == Secrets.of(tmp_path)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("port", "said"), [("none", "set it to a number"), ("taken", "choose another")])
def test_a_port_that_cannot_be_used_is_explained_in_one_line(tmp_path: Path, port: str, said: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1]) if port == "taken" else "eighty"
        done = subprocess.run(
            [sys.executable, "-m", "moc_portal.embedded", "serve"],
            cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
            env=os.environ | {"PORT": number, "HOST": "127.0.0.1", "MOC_DATA_DIR": str(tmp_path / "var")},
        )  # fmt: skip

    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
