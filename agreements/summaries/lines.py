"""Draws lines of text in WeasyPrint's place, so that they can be copied out in the order of reading.

Programs that take text out of a PDF see glyphs from left to right and turn the right-to-left ones around. A glyph that
stands for two letters comes out swapped, a raised mark apart from its letter, a full stop on the wrong side of a
space. So here, in right-to-left writing,

* every letter and every mark has a glyph of its own in the line (``made_glyphs``): where a font draws several together,
  the first of theirs draws all, the others only take their share of the room;
* a number, a foreign word, a full stop or a bracket says where it ends: the text of its last glyph has the mark that
  Unicode has for this (UAX 9, 2.6), as a careful typist would set it.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NamedTuple

from agreements.summaries.made_glyphs import Part, glyph_for_lacking, glyph_with_text, made_glyph
from agreements.summaries.structure import note_language

_RIGHT_TO_LEFT_MARK: Final = "\N{RIGHT-TO-LEFT MARK}"
_LEFT_TO_RIGHT_MARK: Final = "\N{LEFT-TO-RIGHT MARK}"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_READ_LIKE_NUMBERS: Final = frozenset({"EN", "AN", "ES", "ET", "CS"})
_LEFT_TO_RIGHT: Final = frozenset({"L"})
_READ_FROM_LEFT: Final = _READ_LIKE_NUMBERS | _LEFT_TO_RIGHT
"""Classes of characters (UAX 9, 3.2)."""

_NO_GLYPH: Final = 0x0FFFFFFF
_UNKNOWN_GLYPH: Final = 0x10000000
"""How Pango says that a character is not drawn (PANGO_GLYPH_EMPTY), or that the font lacks it (…_UNKNOWN_FLAG)."""

_INVISIBLE: Final = 1e-6


_Draws = Callable[[Any, Any, str, str, Any], list[Any]]


class _Glyph(NamedTuple):
    """Lengths are in the font's units, upwards and rightwards."""

    number: Any
    """None where nothing is drawn."""

    width: float
    x: float
    y: float


@dataclass(slots=True)
class _Cluster:
    """Glyphs that stand for some characters together."""

    font: Any
    size: float
    text: str
    is_rtl: bool
    glyphs: list[_Glyph]
    before: str = ""
    after: str = ""
    """Marks at its left and at its right."""


def in_place_of(original: _Draws) -> _Draws:
    """What draws the first line of a text box, for ``weasyprint.draw.text.draw_first_line``.

    Files without structure, such as pictures for sharing, are drawn by the ``original``: nobody copies their words, and
    only they have lines that end in an ellipsis.
    """

    def draw_first_line(stream: Any, textbox: Any, overflow: str, ellipsis: str, matrix: Any) -> list[Any]:
        if stream._tags is None:
            return original(stream, textbox, overflow, ellipsis, matrix)
        return _draw_first_line(stream, textbox, matrix)

    return draw_first_line


def _draw_first_line(stream: Any, textbox: Any, matrix: Any) -> list[Any]:
    if not textbox.text.strip() or textbox.style["font_size"] < _INVISIBLE:
        return []
    stream.set_text_matrix(*matrix.values)
    clusters = list(_clusters(stream, textbox))
    note_language(stream, textbox)
    root = getattr(textbox.style, "root_style", None)  # words in drawings have none
    if root is not None:
        _set_marks(clusters, in_rtl=root["direction"] == "rtl")
    for (font, size), run in groupby(clusters, lambda one: (one.font, one.size)):
        stream.set_font_size(font.hash, size)
        stream.show_text(f"<{''.join(map(_shown, run))}>")
    return []


def _clusters(stream: Any, textbox: Any) -> Iterator[_Cluster]:
    """Those of the line, from left to right."""
    from weasyprint.text.ffi import FROM_UNITS, ffi  # noqa: PLC0415  # reads the font configuration

    line, _index = textbox.pango_layout.get_first_line()
    written = textbox.pango_layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        font, size = stream.add_font(item.analysis.font)
        scale = FROM_UNITS / size * font.upem
        is_rtl = item.analysis.level % 2 == 1
        groups = [
            (start, [_glyph(font, info, scale, item, stream) for info, _start in group])
            for start, group in groupby(
                zip(string.glyphs[0 : string.num_glyphs], string.log_clusters[0 : string.num_glyphs], strict=True),
                lambda one: one[1],
            )
        ]
        starts = [start for start, _glyphs in groups]
        ends = [item.length, *starts[:-1]] if is_rtl else [*starts[1:], item.length]
        for (start, glyphs), end in zip(groups, ends, strict=True):
            text = written[item.offset + start : item.offset + end].decode()
            yield _Cluster(font, size, text, is_rtl, glyphs)


def _glyph(font: Any, info: Any, scale: float, item: Any, stream: Any) -> _Glyph:
    geometry = info.geometry
    number: Any = info.glyph
    width = geometry.width * scale
    if number == _NO_GLYPH:
        number = None
    elif number & _UNKNOWN_GLYPH:
        number = glyph_for_lacking(font, number - _UNKNOWN_GLYPH)
        font.widths[number] = font.widths.setdefault(0, round(width * 1000 / font.upem))
    elif number not in font.widths:
        font.widths[number] = round(_advance(item.analysis.font, number, scale, stream) * 1000 / font.upem)
    return _Glyph(number, width, geometry.x_offset * scale, -geometry.y_offset * scale)


def _advance(pango_font: Any, number: int, scale: float, stream: Any) -> float:
    from weasyprint.text.ffi import pango  # noqa: PLC0415

    pango.pango_font_get_glyph_extents(pango_font, number, stream.ink_rect, stream.logical_rect)
    width: float = stream.logical_rect.width * scale
    return width


def _set_marks(clusters: list[_Cluster], *, in_rtl: bool) -> None:
    """Say where runs end that are read against the document's direction, and what a line's dots and brackets belong to.

    Reading programs take what has no direction of its own, spaces too, for a part of the run beside it.
    """
    for is_rtl, run in groupby(enumerate(clusters), lambda one: one[1].is_rtl):
        written = [(place, one) for place, one in run if one.text.strip(" ")]
        if not written:
            continue
        (first_place, first), (last_place, last) = written[0], written[-1]
        if is_rtl and in_rtl:
            for place, one in written:
                _set_marks_of(one, left=clusters[place - 1] if place else None)
        elif is_rtl and not _is_of(clusters[last_place + 1 : last_place + 2], _LEFT_TO_RIGHT):
            last.after = _LEFT_TO_RIGHT_MARK
        elif not is_rtl and in_rtl:
            if not _is_of(clusters[:first_place][-1:], _RIGHT_TO_LEFT):
                first.before = _RIGHT_TO_LEFT_MARK
            if unicodedata.bidirectional(last.text[-1]) not in _READ_FROM_LEFT:
                last.after = _LEFT_TO_RIGHT_MARK


def _set_marks_of(cluster: _Cluster, *, left: _Cluster | None) -> None:
    """Those of a cluster among right-to-left ones."""
    kind = unicodedata.bidirectional(cluster.text[-1])
    left_kind = unicodedata.bidirectional(left.text[-1:] or " ") if left else ""
    ends_number = kind in _READ_LIKE_NUMBERS and left_kind not in _RIGHT_TO_LEFT
    if ends_number or (kind == "NSM" and left_kind in _READ_LIKE_NUMBERS):
        cluster.before = _RIGHT_TO_LEFT_MARK
    elif unicodedata.mirrored(cluster.text[0]):
        cluster.before, cluster.after = _RIGHT_TO_LEFT_MARK, _LEFT_TO_RIGHT_MARK


def _is_of(clusters: list[_Cluster], classes: frozenset[str]) -> bool:
    return any(unicodedata.bidirectional(one.text[-1:] or " ") in classes for one in clusters)


def _shown(cluster: _Cluster) -> str:
    """Its glyphs as they stand in a TJ operator's hexadecimal string (ISO 32000-1, 9.4.3).

    Kept with the font, since few letters make a text.
    """
    kept: dict[Any, str] = vars(cluster.font).setdefault("shown", {})
    key = (cluster.text, cluster.before, cluster.after, cluster.is_rtl, *cluster.glyphs)
    shown = kept.get(key)
    if shown is None:
        shown = kept[key] = _written(cluster)
    return shown


def _written(cluster: _Cluster) -> str:
    font, em = cluster.font, cluster.font.upem / 1000
    width = sum(glyph.width for glyph in cluster.glyphs) / em
    drawn = [glyph for glyph in cluster.glyphs if glyph.number is not None]
    offset = 0.0
    if not drawn:
        numbers = _made(cluster, 0) if cluster.text == "\N{ZERO WIDTH NON-JOINER}" else []
    elif len(drawn) == 1 and not drawn[0].y and not cluster.after and (len(cluster.text) == 1 or not cluster.is_rtl):
        numbers = [glyph_with_text(font, drawn[0].number, cluster.before + cluster.text)]
        offset = drawn[0].x / em
    else:
        numbers = _made(cluster, round(sum(font.widths[glyph.number] for glyph in drawn) * em))
    kerning = int(sum(font.widths[number] for number in numbers) + offset - width)
    moved = f">{-offset}<" if offset else ""
    return f"{moved}{''.join(f'{number:04x}' for number in numbers)}" + (f">{kerning}<" if kerning else "")


def _made(cluster: _Cluster, advance: int) -> list[int]:
    """Glyphs that draw the cluster together, from left to right: one for each character if it is right-to-left.

    A mark at the right has a glyph as well: some programs take what ends in a mark for nothing but a mark.
    """
    texts = list(reversed(cluster.text)) if cluster.is_rtl else [cluster.text]
    texts = [cluster.before + texts[0], *texts[1:], *filter(None, [cluster.after])]
    share, rest = divmod(advance, len(texts))
    return [
        made_glyph(cluster.font, () if place else _parts(cluster), share if place else share + rest, text)
        for place, text in enumerate(texts)
    ]


def _parts(cluster: _Cluster) -> tuple[Part, ...]:
    parts, at = [], 0.0
    for glyph in cluster.glyphs:
        if glyph.number is not None:
            parts.append(Part(glyph.number, round(at + glyph.x), round(glyph.y)))
        at += glyph.width
    return tuple(parts)
