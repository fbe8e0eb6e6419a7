"""The portal's settings for tests: a data folder that is thrown away, static files as they lie.

The database comes from DATABASE_URL; without it tests/conftest.py starts a throw-away server.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "TEST_DATA" not in os.environ:  # the first process; what it starts, and perhaps kills, keeps its data inside
    os.environ["TEST_DATA"] = tempfile.mkdtemp(prefix="moc-test-data-")
    atexit.register(shutil.rmtree, os.environ["TEST_DATA"], ignore_errors=True)
_data = tempfile.mkdtemp(dir=os.environ["TEST_DATA"])
os.environ |= {
    "MOC_DEVELOPMENT": "1",
    "MOC_DATA_DIR": _data,
    "SECRET_KEY": "only for tests",
    "PUBLIC_ORIGIN": "https://register.example",
    # A browser's event loop runs in this thread while other tests use the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}
os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/not-started-yet")

from moc_portal.settings import *  # noqa: E402, F403  # reads the environment set above
from moc_portal.settings import BASE_DIR, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.exists()]
Path(_data, "static").mkdir()

# Workers do as a test tells them; what comes due by the clock only where a test asks for it.
PERIODIC = os.environ.get("TEST_PERIODIC", "").split()
