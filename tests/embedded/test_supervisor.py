"""A portal as `make run` serves it, whose processes are killed one after the other."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from tests import wait

pytestmark = pytest.mark.xdist_group("supervised_portal")  # it is started once

wait_until = partial(wait.wait_until, patience_s=180)


def processes(marker: str) -> dict[int, str]:
    """The running processes whose environment or arguments name the marker, with their arguments."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if marker in arguments or marker.encode() in (entry / "environ").read_bytes():
                found[int(entry.name)] = arguments
        except OSError:
            continue
    return found


class RunningPortal:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.said = folder.with_name("said.txt")
        self.start()

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}
        environment |= {"MOC_DATA_DIR": str(self.folder), "PORT": str(self.port), "HOST": "127.0.0.1"}
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "moc_portal.embedded", "serve"],
                cwd=settings.BASE_DIR, env=environment, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip
        wait_until(lambda: self.process.poll() is not None or "Ctrl-C ends" in self.said.read_text(), "it starts")
        assert self.process.poll() is None, self.said.read_text()

    def has_the_agreement(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ckb/agreements/MOC-0001/", timeout=5) as answer:
                return answer.status == 200 and b"MOC-0001" in answer.read()
        except (OSError, urllib.error.HTTPError):
            return False

    def pid(self, name: str) -> int:
        """The newest process of that name."""
        return max(pid for pid, arguments in processes(str(self.folder)).items() if name in arguments)

    def kill(self, name: str) -> None:
        """Kill it as the system would when memory is short, and wait until another one runs."""
        killed = self.pid(name)
        os.kill(killed, signal.SIGKILL)
        wait_until(
            lambda: any(pid != killed and name in line for pid, line in processes(str(self.folder)).items()),
            f"another {name} starts",
        )


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    above = tmp_path_factory.mktemp("served")
    if os.geteuid() == 0:
        for parent in (above, *above.parents[:2]):
            parent.chmod(0o711)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    portal = RunningPortal(above / "var", port)
    yield portal
    portal.process.terminate()
    portal.process.wait(30)


@pytest.mark.parametrize("name", ["granian", "run_worker", "/postgres -D"])
def test_what_is_killed_is_started_again_and_the_page_is_back(portal: RunningPortal, name: str) -> None:
    portal.kill(name)

    wait_until(portal.has_the_agreement, f"the page is back after {name} was killed")


def test_after_the_whole_is_killed_nothing_is_left_running_and_the_next_start_is_clean(portal: RunningPortal) -> None:
    portal.process.send_signal(signal.SIGKILL)
    portal.process.wait()
    wait_until(lambda: not processes(str(portal.folder)), "everything ends with it")

    portal.start()

    assert portal.has_the_agreement()
    assert "already: nothing to do" in portal.said.read_text()
    assert "Traceback" not in portal.said.read_text()
    assert not re.search("password [^ ]", portal.said.read_text()), "passwords are shown once"


def test_ctrl_c_ends_every_process(portal: RunningPortal) -> None:
    portal.process.send_signal(signal.SIGINT)

    assert portal.process.wait(30) == 0
    wait_until(lambda: not processes(str(portal.folder)), "everything ends")


def test_readers_are_told_when_the_database_does_not_answer(portal: RunningPortal) -> None:
    asked = """
import django; django.setup()
from django.test import Client
answer = Client(raise_request_exception=False).get("/ar/agreements/", SERVER_NAME="localhost")
print(answer.status_code, answer["Retry-After"], answer.content.decode())
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
        env=os.environ | {
            "DJANGO_SETTINGS_MODULE": "moc_portal.settings", "MOC_DEVELOPMENT": "1", "SECRET_KEY": "for this test only",
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "ALLOWED_HOSTS": "localhost",
            "PUBLIC_ORIGIN": "http://localhost:8000", "MOC_DATA_DIR": str(portal.folder),
        },
    )  # fmt: skip

    assert done.stdout.startswith("503 60 ")
    assert 'dir="rtl"' in done.stdout
