"""What a PDF does by itself where it is opened: found, and taken out where the page stays as it is.

Read with qpdf, which knows object streams, mends broken tables, and opens what needs no password.

Run as a program it takes a PDF on standard input and prints it without its actions.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pikepdf

from agreements.register.plain_data import is_plain_data
from agreements.vocabulary.files import REMOVABLE, ActiveContent
from moc_portal.apart import bound_this_process

Entries = Mapping[str, Any]

_MOST_OBJECTS: Final = 500_000

_ACTIONS: Final = {
    "/JavaScript": ActiveContent.SCRIPT,
    "/Launch": ActiveContent.LAUNCH,
    "/SubmitForm": ActiveContent.SUBMIT,
    "/ImportData": ActiveContent.SUBMIT,
    "/GoToR": ActiveContent.OTHER_FILE,
    "/GoToE": ActiveContent.OTHER_FILE,
    "/Rendition": ActiveContent.MEDIA,
    "/Movie": ActiveContent.MEDIA,
    "/Sound": ActiveContent.MEDIA,
    "/RichMediaExecute": ActiveContent.MEDIA,
}
"""Kinds of actions (ISO 32000-2, table 201, and 12.6.4); GoTo, Named, Hide, layers and the like do nothing outside."""

_ANNOTATIONS: Final = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})
_HARMLESS_LINK: Final = re.compile(r"(?!\s*\\)\s*(?:https?:|mailto:|tel:|[^:]*(?:[/?#]|$))", re.IGNORECASE)
"""To the web, to people, or without a scheme, as "www.example.org/x"."""


class Unopened(Exception):
    """The PDF needs a password to be opened."""


@dataclass(frozen=True)
class PdfActions:
    """What is active in a PDF, wherever in it; whether it is encrypted, and whether anything in it is signed."""

    active: frozenset[ActiveContent]
    is_encrypted: bool
    is_signed: bool


def find_actions(data: bytes) -> PdfActions:
    """Look through a PDF; called in a process apart.

    Raises:
        Unopened: it needs a password.
        Exception: whatever qpdf trips over; a file that can't be read to its end is not known to be harmless.
    """
    active: set[ActiveContent] = set()
    is_signed = False
    with _opened(data) as document:
        for _one, entries in _dictionaries(document):
            active.update(_in(entries))
            is_signed = is_signed or "/ByteRange" in entries
        return PdfActions(frozenset(active), document.is_encrypted, is_signed)


def without_actions(data: bytes) -> bytes:
    """The PDF without what is ``REMOVABLE``, written anew with all else as it was; called in a process apart.

    Raises:
        Unopened, Exception: as ``find_actions``.
    """
    with _opened(data) as document:
        for one, entries in list(_dictionaries(document)):
            _clean(one, entries)
        output = BytesIO()
        document.save(output, deterministic_id=True)
        return output.getvalue()


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Unopened from error


def _dictionaries(document: pikepdf.Pdf) -> Iterator[tuple[Any, Entries]]:
    """Every dictionary and every stream's dictionary with its entries, also those inside other objects.

    Raises:
        ValueError: more than any honest file has.
    """
    seen = 0
    for whole in (*document.objects, document.trailer):
        waiting: list[Any] = [whole]
        while waiting:
            one = waiting.pop()
            seen += 1
            if seen > _MOST_OBJECTS:
                raise ValueError("endless objects")
            if isinstance(one, pikepdf.Array):
                parts: list[Any] = list(one.as_list())
            elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                entries = dict(one.items())
                yield one, entries
                parts = list(entries.values())
            else:
                continue
            # What is referred to is an object of its own, and comes by itself.
            waiting.extend(part for part in parts if isinstance(part, pikepdf.Object) and not part.is_indirect)


def _in(entries: Entries) -> Iterator[ActiveContent]:
    """What is active in one dictionary itself."""
    action = _action(entries)
    if action:
        yield action
    if "/JS" in entries or "/JavaScript" in entries:
        yield ActiveContent.SCRIPT
    if _is_bad_base("/Base", entries.get("/Base")):
        yield ActiveContent.LINK
    if "/XFA" in entries:
        yield ActiveContent.FORM
    if _name(entries, "/Subtype") in _ANNOTATIONS:
        yield ActiveContent.MEDIA
    if "/EF" in entries and not _is_plain_attachment(entries):
        yield ActiveContent.ATTACHED


def _action(entries: Entries) -> ActiveContent | None:
    """What an action does that it should not; its type is never looked at, because viewers do not either."""
    kind = _name(entries, "/S")
    if kind == "/URI":
        return None if _is_harmless(entries.get("/URI")) else ActiveContent.LINK
    return _ACTIONS.get(kind)


def _is_harmless(address: Any) -> bool:
    return isinstance(address, pikepdf.String) and _HARMLESS_LINK.match(str(address)) is not None


def _is_bad_base(key: str, address: Any) -> bool:
    """Whether it is what all links without a scheme would lead to, and none of the web."""
    return key == "/Base" and isinstance(address, pikepdf.String) and not _is_harmless(address)


def _name(entries: Entries, key: str) -> str:
    value = entries.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _is_plain_attachment(specification: Entries) -> bool:
    """Whether all files of a file specification are data that nothing runs, such as the XML of a PDF/A-3."""
    names = [str(value) for key in ("/UF", "/F") if isinstance(value := specification.get(key), pikepdf.String)]
    files = specification["/EF"]
    if not names or not isinstance(files, pikepdf.Dictionary):
        return False
    for stream in dict(files.items()).values():
        if not isinstance(stream, pikepdf.Stream):
            return False
        content = stream.read_bytes()
        if not all(is_plain_data(content, name) for name in names):
            return False
    return True


def _clean(one: Any, entries: Entries) -> None:
    """Take actions that are removable out of one dictionary, and scripts by name."""
    for key, part in entries.items():
        if key in ("/JavaScript", "/JS") or _is_bad_base(key, part) or _is_removable(part):
            del one[key]
        elif isinstance(part, pikepdf.Array):
            items = part.as_list()
            kept = [item for item in items if not _is_removable(item)]
            if len(kept) < len(items):
                one[key] = pikepdf.Array(kept)


def _is_removable(part: Any) -> bool:
    return isinstance(part, pikepdf.Dictionary) and _action(dict(part.items())) in REMOVABLE


def main() -> None:
    """Print the PDF on standard input without its actions; what qpdf raises goes up."""
    bound_this_process()
    sys.stdout.buffer.write(without_actions(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
