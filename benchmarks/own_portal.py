"""A portal's Django in this process, on a PostgreSQL of its own that is gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from moc_portal.embedded.postgres import throwaway_server


@contextmanager
def own_portal() -> Iterator[None]:
    """Settings, migrated tables, translations and static files, as a web server has them; no rows yet."""
    with throwaway_server() as server, tempfile.TemporaryDirectory() as data:
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
