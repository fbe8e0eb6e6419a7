"""The folder that a copy is written to: no half-written file, nothing written that is the same already."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from agreements.opendata.bundle.errors import FolderTaken
from agreements.opendata.bundle.leaflets import ABOUT, MANIFEST, files_in_manifest
from agreements.opendata.bundle.progress import UNFINISHED, Written

_HALF: Final = "half-written.tmp"
_URL: Final = re.compile(r"""url\(["']?([^"')#?]+\.woff2)["']?\)""")


class Folder:
    """A copy's files.

    Raises:
        FolderTaken: it holds something else already, which a copy must not mix with.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        is_a_copy = any((path / name).exists() for name in (UNFINISHED, ABOUT))
        if not is_a_copy and any(path.iterdir()):
            raise FolderTaken(path)

    def write(self, file: str, parts: Iterable[bytes]) -> Written:
        """Write a file under its name at once, or leave it where it has these bytes already."""
        target, half = self.path / file, self.path / _HALF
        digest, size = hashlib.sha256(), 0
        with half.open("wb") as written:
            for part in parts:
                digest.update(part)
                size += written.write(part)
        if target.is_file() and target.stat().st_size == size and _sha256(target) == digest.hexdigest():
            half.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            half.replace(target)
        return Written(file, digest.hexdigest(), size)

    def remove(self, file: str) -> bool:
        """Remove a file of the copy, and the folders that are empty without it; whether it was there."""
        target = self.path / file
        if not target.is_relative_to(self.path) or ".." in target.parts or not target.is_file():
            return False
        target.unlink()
        with suppress(OSError):  # the first folder that holds something else
            for folder in target.relative_to(self.path).parents:
                (self.path / folder).rmdir()
        return True

    def earlier_files(self) -> Iterable[str]:
        """The files of the copy that is there, as its manifest names them."""
        manifest = self.path / MANIFEST
        if manifest.exists():
            with manifest.open(encoding="ascii", errors="replace") as lines:
                yield from files_in_manifest(lines)


def static_file(address: str) -> Iterable[bytes]:
    """A static file of the portal.

    The fonts of a style sheet are written into it: from a USB stick, browsers load no font from another file.
    """
    name = address.removeprefix(settings.STATIC_URL)
    content = _static(name)
    if name.endswith(".css"):
        folder = name.rpartition("/")[0]
        content = _URL.sub(lambda url: _inline(f"{folder}/{url[1]}"), content.decode()).encode()
    yield content


def _inline(name: str) -> str:
    return f"url(data:font/woff2;base64,{b64encode(_static(name)).decode()})"


def _static(name: str) -> bytes:
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            content: bytes = file.read()
        return content
    found = finders.find(name)  # where nobody has collected them, as in development
    return Path(str(found)).read_bytes()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
