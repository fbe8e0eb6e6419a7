"""WeasyPrint with our own fonts, loaded once a process."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from agreements.summaries.fonts import use_private_fonts
from agreements.summaries.lines import in_place_of

_STYLES: Final = Path(settings.BASE_DIR, "templates", "summaries")


@lru_cache(maxsize=1)
def engine() -> tuple[Any, Any]:
    """WeasyPrint and its font configuration: kept, because they take longer than a page.

    Raises:
        FontsMissing: the fonts have not been built.
    """
    use_private_fonts()
    import weasyprint  # noqa: PLC0415  # reads the font configuration when it is imported
    from weasyprint.draw import text  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    text.draw_first_line = in_place_of(text.draw_first_line)
    return weasyprint, FontConfiguration()


@lru_cache(maxsize=4)
def parsed_style(name: str) -> Any:
    """A style sheet beside the summaries' templates, parsed."""
    weasyprint, fonts = engine()
    return weasyprint.CSS(string=style_text(name), font_config=fonts)


@lru_cache(maxsize=4)
def style_text(name: str) -> str:
    return Path(_STYLES, name).read_text(encoding="utf-8")


def sealed_off(html: str) -> Any:
    """A document of which nothing that a record says can make the renderer fetch anything."""
    weasyprint, _fonts = engine()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    return weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=None)
