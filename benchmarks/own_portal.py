"""A portal's Django in this process, on a PostgreSQL of its own that is gone afterwards."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from moc_portal.embedded.postgres import Server, start_server, throwaway_server


@contextmanager
def own_portal(keep: Path | None = None) -> Iterator[None]:
    """Settings, migrated tables, translations and static files, as a web server has them; no rows yet.

    With ``keep`` the database stays in that folder, and the next run finds it there.
    """
    with kept_server(keep) if keep else throwaway_server() as server, tempfile.TemporaryDirectory() as data:
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
def kept_server(folder: Path) -> Iterator[Server]:
    """A server whose data stays in the folder; what is not flushed when the machine goes down is lost."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        folder.chmod(0o711)
    password = folder / "password"
    if not password.exists():
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
    server = start_server(folder / "postgres", password=password.read_text(), durable=False)
    try:
        yield server
    finally:
        server.stop()
