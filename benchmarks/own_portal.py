"""A portal's Django in this process, on a PostgreSQL of its own that is gone afterwards."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

import psycopg2

from moc_portal.embedded.postgres import Server, start_server


@contextmanager
def own_portal(keep: Path | None = None, *, tuned: bool = False) -> Iterator[None]:
    """Settings, migrated tables, translations and static files, as a web server has them; no rows yet.

    With ``keep`` the database stays in that folder, and the next run finds it there. ``tuned``: with a quarter of the
    memory for PostgreSQL's pages instead of its smallest setting.
    """
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory())
        Path(data).chmod(0o711)  # started by root, PostgreSQL runs as another account, which must get there
        server = stack.enter_context(_server(keep or Path(data, "server"), tuned))
        os.environ |= {
            "DATABASE_URL": server.url(),
            "DJANGO_SETTINGS_MODULE": "moc_portal.settings",
            "MOC_DEVELOPMENT": "1",
            "MOC_DATA_DIR": data,
            "SECRET_KEY": "only for figures that nobody sees",
            "PUBLIC_ORIGIN": "http://testserver",
            "ALLOWED_HOSTS": "testserver",
        }
        Path(data, "static").mkdir()
        import_module("django").setup()  # only once the settings have their environment
        import_module("moc_portal.collector").collect_seldom()  # as the web server does
        import_module("moc_portal.embedded.steps").compile_translations()
        call_command = import_module("django.core.management").call_command
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


@contextmanager
def _server(folder: Path, tuned: bool) -> Iterator[Server]:
    """A server whose data stays in the folder; what is not flushed when the machine goes down is lost."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    password = folder / "password"
    if not password.exists():
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
    server = start_server(folder / "postgres", password=password.read_text(), durable=False)
    try:
        if tuned:
            server = _with_a_quarter_of_the_memory(server)
        yield server
    finally:
        server.stop()


def _with_a_quarter_of_the_memory(server: Server) -> Server:
    quarter_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 4 // 1024**2
    connection = psycopg2.connect(server.url())
    connection.autocommit = True
    connection.cursor().execute(f"ALTER SYSTEM SET shared_buffers = '{quarter_mb}MB'")
    connection.close()
    server.stop()
    return start_server(server.data_dir, password=server.password, durable=False)
