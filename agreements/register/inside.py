"""What is inside a file that somebody uploads: content that acts by itself, and things to know.

Run as a program it takes the file on standard input and the name of its kind as its argument, and prints what it
found as JSON; see ``moc_portal.apart``.
"""

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO, StringIO
from logging import getLogger
from typing import Any, Final

from agreements.vocabulary.files import ActiveContent, FileRemark
from moc_portal.apart import Unreadable, bound_this_process, run_apart

logger = getLogger(__name__)

_GPS: Final = 0x8825
"""The part of a picture's EXIF data that says where it was taken (CIPA DC-008)."""

_FORMULA: Final = re.compile(r"\s*[=+\-@](?!\s*[\d.,]+\s*%?\s*$)(?!\s*$)")
"""What a spreadsheet may take for a formula: not a lone sign or a number with one."""


@dataclass(frozen=True)
class Inside:
    """``is_locked``: it opens only with a password, so that nobody can look. ``is_signed``: no byte may be altered."""

    active: tuple[ActiveContent, ...] = ()
    remarks: tuple[FileRemark, ...] = ()
    is_locked: bool = False
    is_encrypted: bool = False
    is_signed: bool = False


class NotLookedThrough(Exception):
    """The file is damaged, or larger inside than an honest one: nobody can say that it is harmless."""


def look_inside(data: bytes, kind: str) -> Inside:
    """Look through a file of the kind so named, apart.

    Raises:
        NotLookedThrough: it can't be read to its end within the bounds.
    """
    try:
        read = json.loads(run_apart("agreements.register.inside", data, [kind]))
    except Unreadable as error:
        logger.warning("act=look-inside kind=%s size=%s failed=%s", kind, len(data), error)
        raise NotLookedThrough(str(error)) from error
    return Inside(
        active=tuple(ActiveContent(one) for one in read.pop("active")),
        remarks=tuple(FileRemark(one) for one in read.pop("remarks")),
        **read,
    )


def without_active(data: bytes) -> bytes:
    """An unsigned PDF without what acts by itself in it, written anew apart.

    Raises:
        NotLookedThrough: it can't be read or written within the bounds.
    """
    try:
        return run_apart("agreements.register.pdf_actions", data)
    except Unreadable as error:
        logger.warning("act=take-out size=%s failed=%s", len(data), error)
        raise NotLookedThrough(str(error)) from error


def look_here(data: bytes, kind: str) -> dict[str, Any]:
    """The same in this process, as JSON can write it; only for files that are known to be harmless.

    Raises:
        Exception: whatever the parsers trip over; they promise no more.
    """
    return _LOOKS.get(kind, _look_at_text)(data, kind)


def _look_at_pdf(data: bytes, _kind: str) -> dict[str, Any]:
    from agreements.register.pdf_actions import Unopened, find_actions  # noqa: PLC0415  # qpdf, which servers never load

    try:
        found = find_actions(data)
    except Unopened:
        return _found(is_locked=True, is_encrypted=True)
    return _found(found.active, is_encrypted=found.is_encrypted, is_signed=found.is_signed)


def _look_at_office(data: bytes, _kind: str) -> dict[str, Any]:
    from agreements.register.office_actions import find_in_office  # noqa: PLC0415  # as above

    return _found(find_in_office(data))


def _look_at_picture(data: bytes, kind: str) -> dict[str, Any]:
    from PIL import Image  # noqa: PLC0415  # as above

    from agreements.register.picture_ends import behind_the_end  # noqa: PLC0415

    active = [ActiveContent.TRAILING] if behind_the_end(data, kind) else []
    with Image.open(BytesIO(data), formats=[kind]) as picture:
        is_placed = bool(picture.getexif().get_ifd(_GPS))
    return _found(active, [FileRemark.LOCATION] if is_placed else [])


def _look_at_table(data: bytes, _kind: str) -> dict[str, Any]:
    text = data.decode("utf-8-sig")
    csv.field_size_limit(len(text) + 1)
    delimiter = max(",;\t|", key=text[:10_000].count)
    cells = (cell for row in csv.reader(StringIO(text), delimiter=delimiter) for cell in row)
    return _found(remarks=[FileRemark.FORMULAS] if any(_FORMULA.match(cell) for cell in cells) else [])


def _look_at_text(_data: bytes, _kind: str) -> dict[str, Any]:
    return _found()


def _found(active: Iterable[ActiveContent] = (), remarks: Iterable[FileRemark] = (), **facts: bool) -> dict[str, Any]:
    return {"active": sorted(one.value for one in active), "remarks": [one.value for one in remarks], **facts}


_LOOKS: Final[dict[str, Callable[[bytes, str], dict[str, Any]]]] = {
    "PDF": _look_at_pdf,
    "DOCX": _look_at_office,
    "XLSX": _look_at_office,
    "ODT": _look_at_office,
    "ODS": _look_at_office,
    "JPEG": _look_at_picture,
    "PNG": _look_at_picture,
    "WEBP": _look_at_picture,
    "CSV": _look_at_table,
}


def main() -> None:
    """Look through standard input within bounds and print what was found; what the parsers raise goes up."""
    bound_this_process()
    print(json.dumps(look_here(sys.stdin.buffer.read(), sys.argv[1])))


if __name__ == "__main__":
    main()
