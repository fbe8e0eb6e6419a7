"""What pages are made with: code, templates, translations, static files and settings, as one stamp."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import django
from django.conf import settings
from django.template import autoreload

_CODE: Final = ("agreements/**/*.py", "moc_portal/**/*.py", "locale/**/*.mo", "requirements.txt")
_TEMPLATES: Final = "templates/**/*"
_SETTINGS: Final = (
    "API_REQUESTS", "CHECKPOINT_", "CONTACT_EMAIL", "CONTENT_SECURITY", "DATA_LICENCE", "DEVELOPMENT", "IATI_",
    "LANGUAGE", "OPERATOR", "PUBLIC_ORIGIN", "SECURE_", "STATIC_URL", "X_FRAME",
)  # fmt: skip
"""The settings whose names begin so are seen in pages or their headers."""


class Build:
    """The stamp of this process: what it loaded when it started, and templates as they are now.

    Equal on all machines that run the same portal, because it is taken of contents, not of times.
    """

    def __init__(self) -> None:
        self._loaded = _digest(_code_state())
        self._templates_seen = _times()
        self.stamp = _digest([self._loaded, *_contents(_TEMPLATES)])

    def look_at_templates(self) -> None:
        """Where templates have changed on disk, forget those that were loaded; the stamp is another then.

        Code, translations and static files are loaded once a process: new ones need a new process.
        """
        times = _times()
        if times != self._templates_seen:
            self.stamp = _digest([self._loaded, *_contents(_TEMPLATES)])
            self._templates_seen = times
            autoreload.reset_loaders()


def _code_state() -> Iterator[str]:
    yield django.get_version()
    for name in sorted(dir(settings)):
        if name.startswith(_SETTINGS):
            yield f"{name}={getattr(settings, name)!r}"
    for pattern in _CODE:
        yield from _contents(pattern)
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    yield manifest.read_text() if manifest.exists() else ""


def _files(pattern: str) -> list[Path]:
    return sorted(path for path in Path(settings.BASE_DIR).glob(pattern) if path.is_file())


def _contents(pattern: str) -> Iterator[str]:
    for path in _files(pattern):
        yield f"{path.relative_to(settings.BASE_DIR)} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _times() -> list[tuple[str, int, int]]:
    return [(str(path), (state := path.stat()).st_mtime_ns, state.st_size) for path in _files(_TEMPLATES)]


def _digest(lines: Iterator[str] | list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
