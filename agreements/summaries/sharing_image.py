"""The picture that a link to a record shows where it is shared: 1200 by 630 pixels, drawn from the edition."""

import hashlib
import io
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from agreements.editions.models import Edition
from agreements.formats.agreement_view import view_of
from agreements.summaries.engine import engine, parsed_style, sealed_off, style_text
from agreements.vocabulary.languages import DIRECTIONS, Language
from agreements.vocabulary.zone import day_in_baghdad

WIDTH: Final = 1200
HEIGHT: Final = 630

_STYLE: Final = "sharing.css"
_POINTS_A_PIXEL: Final = 72 / 96
_COLOURS: Final = 64
"""Enough for ink, petrol and their soft edges; a third of the bytes of full colour."""

_LONG: Final = 90
_VERY_LONG: Final = 150
"""Characters of a title from which it is set smaller."""


def image_of_edition(edition: Edition, language: Language) -> bytes:
    """The picture of one edition in one language, as PNG.

    It shows no legal status, which changes by the day: the picture of an edition stays.

    Raises:
        FontsMissing: the fonts have not been built.
    """
    published_on = day_in_baghdad(edition.published_at)
    view = view_of(edition, language=language, as_of=published_on, origin=settings.PUBLIC_ORIGIN)
    length = len(view.title.text) if view.title else 0
    size = "smaller" if length > _VERY_LONG else "small" if length > _LONG else "large"
    return _kept({"view": view, "size": size}, language)


def image_of_register(language: Language) -> bytes:
    """The picture of the register itself, for pages that show no record."""
    return _kept({"view": None, "size": "register"}, language)


def _kept(shown: dict[str, Any], language: Language) -> bytes:
    """The picture, drawn where it has not been: it is kept under the hash of all that it is drawn from."""
    with translation.override(language):
        html = render_to_string(
            "summaries/sharing.html", shown | {"language": language, "direction": DIRECTIONS[language]}
        )
    weasyprint, _fonts = engine()
    drawn_from = "\0".join((html, style_text(_STYLE), weasyprint.__version__))
    path = f"sharing/{hashlib.sha256(drawn_from.encode()).hexdigest()}.png"
    if default_storage.exists(path):
        with default_storage.open(path) as file:
            kept: bytes = file.read()
        return kept
    png = _draw(html)
    default_storage.save(path, ContentFile(png))
    return png


def _draw(html: str) -> bytes:
    import pypdfium2  # noqa: PLC0415  # most pictures are kept already

    _weasyprint, fonts = engine()
    pdf = sealed_off(html).render(stylesheets=[parsed_style(_STYLE)], font_config=fonts).write_pdf()
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=1 / _POINTS_A_PIXEL).to_pil().convert("RGB").quantize(_COLOURS)
    finally:
        document.close()
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
