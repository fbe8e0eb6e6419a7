"""Times the portal as a newcomer and its staff meet it: `python3 benchmarks/portal.py`.

Clones this checkout into a folder of its own, runs `make run` there twice, publishes agreements in
that copy and lets two workers seal their summaries. Nothing outside the folder is touched; package
caches are used where the machine has some, which is said of the figures.
"""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = "/en/agreements/MOC-0001/"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        began = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(checkout)], check=True)
        with running(checkout, began) as (took, _):
            print(f"| bare checkout to first page | {took:.0f} s |", flush=True)
        with running(checkout, time.monotonic()) as (took, origin):
            print(f"| second start to first page | {took:.1f} s |", flush=True)
            measure = [".venv/bin/python", "-m", "moc_portal.embedded", "manage", "shell", "-v0", "-c"]
            subprocess.run(
                [*measure, "import benchmarks.publishing"],
                cwd=checkout, check=True, env=os.environ | {"BENCHMARK_ORIGIN": origin},
            )  # fmt: skip


@contextmanager
def running(checkout: Path, began: float) -> Iterator[tuple[float, str]]:
    """`make run`; gives the seconds until the agreement's page was there, and the portal's address."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    log = (checkout / "benchmark.log").open("w")
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=checkout, stdout=log, stderr=log, start_new_session=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("MOC_")},
    )  # fmt: skip
    try:
        while not is_there(origin + PAGE):
            if process.poll() is not None:
                raise SystemExit(f"`make run` ended:\n{(checkout / 'benchmark.log').read_text()}")
            time.sleep(0.05)
        yield time.monotonic() - began, origin
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait()


def is_there(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
