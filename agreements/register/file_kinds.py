"""What a file is: told by its content, never by its name alone."""

import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import IO, Any, Final, cast

import puremagic
from django.core.files import File

MAX_BYTES: Final = 25 * 1024 * 1024
"""What ClamAV's daemon takes by default (its StreamMaxLength): nothing is kept that it could not look at."""

_HEAD: Final = 8192
_OFFICE_PARTS: Final = {"word/document.xml": "DOCX", "xl/workbook.xml": "XLSX"}
_OPEN_DOCUMENT: Final = {
    b"application/vnd.oasis.opendocument.text": "ODT",
    b"application/vnd.oasis.opendocument.spreadsheet": "ODS",
}
_MACROS: Final = re.compile(r"(^|/)vbaProject\.bin$|^(Basic|Scripts)/", re.IGNORECASE)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ENCRYPTED: Final = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R\b|<<)")
"""The entry of a PDF's trailer, or of the cross-reference stream that stands for it; neither is ever compressed
(ISO 32000-2, 7.5.5 and 7.5.8.2)."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file that the register keeps: its name, its media type, and how names of such files end."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
KINDS: Final = {
    kind.name: kind
    for kind in (
        FileKind("PDF", "application/pdf", (".pdf",)),
        FileKind("DOCX", f"{_OFFICE}.wordprocessingml.document", (".docx",)),
        FileKind("ODT", "application/vnd.oasis.opendocument.text", (".odt",)),
        FileKind("XLSX", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",)),
        FileKind("ODS", "application/vnd.oasis.opendocument.spreadsheet", (".ods",)),
        FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg")),
        FileKind("PNG", "image/png", (".png",)),
        FileKind("WEBP", "image/webp", (".webp",)),
        FileKind("CSV", "text/csv", (".csv",)),
        FileKind("TXT", "text/plain", (".txt",)),
    )
}
"""Texts, tables and pictures. Not HTML and SVG, which run scripts where they are opened, nor older Office files."""

_BY_SUFFIX: Final = {suffix: kind for kind in KINDS.values() for suffix in kind.suffixes}
_BY_MAGIC: Final = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


class Unfit(StrEnum):
    """Why a file can't be kept."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    SUFFIX = "suffix"
    CONTENT = "content"
    OTHER_CONTENT = "other_content"
    MACROS = "macros"


class UnfitFile(Exception):
    """A file that the register does not keep.

    ``found``: what it is, where that could be told, or how its name ends.
    """

    def __init__(self, why: Unfit, *, found: str = "", expected: str = "") -> None:
        super().__init__(f"{why}: {found}")
        self.why = why
        self.found = found
        self.expected = expected


def examine_file(file: "File[Any]", name: str) -> FileKind:
    """The kind of a file whose name and content agree on one that the register keeps.

    Leaves the file at its beginning.

    Raises:
        UnfitFile: it is empty or too large, of another kind, not what its name says, or holds macros.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if not file.size:
        raise UnfitFile(Unfit.EMPTY)
    if file.size > MAX_BYTES:
        raise UnfitFile(Unfit.TOO_LARGE)
    declared = _BY_SUFFIX.get(suffix)
    if declared is None:
        raise UnfitFile(Unfit.SUFFIX, found=suffix)
    found = _name_of_content(file)
    if found == "TXT" and declared.name == "CSV":
        return declared
    if found not in KINDS:
        raise UnfitFile(Unfit.CONTENT, found=found, expected=declared.name)
    if found != declared.name:
        raise UnfitFile(Unfit.OTHER_CONTENT, found=found, expected=declared.name)
    return declared


def media_type_of(file: "File[Any]", name: str) -> str:
    """The media type by content; the one for unknown bytes where the file is of no kind that is kept."""
    try:
        return examine_file(file, name).media_type
    except UnfitFile:
        return "application/octet-stream"


def is_encrypted_pdf(file: "File[Any]") -> bool:
    """Whether a PDF opens only with a password, or is closed to some uses. Leaves the file at its beginning."""
    file.seek(0)
    data = file.read(MAX_BYTES)
    file.seek(0)
    return data.startswith(b"%PDF-") and _ENCRYPTED.search(data) is not None


def _name_of_content(file: "File[Any]") -> str:
    """The name of what the bytes are; nothing for what is not known here."""
    file.seek(0)
    try:
        head = file.read(_HEAD)
        if head.startswith(b"PK\x03\x04"):
            return _name_of_archive(file)
        known = next((_BY_MAGIC[mime] for mime in _media_types(head) if mime in _BY_MAGIC), "")
        return known or ("TXT" if _is_text(head + file.read()) else "")
    finally:
        file.seek(0)


def _media_types(head: bytes) -> list[str]:
    try:
        return [one.mime_type for one in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):  # it knows nothing of the kind
        return []


def _name_of_archive(file: "File[Any]") -> str:
    try:
        with zipfile.ZipFile(cast(IO[bytes], file.file)) as archive:
            names = archive.namelist()
            if any(_MACROS.search(name) for name in names):
                raise UnfitFile(Unfit.MACROS)
            if "mimetype" in names:
                with archive.open("mimetype") as mimetype:
                    return _OPEN_DOCUMENT.get(mimetype.read(100).strip(), "ZIP")
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), "ZIP")
            return "ZIP"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return "ZIP"  # cut off, encrypted, or packed in a way that nobody uses for documents


def _is_text(data: bytes) -> bool:
    try:
        return _CONTROLS.search(data.decode("utf-8")) is None
    except UnicodeDecodeError:
        return False
