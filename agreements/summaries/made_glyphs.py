"""Glyphs that a font lacks: each draws what glyphs of the font draw, and has a text of its own.

A PDF's font says of every glyph which characters it stands for (ISO 32000-1, 9.10.3): one answer a glyph, wherever it
is drawn. A mirrored bracket, a ligature or a letter with marks needs another answer than the glyph has elsewhere.
"""

from io import BytesIO
from typing import Any, Final, NamedTuple

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

_ARGUMENTS_ARE_OFFSETS_IN_WORDS: Final = 0x0003
_NOTHING: Final = "\N{ZERO WIDTH NON-JOINER}"
"""The text of a glyph that stands for no character of its own: PDF/A allows no empty one (ISO 19005-3, 6.2.11.7)."""


class Part(NamedTuple):
    """A glyph of the font within a made one; offsets in the font's units, upwards and rightwards."""

    glyph: int
    x: int
    y: int


class Made(NamedTuple):
    """A glyph that is added to a font."""

    parts: tuple[Part, ...]
    advance: int | None
    """In the font's units; None: that of its one part."""

    text: str


def glyph_with_text(font: Any, glyph: int, text: str) -> int:
    """The number under which ``glyph`` stands for ``text``: its own, where nothing has claimed it yet."""
    if font.to_unicode.setdefault(glyph, text or _NOTHING) == (text or _NOTHING):
        return glyph
    number = _number(font, Made((Part(glyph, 0, 0),), None, text or _NOTHING))
    font.widths[number] = font.widths[glyph]
    return number


def made_glyph(font: Any, parts: tuple[Part, ...], advance: int, text: str) -> int:
    """The number of a new glyph that draws ``parts`` (maybe none), takes ``advance`` units and stands for ``text``."""
    for part in parts:  # or the subset would leave them out
        font.to_unicode.setdefault(part.glyph, _NOTHING)
    number = _number(font, Made(parts, advance, text))
    font.widths[number] = round(advance * 1000 / font.upem)
    return number


def glyph_for_lacking(font: Any, character: int) -> int:
    """The number under which the font shows that it has no glyph for a character."""
    number: int = font.missing.setdefault(character, _next_number(font))
    return number


def _number(font: Any, made: Made) -> int:
    number = _made_of(font).setdefault(made, _next_number(font))
    font.to_unicode[number] = made.text
    return number


def _made_of(font: Any) -> dict[Made, int]:
    made: dict[Made, int] = vars(font).setdefault("made", {})
    return made


def _next_number(font: Any) -> int:
    number: int = font.glyph_count + len(font.missing) + len(_made_of(font))
    return number


def add_made_glyphs(document: Any, pdf: Any) -> None:
    """Put the glyphs that were made for a document into the fonts that WeasyPrint has embedded in its PDF."""
    streams = {id(item.stream[0]): item for item in pdf.objects if getattr(item, "stream", None)}
    for font in document.fonts.values():
        made = {number: one for one, number in _made_of(font).items()}
        if made:
            streams[id(font.file_content)].stream = [content := _with_glyphs(font.file_content, made)]
            streams[id(font.file_content)].extra["Length1"] = len(content)


def _with_glyphs(content: bytes, made: dict[int, Made]) -> bytes:
    file = TTFont(BytesIO(content), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    names = file.getGlyphOrder()
    names += [f"made{number}" for number in range(len(names), max(made) + 1)]
    file.setGlyphOrder(names)
    outlines, metrics = file["glyf"], file["hmtx"].metrics
    outlines.glyphOrder = names
    for number in range(len(metrics), max(made) + 1):
        one = made.get(number, Made((), 0, ""))
        outlines.glyphs[names[number]] = _outline(one.parts, names)
        advance = metrics[names[one.parts[0].glyph]][0] if one.advance is None else one.advance
        metrics[names[number]] = (advance, 0)
    limits = file["maxp"]
    limits.maxComponentElements = max(limits.maxComponentElements, *(len(one.parts) for one in made.values()))
    limits.maxComponentDepth += 1
    written = BytesIO()
    file.save(written, reorderTables=None)
    return written.getvalue()


def _outline(parts: tuple[Part, ...], names: list[str]) -> Glyph:
    outline = Glyph()
    if parts:
        outline.numberOfContours = -1
        outline.xMin = outline.yMin = outline.xMax = outline.yMax = 0
        outline.components = [_component(part, names) for part in parts]
    return outline


def _component(part: Part, names: list[str]) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.x, component.y = names[part.glyph], part.x, part.y
    component.flags = _ARGUMENTS_ARE_OFFSETS_IN_WORDS
    return component
