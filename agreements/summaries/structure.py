"""What WeasyPrint's structure tree lacks for those who listen to a summary (ISO 14289-1, section 7).

Its elements, in the order of the page's HTML, are right. Missing are the language of words in another one, the order
of letters where they are drawn from the left though read from the right, what a heading of a table heads, and that
running heads and feet are no part of what is read.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pydyf

_ARTIFACT: Final = {"Type": "/Pagination"}
"""Running heads and feet (ISO 32000-1, 14.8.2.2)."""


class Said(NamedTuple):
    """What a stretch of text on one line says."""

    text: str
    language: str | None
    is_rtl: bool
    """Whether any of it is read from the right."""

    top: float
    """Where on the page; another top is another line."""


def note_said(stream: Any, textbox: Any, *, is_rtl: bool) -> None:
    """Keep what a text box says for ``finish_structure``; does nothing in files without structure and in drawings."""
    marked = (stream._tags or {}).get(textbox)
    if marked is not None:
        said = Said(textbox.pango_layout.text, textbox.style["lang"], is_rtl, textbox.position_y + textbox.baseline)
        vars(stream).setdefault("said", {})[marked["mcid"]] = said


def finish_structure(document: Any, pdf: Any) -> None:
    """Complete the structure tree of a PDF that WeasyPrint has tagged."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    elements = {element.number: element for element in _below(pdf, root)}
    for item in pdf.objects:  # those of the pages' margins
        if isinstance(item, dict) and item.get("Type") == "/StructElem" and item.number not in elements:
            item.clear()  # pydyf miscounts where objects are left out
    for element in elements.values():
        _say_what_it_heads(pdf, element)
    by_page = dict(_pairs(_at(pdf, root["ParentTree"])["Nums"]))
    for page in map(lambda reference: _at(pdf, reference), pdf.page_references):
        stream = _at(pdf, page["Contents"])
        owners = by_page[page["StructParents"]]
        for marked, owner in enumerate(owners):
            if _number(owner) in elements:
                _say(pdf, owners, marked, vars(stream).get("said", {}), document.metadata.lang)
            else:
                _take_out(owners, marked, stream)


def _say(pdf: Any, owners: Any, marked: int, on_page: dict[int, Said], usual_language: str) -> None:
    said = on_page.get(marked)
    if said is None:
        return
    element = _at(pdf, owners[marked])
    if said.language and said.language != usual_language:
        element["Lang"] = pydyf.String(said.language)
    if said.is_rtl:
        if element["S"] != "/Span":
            element = _span_within(pdf, element, marked)
            owners[marked] = element.reference
        following = on_page.get(marked + 1)
        # The space at which a line was broken is not drawn.
        ends_line = following is not None and following.top != said.top and not said.text.endswith(" ")
        element["ActualText"] = pydyf.String(said.text + " " * ends_line)


def _span_within(pdf: Any, element: Any, marked: int) -> Any:
    """A new element around marked content that belongs to a link itself: the text of a link is not the link."""
    span = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/Span", "K": pydyf.Array([marked]), "Pg": element["Pg"], "P": element.reference}
    )
    pdf.add_object(span)
    element["K"][element["K"].index(marked)] = span.reference
    return span


def _take_out(owners: Any, marked: int, stream: Any) -> None:
    """Make marked content that no element of the tree has, that is in the page's margins, an artifact."""
    owners[marked] = "null"
    for place, part in enumerate(stream.stream):
        if isinstance(part, dict) and part.get("MCID") == marked:
            stream.stream[place - 1] = "/Artifact"
            stream.stream[place] = pydyf.Dictionary(_ARTIFACT)


def _say_what_it_heads(pdf: Any, element: Any) -> None:
    if element["S"] == "/TH":
        body = _at(pdf, _at(pdf, element["P"])["P"])
        element["A"]["Scope"] = "/Column" if body["S"] == "/THead" else "/Row"


def _below(pdf: Any, element: Any) -> Iterator[Any]:
    """All elements below one, in the order of reading."""
    for kid in element["K"]:
        if isinstance(kid, bytes):
            below = _at(pdf, kid)
            if below.get("Type") == "/StructElem":
                yield below
                yield from _below(pdf, below)


def _pairs(names: Any) -> Iterator[tuple[int, Any]]:
    return zip(names[::2], names[1::2], strict=True)


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
