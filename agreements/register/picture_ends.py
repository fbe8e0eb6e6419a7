"""Where a picture ends: what stands behind that is no part of it, and may be a program, a page or an archive."""

from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_ALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))
"""JPEG's markers without a length (ISO/IEC 10918-1, table B.1)."""


def behind_the_end(data: bytes, kind: str) -> bytes:
    """What follows the end of a PNG, JPEG or WEBP; further JPEGs behind a JPEG are its own (previews, depth).

    Raises:
        ValueError: the picture is cut off, or none of these.
    """
    rest = {"PNG": _behind_png, "JPEG": _behind_jpegs, "WEBP": _behind_webp}[kind](data)
    return b"" if not rest.strip(b"\0") else rest


def _behind_png(data: bytes) -> bytes:
    place = len(_PNG)
    while place + 12 <= len(data):
        length, name = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        place += 12 + length
        if name == b"IEND" and place <= len(data):
            return data[place:]
    raise ValueError("cut off")


def _behind_webp(data: bytes) -> bytes:
    length = int.from_bytes(data[4:8], "little") + 8
    if length > len(data):
        raise ValueError("cut off")
    return data[length + length % 2 :]


def _behind_jpegs(data: bytes) -> bytes:
    rest = _behind_jpeg(data)
    while (next_one := rest.lstrip(b"\0")).startswith(_JPEG):
        rest = _behind_jpeg(next_one)
    return rest


def _behind_jpeg(data: bytes) -> bytes:
    """Walk the segments; in a scan, a marker is an FF that neither 00 nor a restart follows."""
    place = 2
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise ValueError("cut off")
        marker = data[place + 1]
        if marker == 0xD9:
            return data[place + 2 :]
        if marker == 0xFF:
            place += 1
        elif marker == 0 or marker in _ALONE:
            place += 2
        else:
            place += 2 + max(2, int.from_bytes(data[place + 2 : place + 4], "big"))
