"""Fonts of the PDFs: a private fontconfig with our own files, so that every machine renders the same."""

import os
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from django.conf import settings

from agreements.summaries.errors import FontsMissing

FOLDER: Final = Path(settings.BASE_DIR, "static", "built", "pdf-fonts")

_CONFIGURATION: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def use_private_fonts() -> None:
    """Point fontconfig at our fonts only; must run before WeasyPrint is imported.

    Raises:
        FontsMissing: they have not been built.
    """
    if not any(FOLDER.glob("*.ttf")):
        raise FontsMissing(f"The fonts of the PDFs are not in {FOLDER}: build them with `npm ci && npm run build`.")
    folder = Path(settings.DATA_DIR, "fontconfig")
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "fonts.conf"
    text = _CONFIGURATION.format(fonts=escape(str(FOLDER)), cache=escape(str(folder / "cache")))
    if not configuration.exists() or configuration.read_text(encoding="utf-8") != text:
        new = folder / f"fonts.conf.{os.getpid()}"
        new.write_text(text, encoding="utf-8")
        new.rename(configuration)
    os.environ["FONTCONFIG_FILE"] = str(configuration)
