"""Reads editions that a portal published: one as JSON, one out of its PDF, or many as JSON Lines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import rfc8785
from pydantic import ValidationError

from agreements.editions.canonical import content_hash
from agreements.editions.content import AgreementContent
from agreements.editions.errors import UnknownSchemaVersion, UnreadableContent
from agreements.editions.readers import read_content
from agreements.intake.contents.attached import attached_edition
from agreements.intake.contents.errors import FileFault, FileRefused
from agreements.intake.contents.incoming import IncomingContent, Provenance
from agreements.intake.contents.known import authority_of
from agreements.intake.contents.models import OriginKind
from moc_portal.apart import Unreadable

MAX_LINE: Final = 16 * 1024 * 1024
"""Bytes of one edition; the largest known has under one."""

_EDITION_NUMBERS: Final = ("edition", "edition_number")
_ADDRESSES: Final = ("address", "url")
_HASHES: Final = ("content_sha256", "content_hash")


@dataclass(frozen=True)
class From:
    """Where editions are from, as far as somebody said: an address of that portal or of the one edition."""

    address: str = ""


_UNSAID: Final = From()


def read_editions(file: BinaryIO, source: From = _UNSAID) -> Iterator[IncomingContent]:
    """The editions of a file, one after the other; a PDF is told by its beginning, JSON Lines by its second line.

    Raises:
        FileRefused: it is none of the three, or a line of it can't be read.
    """
    first = file.read(5)
    file.seek(0)
    if not first:
        raise FileRefused(FileFault.EMPTY)
    if first == b"%PDF-":
        yield _incoming(1, _document(_of_pdf(file.read()), 1), source)
        return
    count = 0
    for line, document in _documents(file):
        count += 1
        yield _incoming(count, document, source, line=line)
    if not count:
        raise FileRefused(FileFault.EMPTY)


def _documents(file: BinaryIO) -> Iterator[tuple[int, Any]]:
    """JSON documents with the line each begins at: a line each, or one over all lines."""
    for line, text in enumerate(_lines(file), start=1):
        if not text.strip():
            continue
        try:
            yield line, _parsed(text)
        except (ValueError, RecursionError):
            if line > 1:
                yield line, _document(text, line)
            file.seek(0)
            yield 1, _document(file.read(MAX_LINE + 1), 1)
            return


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while text := file.readline(MAX_LINE + 1):
        if len(text) > MAX_LINE:
            raise FileRefused(FileFault.TOO_LARGE, limit=MAX_LINE // 1024**2)
        yield text


def _parsed(text: bytes) -> Any:
    return json.loads(text.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))


def _document(text: bytes, line: int) -> Any:
    if len(text) > MAX_LINE:
        raise FileRefused(FileFault.TOO_LARGE, limit=MAX_LINE // 1024**2)
    try:
        return _parsed(text)
    except UnicodeDecodeError as error:
        raise FileRefused(FileFault.NOT_UTF8) from error
    except json.JSONDecodeError as error:
        raise FileRefused(FileFault.NOT_JSON, line=line + error.lineno - 1, why=error.msg) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets without end
        raise FileRefused(FileFault.NOT_JSON, line=line, why=type(error).__name__) from error


def _of_pdf(pdf: bytes) -> bytes:
    try:
        found = attached_edition(pdf)
    except Unreadable as error:
        raise FileRefused(FileFault.PDF_UNREADABLE) from error
    if not found:
        raise FileRefused(FileFault.PDF_EMPTY)
    return found


def _incoming(number: int, document: Any, source: From, *, line: int = 1) -> IncomingContent:
    envelope, content = _opened(document)
    if not isinstance(content, dict) or not {"schema_version", "register_number"} <= content.keys():
        raise FileRefused(FileFault.NOT_AN_EDITION, line=line)
    canonical = _canonical(content, line)
    said = _first_text(envelope, _ADDRESSES)
    claimed_hash = _first_text(envelope, _HASHES).lower()
    _canonical([said, claimed_hash], line)  # what the envelope says is kept and shown as well
    address = said or source.address
    read = _content(canonical, line)
    provenance = Provenance(
        kind=OriginKind.EDITION,
        reference=read.register_number[:255] or "–",
        content_hash=content_hash(canonical),
        authority=authority_of(source.address or address)[:255],
        edition_number=_edition_number(envelope, address),
        address=address[:500],
        claimed_hash=claimed_hash,
    )
    return IncomingContent(number, read, provenance, is_whole=True)


def _opened(document: Any) -> tuple[dict[str, Any], Any]:
    """A line's own statements, such as the hash, and the content in it; a bare content has none."""
    if isinstance(document, dict) and isinstance(document.get("content"), dict):
        return document, document["content"]
    return {}, document


def _canonical(content: dict[str, Any] | list[str], line: int) -> bytes:
    """The bytes that were hashed when it was published, however this file is indented or ordered.

    Raises:
        FileRefused: it holds what no canonical JSON, or no database, can.
    """
    try:
        found = rfc8785.dumps(content)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise FileRefused(FileFault.NOT_JSON, line=line, why=type(error).__name__) from error
    if b"\\u0000" in found:  # PostgreSQL keeps no such character
        raise FileRefused(FileFault.NOT_JSON, line=line, why="U+0000")
    return found


def _content(canonical: bytes, line: int) -> AgreementContent:
    try:
        return read_content(canonical)
    except UnknownSchemaVersion as error:
        raise FileRefused(FileFault.NEWER, line=line, version=error.version) from error
    except UnreadableContent as error:
        raise FileRefused(FileFault.UNFIT, line=line, **_first_flaw(error)) from error
    except (KeyError, TypeError, AttributeError) as error:  # an upgrader met what that version never was
        raise FileRefused(FileFault.UNFIT, line=line, where="schema_version", why=type(error).__name__) from error


def _first_flaw(error: UnreadableContent) -> dict[str, str]:
    if isinstance(error.__cause__, ValidationError):
        flaw = error.__cause__.errors(include_url=False)[0]
        return {"where": ".".join(str(one) for one in flaw["loc"]) or "–", "why": flaw["msg"]}
    return {"where": "–", "why": str(error)[:200]}


def _first_text(envelope: dict[str, Any], names: tuple[str, ...]) -> str:
    found = (envelope.get(name) for name in names)
    return next((one for one in found if isinstance(one, str)), "")


def _edition_number(envelope: dict[str, Any], address: str) -> int | None:
    number = next((envelope[name] for name in _EDITION_NUMBERS if isinstance(envelope.get(name), int)), None)
    last = address.rstrip("/").removesuffix(".json").rpartition("/")[2]
    if number is None and last.isdecimal() and last.isascii() and len(last) < 7:  # not a year
        number = int(last)
    return number if number is not None and 0 < number < 2**31 else None
