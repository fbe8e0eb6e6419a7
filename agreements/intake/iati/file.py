"""Reads IATI activity files of any publisher, one activity at a time.

Memory holds one activity, whatever the file's size. A document type is refused before anything behind it is read:
without one there are no entities, internal or external (XML 1.0, 4.1), so neither can harm. lxml's own bounds on
depth, names and texts stay on.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse as defused_iterparse
from lxml import etree

from agreements.intake.contents.errors import FileFault, FileRefused

Element = etree._Element  # lxml gives its elements no other name

VERSIONS: Final = ("2.01", "2.02", "2.03")
MAX_ELEMENTS: Final = 100_000
"""Of one activity; the largest that was ever seen has a tenth of it."""


def activities(file: BinaryIO) -> Iterator[Element]:
    """The activities of a file from its beginning; each is gone when the next one is asked for.

    Raises:
        FileRefused: it is no whole IATI 2.01 to 2.03 activity file without a document type. Everything before the
            fault has been given then.
    """
    file.seek(0)
    _check_beginning(file)
    file.seek(0)
    events = etree.iterparse(
        file, events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    count = 0
    try:
        for event, element in events:
            if event == "start":
                count = 0 if element.tag == "iati-activity" else count + 1
                if count > MAX_ELEMENTS:
                    raise FileRefused(FileFault.TOO_DEEP, line=line_of(element))
            elif element.tag == "iati-activity":
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise FileRefused(FileFault.NOT_XML, line=error.lineno or 1, why=_why(error.msg)) from error


def identifier_of(activity: Element) -> str:
    return (activity.findtext("iati-identifier") or "").strip()


def line_of(element: Element) -> int:
    """The line that an element begins at; 0 where lxml does not know."""
    line: Any = element.sourceline
    return int(line or 0)


def _check_beginning(file: BinaryIO) -> None:
    """Refuse a document type, another root and another version, by a parser that stops at the first of them."""
    try:
        for _event, root in defused_iterparse(file, events=("start",), forbid_dtd=True):
            _check_root(root)
            return
    except DefusedXmlException as error:
        raise FileRefused(FileFault.ENTITIES) from error
    except ParseError as error:
        raise FileRefused(FileFault.NOT_XML, line=error.position[0], why=_why(str(error))) from error
    except (LookupError, UnicodeError, ValueError) as error:  # an encoding that nobody knows
        raise FileRefused(FileFault.NOT_XML, line=1, why=type(error).__name__) from error


def _check_root(root: Any) -> None:
    if root.tag != "iati-activities":
        raise FileRefused(FileFault.WRONG_ROOT, found=str(root.tag)[:80])
    version = root.get("version", "")
    if version not in VERSIONS:
        raise FileRefused(FileFault.WRONG_VERSION, found=version[:20] or "–")


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _why(message: str | None) -> str:
    return (message or "–").partition(", line")[0].partition(": line")[0][:200]
