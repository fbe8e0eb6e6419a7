"""Addresses as QR codes: SVG of plain shapes, without a style or a script."""

import base64
from functools import lru_cache
from typing import Any, Final

import segno

_INK: Final = "#17242b"
_BORDER: Final = 2


@lru_cache(maxsize=256)
def qr_code(address: str) -> str:
    """The address as an SVG element, dark on white also where the page is dark: readers of codes want it so."""
    return _drawn(address, light="#fff", svgclass="qr", lineclass=None, omitsize=True)


def qr_image(address: str) -> str:
    """The same for paper, as a data address of an image."""
    svg = _drawn(address, scale=4).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _drawn(address: str, **look: Any) -> str:
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(border=_BORDER, dark=_INK, **look)
    return drawn
