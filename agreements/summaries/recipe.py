"""What a summary is laid out with, as one hash: tells a file that was changed from one made by another version."""

import hashlib
import sys
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.conf import settings

from agreements.summaries.engine import engine
from agreements.summaries.fonts import FOLDER

_LIBRARIES: Final = (
    "weasyprint",
    "pydyf",
    "fonttools",
    "tinycss2",
    "tinyhtml5",
    "pyphen",
    "pillow",
    "segno",
    "babel",
    "lxml",
)
_SETTINGS: Final = ("PUBLIC_ORIGIN", "IATI_REPORTING_ORG", "DATA_LICENCE_NAME", "DATA_LICENCE_URL")
_FOLDERS: Final = ("agreements", "locale", "templates/summaries", "templates/components")
_LAID_OUT_BY: Final = {".py", ".html", ".css", ".po", ".json", ".geojson", ".csv"}


@lru_cache(maxsize=1)
def recipe() -> str:
    """SHA-256 over the versions of the libraries, the portal's code, texts and fonts, and its settings.

    A render that differs although this is equal is a fault; where this differs, it may be.

    Raises:
        FontsMissing: the fonts have not been built.
    """
    engine()  # it settles the fonts before WeasyPrint is imported
    from weasyprint.text.ffi import pango  # noqa: PLC0415

    known = hashlib.sha256()
    for name in _LIBRARIES:
        known.update(f"{name} {version(name)}\n".encode())
    known.update(f"python {sys.version_info[:2]} pango {pango.pango_version()}\n".encode())
    for name in _SETTINGS:
        known.update(f"{name} {getattr(settings, name)}\n".encode())
    for path in sorted(_files()):
        known.update(hashlib.sha256(path.read_bytes()).digest())
    return known.hexdigest()


def _files() -> list[Path]:
    folders = (Path(settings.BASE_DIR, one) for one in _FOLDERS)
    own = [path for folder in folders for path in folder.rglob("*") if path.suffix in _LAID_OUT_BY]
    return own + [path for path in FOLDER.rglob("*") if path.is_file()]
