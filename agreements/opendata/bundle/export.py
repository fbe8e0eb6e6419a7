"""A static copy of the whole public record, for any web server or a USB stick."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from agreements.editions.models import LogEntry
from agreements.editions.queries import log_head
from agreements.opendata.bundle.addresses import file_of, first_addresses
from agreements.opendata.bundle.asking import Asked
from agreements.opendata.bundle.errors import MovedOn, NoAnswer
from agreements.opendata.bundle.folder import Folder, static_file
from agreements.opendata.bundle.leaflets import (
    ABOUT,
    HOW_TO_VERIFY,
    MANIFEST,
    about_copy,
    how_to_verify,
    manifest_lines,
    start_page,
)
from agreements.opendata.bundle.lists import list_pages
from agreements.opendata.bundle.pages import Page, as_file
from agreements.opendata.bundle.progress import Progress
from agreements.search.days import derive_due_statuses
from agreements.summaries.others.store import newest_decision
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.zone import day_in_baghdad
from moc_portal.pages.build import Build

_SHOWN: Final = frozenset({200, 404, 410})
"""A page that says in words what was withdrawn, or is not there, is as good in a copy as at the portal."""

_EVERY_S: Final = 2.0

Say = Callable[[str], object]


@dataclass(frozen=True)
class Copied:
    """A whole copy: its files, their size, and how many files of an earlier one were removed."""

    files: int
    size_bytes: int
    removed: int


def export_site(path: Path, *, at: datetime, say: Say) -> Copied:
    """Write the whole public record to a folder, or bring the copy that is there up to date.

    A run that was stopped goes on where it was, as long as the register, its pages and the day (in Baghdad) are the
    same. Files that would be the same are left as they are; those that nothing leads to any more are removed.

    Args:
        at: the moment of the copy; its day in Baghdad stands on every page.
        say: is told in words how far it has come.

    Raises:
        CopyRefused: the folder holds something else, the portal does not answer, or the register has moved on.
    """
    folder, head = Folder(path), log_head()
    state = f"{_standing(head)} {day_in_baghdad(at)} {settings.PUBLIC_ORIGIN} {Build().stamp}"
    progress = Progress(path, state=state)
    try:
        copy = _Copy(folder, progress, head, at, say)
        copy.begin()
        copy.write_all()
        copied = copy.finish()
    except BaseException:
        progress.close()
        raise
    progress.end()
    return copied


def _standing(entry: LogEntry | None) -> str:
    """What the copy shows: the log as of an entry, and the seals of other sides that are accepted."""
    return f"{entry.entry_hash if entry else ''} {newest_decision()}"


class _Copy:
    """One run."""

    def __init__(self, folder: Folder, progress: Progress, head: LogEntry | None, at: datetime, say: Say) -> None:
        self._folder, self._progress, self._head, self._at, self._say = folder, progress, head, at, say
        self._made_on = day_in_baghdad(at).isoformat()
        self._standing = _standing(head)
        self._portal = Asked()
        self._said_at = time.monotonic()

    def begin(self) -> None:
        """Learn what was there before, and what is wanted now."""
        self._progress.remember_earlier(self._folder.earlier_files())
        for address in first_addresses():
            self._progress.want(address, file_of(address))
        derive_due_statuses(at=self._at)
        for language in LANGUAGES:
            for address, text in list_pages(language):
                self._write_page(address, text)
        self._write_page("/", start_page(self._head, at=self._at))
        self._write(f"/{HOW_TO_VERIFY}", HOW_TO_VERIFY, [how_to_verify(self._head, at=self._at).encode()])
        self._progress.keep()

    def write_all(self) -> None:
        """Write what is wanted and not written, until nothing is."""
        while (address := self._progress.next()) is not None:
            if address.startswith(settings.STATIC_URL):
                self._write(address, file_of(address), static_file(address))
            else:
                self._write_answer(address)
            self._tell(address)

    def finish(self) -> Copied:
        """Remove what is left over, and write what the copy is.

        Raises:
            MovedOn: the register is another than when the copy began.
        """
        if _standing(log_head()) != self._standing:
            raise MovedOn
        removed = sum(self._folder.remove(file) for file in self._progress.left_over())
        files = size_bytes = 0
        for one in self._progress.files():
            files, size_bytes = files + 1, size_bytes + one.size_bytes
        manifest = self._folder.write(MANIFEST, manifest_lines(self._progress.files()))
        about = about_copy(self._head, at=self._at, manifest=manifest, files=files, size_bytes=size_bytes)
        self._folder.write(ABOUT, [about.encode()])
        return Copied(files, size_bytes, removed)

    def _write_answer(self, address: str) -> None:
        with self._portal.answer(address) as response:
            if response.status_code not in _SHOWN:
                raise NoAnswer(address, response.status_code)
            if response.get("Content-Type", "").startswith("text/html"):
                self._write_page(address, cast(HttpResponse, response).text)
            else:
                self._write(address, file_of(address), _parts(response))

    def _write_page(self, address: str, text: str) -> None:
        page: Page = as_file(text, address, made_on=self._made_on)
        for one in page.leads_to:
            self._progress.want(one, file_of(one))
        self._write(address, file_of(address), [page.text.encode()])

    def _write(self, address: str, file: str, parts: Iterable[bytes]) -> None:
        self._progress.note(address, self._folder.write(file, parts))

    def _tell(self, address: str) -> None:
        if time.monotonic() - self._said_at >= _EVERY_S:
            self._progress.keep()
            done, wanted = self._progress.counts()
            self._say(f"{done} files are there, of {wanted} known so far; now {address}")
            self._said_at = time.monotonic()


def _parts(response: HttpResponseBase) -> Iterable[bytes]:
    if isinstance(response, StreamingHttpResponse):
        return cast(Iterable[bytes], response.streaming_content)
    return [cast(HttpResponse, response).content]
