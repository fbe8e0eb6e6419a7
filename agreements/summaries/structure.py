"""What WeasyPrint's structure tree lacks for those who listen to a summary (ISO 14289-1, section 7).

Its elements are right, in the order of the page's HTML. Missing are the language of words in another one, what a
heading of a table heads, and that running heads and feet are no part of what is read.
"""

from collections.abc import Iterator
from typing import Any

import pydyf


def note_language(stream: Any, textbox: Any) -> None:
    """Keep a text box's language for ``finish_structure``; nothing in files without structure and in drawings."""
    marked = (stream._tags or {}).get(textbox)
    if marked is not None:
        vars(stream).setdefault("languages", {})[marked["mcid"]] = textbox.style["lang"]


def finish_structure(document: Any, pdf: Any) -> None:
    """Complete the structure tree of a PDF that WeasyPrint has tagged."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    elements = {element.number: element for element in _below(pdf, root)}
    for item in pdf.objects:  # those of the pages' margins
        if item.number not in elements and isinstance(item, dict) and item.get("Type") == "/StructElem":
            item.clear()  # pydyf miscounts where objects are left out
    for element in elements.values():
        _say_what_it_heads(pdf, element)
    by_page = dict(_pairs(_at(pdf, root["ParentTree"])["Nums"]))
    for page in (_at(pdf, reference) for reference in pdf.page_references):
        stream = _at(pdf, page["Contents"])
        owners = by_page[page["StructParents"]]
        for marked, owner in enumerate(owners):
            if _number(owner) in elements:
                language = vars(stream).get("languages", {}).get(marked)
                if language and language != document.metadata.lang:
                    _at(pdf, owner)["Lang"] = pydyf.String(language)
            else:
                _take_out(owners, marked, stream)


def _take_out(owners: Any, marked: int, stream: Any) -> None:
    """Make marked content that no element of the tree has, that is in the page's margins, an artifact."""
    owners[marked] = "null"
    for place, part in enumerate(stream.stream):
        if isinstance(part, dict) and part.get("MCID") == marked:
            stream.stream[place - 1] = "/Artifact"
            stream.stream[place] = pydyf.Dictionary({"Type": "/Pagination"})  # ISO 32000-1, 14.8.2.2


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
