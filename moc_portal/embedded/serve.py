"""`make run`: a whole portal on this machine, on a database of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import sql

from moc_portal.embedded.folder import Secrets, open_folder
from moc_portal.embedded.postgres import Server, start_server
from moc_portal.embedded.supervise import Child, spawn, supervise

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATABASE, OWNER, PORTAL = "moc", "moc_owner", "moc_portal"


class StartError(Exception):
    """The portal can't be started; the message is one line for a person."""


def serve() -> int:
    """Set up what is missing, serve, and wait until Ctrl-C; the exit code of the whole.

    Raises:
        StartError, FolderError, ServerError: with one line for a person.
    """
    started = time.monotonic()
    host, port = _address()
    folder = data_folder()
    open_folder(folder)
    _check_port_is_free(host, port)
    keys = Secrets.of(folder)
    with _step("PostgreSQL") as done:
        server = start_database(folder, keys)
        done(f"on 127.0.0.1:{server.port}{_whose()}")
    try:
        set_environment(server, keys, host=host, port=port)
        _bring_up_to_date(keys)
        children = _start_children(server, host, port)
    except BaseException:
        server.stop()
        raise
    _wait_for_page(host, port, children)
    print(_greeting(folder, time.monotonic() - started), flush=True)
    return supervise(children)


def data_folder() -> Path:
    return Path(os.environ.get("MOC_DATA_DIR") or BASE_DIR / "var").resolve()


def start_database(folder: Path, keys: Secrets) -> Server:
    """The folder's server, with the portal's database and its two roles.

    Raises:
        ServerError: PostgreSQL does not start.
    """
    if os.geteuid() == 0:
        folder.chmod(0o755)
    server = start_server(folder / "postgres", password=keys.postgres)
    connection = psycopg2.connect(server.url())
    connection.autocommit = True
    with connection.cursor() as cursor:
        for role, password in ((OWNER, keys.owner), (PORTAL, keys.portal)):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD %s").format(sql.Identifier(role)), [password])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))
            cursor.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(DATABASE), sql.Identifier(PORTAL))
            )
    connection.close()
    return server


def set_environment(server: Server, keys: Secrets, *, host: str, port: int) -> None:
    """What the settings read, for this process and its children: the serving role, never the owner."""
    shown = f"[{host}]" if ":" in host else host
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "moc_portal.settings",
        "MOC_DEVELOPMENT": "1",
        "MOC_DATA_DIR": str(data_folder()),
        "SECRET_KEY": keys.secret_key,
        "DATABASE_URL": server.url(user=PORTAL, password=keys.portal, database=DATABASE),
    }
    reachable = "127.0.0.1" if host in {"0.0.0.0", "::"} else shown  # noqa: S104  # compared, not bound
    os.environ.setdefault("PUBLIC_ORIGIN", f"http://{reachable}:{port}")
    if host not in {"127.0.0.1", "localhost", "::1"}:
        os.environ.setdefault("ALLOWED_HOSTS", "*")


def _bring_up_to_date(keys: Secrets) -> None:
    import django  # noqa: PLC0415  # needs the environment set above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from moc_portal.embedded import steps  # noqa: PLC0415

    serving = dict(connection.settings_dict)
    connection.settings_dict |= {"USER": OWNER, "PASSWORD": keys.owner}
    with _step("Database tables") as done:
        done(steps.migrate())
    connection.close()
    connection.settings_dict |= serving
    with _step("Translations") as done:
        done(steps.compile_translations())
    with _step("Static files") as done:
        done(steps.collect_static())
    for title, command in (
        ("First agreement", "load_first_agreement"),
        ("Search index", "rebuild_search"),
        ("Sealed summaries", "make_summaries"),
        ("Accounts", "make_accounts"),
    ):
        with _step(title):
            call_command(command)
    connection.close()


def _start_children(server: Server, host: str, port: int) -> list[Child]:
    environment = dict(os.environ)
    threads = min(8, 2 * (os.cpu_count() or 1))
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "1", "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning",
        "moc_portal.wsgi:application",
    ]  # fmt: skip
    worker = [sys.executable, str(BASE_DIR / "manage.py"), "run_worker"]

    def start_database_again() -> "subprocess.Popen[bytes]":
        return start_server(server.data_dir, password=server.password, port=server.port).child

    return [
        Child("database", start_database_again, server.child),
        Child("web server", lambda: spawn(web, env=environment), spawn(web, env=environment)),
        Child("worker", lambda: spawn(worker, env=environment), spawn(worker, env=environment)),
    ]


def _address() -> tuple[str, int]:
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise StartError(f"PORT is {port!r}: set it to a number from 1 to 65535.")
    return host, int(port)


def _check_port_is_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise StartError(
            f"Port {port} on {host} can't be used ({error.strerror}): choose another, as in `make run PORT=8001`."
        ) from error


def _wait_for_page(host: str, port: int, children: list[Child]) -> None:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not bound
    deadline = time.monotonic() + 30
    with _step("Web server and worker"):
        while time.monotonic() < deadline:
            try:
                socket.create_connection((target, port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
                continue
            return
        for child in reversed(children):
            child.process.terminate()
        raise StartError("The web server does not answer; its messages are above.")


@contextmanager
def _step(title: str) -> Iterator[Callable[[str], None]]:
    """Say what is done, what came of it and how long it took."""
    said: list[str] = []
    print(f"  {title} …", flush=True)
    began = time.monotonic()
    yield said.append
    outcome = f" ({said[0]})" if said else ""
    print(f"  {title}: {time.monotonic() - began:.1f} s{outcome}", flush=True)


def _whose() -> str:
    return "; it refuses root, so it runs as the account nobody" if os.geteuid() == 0 else ""


def _greeting(folder: Path, seconds: float) -> str:
    origin = os.environ["PUBLIC_ORIGIN"]
    return f"""
The portal is ready after {seconds:.1f} s.

  Public pages   {origin}/en/   {origin}/ar/   {origin}/ckb/
  First record   {origin}/id/MOC-0001
  Check a PDF    {origin}/en/verify/
  Admin          {origin}/en/admin/
  Data folder    {folder}
  Commands       make manage do="verify_log"

Ctrl-C ends everything."""
