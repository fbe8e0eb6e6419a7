"""Addresses as QR codes: SVG of plain shapes, without a style or a script."""

from functools import lru_cache

import segno


@lru_cache(maxsize=256)
def qr_code(address: str) -> str:
    """The address as an SVG element, dark on white also where the page is dark: readers of codes want it so."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=2, dark="#17242b", light="#fff", svgclass="qr", lineclass=None, omitsize=True)
