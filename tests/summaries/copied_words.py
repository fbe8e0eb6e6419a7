"""How many of a summary's words are right when they are copied out of its PDF.

By hand: `python -m tests.summaries.copied_words page.html summary.pdf`, where the page is that from which the PDF was
laid out, says it for every reading program and names the wrong words.
"""

import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from lxml import html

_INVISIBLE = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad"))
"""Marks of direction, which programs add as well, and the soft hyphen: nobody reads or types them."""

_IN_LINE = {"a", "b", "bdi", "code", "em", "i", "small", "span", "strong", "time"}
_APART = {"ref", "place-number"}
"""Classes of what stands in a line, but away from the word before it."""

_NO_WORDS = {"head", "img", "svg", "{http://www.w3.org/2000/svg}svg"}
_ON_EVERY_PAGE = ("running-head", "development", "draft")


def words(text: str) -> list[str]:
    """The words of a text with their punctuation; canonically equivalent ones are the same (Unicode, 2.12)."""
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split()


def words_of_page(page: str) -> list[str]:
    """The words of a summary's HTML, in the order of reading, without what stands in the margins of every page."""
    return words("".join(_texts(html.document_fromstring(page).body)))


def words_of_margins(page: str) -> list[str]:
    """The words that stand on every page."""
    return words(
        " ".join(
            html.document_fromstring(page).get_element_by_id(one).text_content()
            for one in _ON_EVERY_PAGE
            if f'id="{one}"' in page
        )
    )


def _texts(element: html.HtmlElement) -> Iterator[str]:
    is_apart = element.tag not in _IN_LINE or element.get("class") in _APART or _is_apart_in(element.getparent())
    if element.tag in _NO_WORDS or element.get("id") in _ON_EVERY_PAGE or not isinstance(element.tag, str):
        yield " "
        return
    yield " " * is_apart + (element.text or "")
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield " " * is_apart


def _is_apart_in(parent: html.HtmlElement | None) -> bool:
    return parent is not None and parent.get("class") == "gantt-axis"


def copied_by_poppler(pdf: Path, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, pdf, "-"], capture_output=True, text=True, check=True).stdout


def copied_by_pdfium(pdf: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def wrong_words(page: str, copied: str, *, pages: int) -> tuple[float, list[str]]:
    """Which share of the words is right, and those that are not."""
    wanted = Counter(words_of_page(page) + words_of_margins(page) * pages)
    wrong = wanted - Counter(words(copied))
    return 1 - wrong.total() / wanted.total(), sorted(wrong.elements())


if __name__ == "__main__":
    source, file = Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2])
    pages = len(pypdfium2.PdfDocument(file))
    for name, copied in (
        ("poppler", copied_by_poppler(file)),
        ("poppler, -layout", copied_by_poppler(file, "-layout")),
        ("PDFium", copied_by_pdfium(file)),
    ):
        right, wrong = wrong_words(source, copied, pages=pages)
        print(f"{name}: {right:.1%} right; wrong: {' '.join(wrong)}")
