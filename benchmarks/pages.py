"""Times public pages beside nginx: `.venv/bin/python benchmarks/pages.py`, with nginx and wrk of Debian installed.

Starts a PostgreSQL of its own with the first agreement published, two portals of one granian worker each, and an
nginx worker that serves the bytes of the same page as a file. All is gone afterwards. Rounds take turns, so that other
work on the machine meets both alike. Where there is much of it, compare the processor's time for a request: a server
of several threads gets more of a busy machine than one of a single thread.
"""

import gzip
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.portal import free_port  # noqa: E402
from moc_portal.embedded.postgres import throwaway_server  # noqa: E402

PAGE: Final = "/en/agreements/MOC-0001/"
ROUNDS: Final = 5
SECONDS: Final = 4
CONNECTIONS: Final = 16
THREADS: Final = 4  # as `make run` has it on two cores
PUBLICATIONS: Final = 8
MADE: Final = 40

NGINX: Final = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; user root;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;
  default_type "text/html; charset=utf-8"; gzip_static on; etag on;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


@dataclass(frozen=True)
class Load:
    """Requests a second, the time within which 99 of 100 were answered, and the server's processor time for one."""

    rate: float
    p99_ms: float
    work_us: float

    def __str__(self) -> str:
        return f"{self.rate:,.0f} ({self.p99_ms:.1f} ms; {self.work_us:.0f} µs)"


@dataclass(frozen=True)
class Server:
    """Where a server answers, and its first process."""

    origin: str
    process_id: int

    @property
    def work_s(self) -> float:
        """The processor time that it and its children have taken."""
        proc = Path("/proc")
        children = (proc / f"{self.process_id}/task/{self.process_id}/children").read_text().split()
        ticks = 0
        for one in (self.process_id, *children):
            fields = (proc / str(one) / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    if missing := [name for name in ("nginx", "wrk") if shutil.which(name) is None]:
        raise SystemExit(f"{' and '.join(missing)} missing: apt-get install nginx wrk")
    with ExitStack() as stack:
        server = stack.enter_context(throwaway_server())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = free_port()
        os.environ |= {
            "DATABASE_URL": server.url(),
            "DJANGO_SETTINGS_MODULE": "moc_portal.settings",
            "MOC_DEVELOPMENT": "1",
            "MOC_DATA_DIR": str(folder / "data"),
            "SECRET_KEY": "only for figures that nobody sees",
            "PUBLIC_ORIGIN": f"http://127.0.0.1:{port}",
        }
        for command in (["migrate", "-v0"], ["collectstatic", "-v0", "--no-input"], ["load_first_agreement"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        first = stack.enter_context(portal(port, threads=THREADS))
        second = stack.enter_context(portal(free_port(), threads=THREADS))
        body = fetch(first.origin).body
        file = stack.enter_context(nginx(folder, body))
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; a page of {len(body):,} bytes\n")
        compare(first, file)
        with portal(free_port(), threads=1) as single:
            compare(single, file, only=("gzip",), note=", one thread")
        making()
        becoming_visible([first, second])


def compare(store: Server, file: Server, *, only: tuple[str, ...] = (), note: str = "") -> None:
    """Prints each server's best round; they took turns, and the ratio is also that of the rounds in the middle."""
    print("| what | nginx: requests a second (p99; work for one) | the store | ratio of best, median |")
    print("| --- | --- | --- | --- |")
    for what in only or ("gzip", "identity", "304"):
        rounds = [(load(file, what), load(store, what)) for _ in range(ROUNDS)]
        theirs, mine = (max((one[side] for one in rounds), key=lambda found: found.rate) for side in (0, 1))
        middle = statistics.median(mine.rate / theirs.rate for theirs, mine in rounds)
        print(f"| {what}{note} | {theirs} | {mine} | {mine.rate / theirs.rate:.2f}, {middle:.2f} |", flush=True)
    print()


def load(server: Server, what: str) -> Load:
    headers = [] if what == "identity" else ["-H", "Accept-Encoding: gzip"]
    if what == "304":
        headers += ["-H", f"If-None-Match: {fetch(server.origin, {'Accept-Encoding': 'gzip'}).tag}"]
    began = server.work_s
    said = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *headers, server.origin + PAGE],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    worked = server.work_s - began
    assert what == "304" or "Non-2xx" not in said, said
    found = re.search(r"99%\s+([\d.]+)(us|ms|s).*?(\d+) requests in.*Requests/sec:\s+([\d.]+)", said, re.DOTALL)
    assert found, said
    p99_ms = float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]
    return Load(float(found[4]), p99_ms, worked / int(found[3]) * 1e6)


def making() -> None:
    """Prints how long Django takes for the page itself, with the processor's time, which other work disturbs less."""
    import django  # noqa: PLC0415  # the settings have their environment now

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from moc_portal.collector import collect_seldom  # noqa: PLC0415

    client = Client(headers={"host": "127.0.0.1"})
    client.get(PAGE)
    collect_seldom()
    print("| making the page once | median | best | processor, median |\n| --- | --- | --- | --- |")
    for language in ("en", "ar", "ckb"):
        took, worked = [], []
        for _ in range(MADE):
            began, began_work = time.perf_counter(), time.thread_time()
            assert client.get(f"/{language}{PAGE[3:]}").status_code == 200
            worked.append((time.thread_time() - began_work) * 1000)
            took.append((time.perf_counter() - began) * 1000)
        figures = (statistics.median(took), min(took), statistics.median(worked))
        print(f"| {language} |" + "".join(f" {one:.1f} ms |" for one in figures), flush=True)
    print()


def becoming_visible(servers: list[Server]) -> None:
    """Prints how long each process takes to show a publication and a withdrawal, the first one under load."""
    from agreements.editions.log import append_edition, append_withdrawal  # noqa: PLC0415
    from agreements.editions.queries import current_edition  # noqa: PLC0415
    from agreements.vocabulary.languages import LocalisedText  # noqa: PLC0415

    origins = [one.origin for one in servers]
    took: dict[str, list[float]] = {origin: [] for origin in origins}
    content = current_edition("MOC-0001").content
    for number in range(PUBLICATIONS):
        busy = Thread(target=load, args=(servers[0], "gzip"))
        busy.start()
        time.sleep(0.5)
        mark = f"Written for the {number}th time."
        changed = content.model_copy(update={"summary": LocalisedText(en=mark)})
        append_edition(changed, by="benchmark", at=datetime.now(UTC), note=LocalisedText())
        wait_in_each(origins, mark.encode(), took)
        busy.join()
    reason = LocalisedText(en="Measured enough.")
    append_withdrawal("MOC-0001", by="benchmark", at=datetime.now(UTC), note=reason)
    wait_in_each(origins, b"Measured enough.", took)
    print("| publication or withdrawal to page visible | median | slowest |\n| --- | --- | --- |")
    for number, found in enumerate(took.values(), start=1):
        print(f"| process {number} | {statistics.median(found) * 1000:.0f} ms | {max(found) * 1000:.0f} ms |")


def wait_in_each(origins: list[str], mark: bytes, took: dict[str, list[float]]) -> None:
    """Notes for each process the seconds from now until its page shows the mark."""
    began = time.monotonic()

    def wait(origin: str) -> None:
        while mark not in fetch(origin).body:
            time.sleep(0.002)
        took[origin].append(time.monotonic() - began)

    waiting = [Thread(target=wait, args=(origin,)) for origin in origins]
    for one in waiting:
        one.start()
    for one in waiting:
        one.join()


@dataclass(frozen=True)
class Fetched:
    body: bytes
    tag: str


def fetch(origin: str, headers: dict[str, str] | None = None) -> Fetched:
    connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=30)
    connection.request("GET", PAGE, headers=headers or {})
    answer = connection.getresponse()
    fetched = Fetched(answer.read(), answer.getheader("ETag", ""))
    connection.close()
    return fetched


@contextmanager
def portal(port: int, *, threads: int) -> Iterator[Server]:
    """One granian worker process."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning",
        "moc_portal.wsgi:application",
    ]  # fmt: skip
    with serving(command, port) as server:
        yield server


@contextmanager
def nginx(folder: Path, body: bytes) -> Iterator[Server]:
    """One nginx worker with the page as a file, also compressed in advance."""
    port = free_port()
    page = folder / PAGE.strip("/") / "index.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(body)
    page.with_name("index.html.gz").write_bytes(gzip.compress(body, 6))
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port))
    with serving(["nginx", "-c", str(configuration)], port) as server:
        yield server


@contextmanager
def serving(command: list[str], port: int) -> Iterator[Server]:
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        for _ in range(600):
            try:
                fetch(f"http://127.0.0.1:{port}")
                break
            except OSError:
                time.sleep(0.1)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
