"""Glyphs that a font lacks: each draws what glyphs of the font draw, and has a text of its own.

A PDF's font says of every glyph which characters it stands for (ISO 32000-1, 9.10.3): one answer a glyph, wherever it
is drawn. A mirrored bracket, a ligature or a letter with marks needs another answer than the glyph has elsewhere.
"""

from io import BytesIO
from itertools import chain
from struct import iter_unpack, pack, pack_into, unpack_from
from typing import Any, Final, NamedTuple

from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter  # type: ignore[import-untyped]  # has none

_OFFSETS_IN_WORDS: Final = 0x0003
_MORE_PARTS: Final = 0x0020
"""Flags of a composite glyph's parts (OpenType 1.9, "glyf")."""

_COUNT_IN_MAXP: Final = 4
_PARTS_IN_MAXP: Final = 28
_DEPTH_IN_MAXP: Final = 30
_METRICS_IN_HHEA: Final = 34
_FORMAT_IN_HEAD: Final = 50
"""Where the tables have what changes with the number of glyphs."""

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


_NO_GLYPH: Final = Made((), 0, "")


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
    """A TrueType font with glyphs appended (OpenType 1.9, "glyf", "loca", "hmtx", "maxp").

    Its tables are changed as bytes: to take a font apart and to put it together takes longer than half a page.
    """
    reader = SFNTReader(BytesIO(content))
    tables = {tag: bytearray(reader[tag]) for tag in reader.keys()}  # noqa: SIM118  # no mapping
    [count] = unpack_from(">H", tables["maxp"], _COUNT_IN_MAXP)
    [metrics] = unpack_from(">H", tables["hhea"], _METRICS_IN_HHEA)
    is_long = unpack_from(">h", tables["head"], _FORMAT_IN_HEAD) == (1,)
    places = _unpacked(">I" if is_long else ">H", tables["loca"])
    if not is_long:
        places = [place * 2 for place in places]
    advances = list(_unpacked(">Hh", tables["hmtx"][: metrics * 4]))[::2]
    bearings = [
        *list(_unpacked(">Hh", tables["hmtx"][: metrics * 4]))[1::2],
        *_unpacked(">h", tables["hmtx"][metrics * 4 :]),
    ]
    advances += advances[-1:] * (count - metrics)
    for number in range(count, max(made) + 1):
        one = made.get(number, _NO_GLYPH)
        tables["glyf"] += _outline(one.parts)
        places.append(len(tables["glyf"]))
        advances.append(advances[one.parts[0].glyph] if one.advance is None else one.advance)
        bearings.append(0)
    tables["loca"] = bytearray(pack(f">{len(places)}I", *places))
    tables["hmtx"] = bytearray(
        pack(">" + "Hh" * len(advances), *chain.from_iterable(zip(advances, bearings, strict=True)))
    )
    pack_into(">h", tables["head"], _FORMAT_IN_HEAD, 1)
    pack_into(">H", tables["hhea"], _METRICS_IN_HHEA, len(advances))
    pack_into(">H", tables["maxp"], _COUNT_IN_MAXP, len(advances))
    _raise(tables["maxp"], _PARTS_IN_MAXP, max(len(one.parts) for one in made.values()))
    _raise(tables["maxp"], _DEPTH_IN_MAXP, unpack_from(">H", tables["maxp"], _DEPTH_IN_MAXP)[0] + 1)
    written = BytesIO()
    writer = SFNTWriter(written, len(tables), reader.sfntVersion)
    for tag, table in tables.items():
        writer[tag] = bytes(table)
    writer.close()
    return written.getvalue()


def _unpacked(kind: str, table: bytes | bytearray) -> list[int]:
    return list(chain.from_iterable(iter_unpack(kind, table)))


def _raise(table: bytearray, place: int, value: int) -> None:
    pack_into(">H", table, place, max(value, unpack_from(">H", table, place)[0]))


def _outline(parts: tuple[Part, ...]) -> bytes:
    """A composite glyph; its box is left empty, since programs reckon it from the parts."""
    if not parts:
        return b""
    more = [_MORE_PARTS] * (len(parts) - 1) + [0]
    drawn = [pack(">HHhh", _OFFSETS_IN_WORDS | then, *part) for part, then in zip(parts, more, strict=True)]
    outline = pack(">5h", -1, 0, 0, 0, 0) + b"".join(drawn)
    return outline + bytes(-len(outline) % 4)
