"""What an Office or OpenDocument file does by itself where it is opened, or fetches from elsewhere.

Both are ZIP files of XML parts: ISO/IEC 29500 (Office Open XML) and OASIS OpenDocument 1.3.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from xml.parsers import expat

from agreements.vocabulary.files import ActiveContent

_MOST_PARTS: Final = 5_000
_MOST_BYTES: Final = 256 * 1024 * 1024
"""Of XML that is read, unpacked, in one file."""

_BY_PART: Final = (
    (
        re.compile(r"(^|/)vbaProject\.bin$|^(Basic|Scripts)/|(^|/)(macrosheets|dialogsheets)/", re.IGNORECASE),
        ActiveContent.MACROS,
    ),
    (re.compile(r"(^|/)(activeX|ctrlProps|webextensions|customUI)/", re.IGNORECASE), ActiveContent.CONTROLS),
    (re.compile(r"(^|/)embeddings/|(^|/)oleObject\w*\.bin$", re.IGNORECASE), ActiveContent.EMBEDDED),
    (re.compile(r"(^|/)(externalLinks|queryTables)/|(^|/)connections\.xml$", re.IGNORECASE), ActiveContent.EXTERNAL),
)
_HARMLESS_TARGET: Final = re.compile(r"\s*(https?:|mailto:|tel:|#|ftp:)", re.IGNORECASE)
_OUTSIDE: Final = re.compile(r"\s*([a-z][a-z0-9+.-]+:|//|\\\\|/)", re.IGNORECASE)
_DDE: Final = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
_FETCHES: Final = re.compile(r"\bINCLUDE(TEXT|PICTURE)\b[\s\"]*([a-z][a-z0-9+.-]+:|\\\\)", re.IGNORECASE)
_WORDS: Final = re.compile(r"word/[^/]+\.xml", re.IGNORECASE)

_XLINK: Final = "http://www.w3.org/1999/xlink href"
_OF_OPEN_DOCUMENT: Final = {
    "event-listener": ActiveContent.MACROS,
    "script": ActiveContent.MACROS,
    "applet": ActiveContent.EMBEDDED,
    "plugin": ActiveContent.EMBEDDED,
    "floating-frame": ActiveContent.EMBEDDED,
    "object-ole": ActiveContent.EMBEDDED,
    "dde-source": ActiveContent.DDE,
    "dde-connection-decl": ActiveContent.DDE,
    "dde-link": ActiveContent.DDE,
    "table-source": ActiveContent.EXTERNAL,
    "cell-range-source": ActiveContent.EXTERNAL,
    "section-source": ActiveContent.EXTERNAL,
    "connection-resource": ActiveContent.EXTERNAL,
}
"""Elements by their names without the namespace's prefix."""


class Oversized(ValueError):
    """More parts, or more XML, than an honest document has."""


def find_in_office(data: bytes) -> frozenset[ActiveContent]:
    """Everything active in a DOCX, XLSX, ODT or ODS; called in a process apart.

    Raises:
        Exception: the file is broken, encrypted, declares entities, or is larger than an honest one.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS:
            raise Oversized
        names = {one.filename for one in parts}
        found = {kind for name in names for pattern, kind in _BY_PART if pattern.search(name)}
        is_open_document = "mimetype" in names
        reader = _OpenDocument() if is_open_document else _Office()
        left = _MOST_BYTES
        for one in parts:
            if reader.reads(one.filename):
                content = _unpacked(archive, one, left)
                left -= len(content)
                found.update(reader.read(one.filename, content))
        return frozenset(found)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """A part whole, whatever its size is said to be.

    Raises:
        Oversized: it is more than what may still be read.
    """
    with archive.open(part) as packed:
        content = packed.read(left + 1)
    if len(content) > left:
        raise Oversized
    return content


class _Office:
    """Office Open XML: relations say what a part fetches, fields what it asks for."""

    def reads(self, name: str) -> bool:
        return name.endswith(".rels") or name == "[Content_Types].xml" or _WORDS.fullmatch(name) is not None

    def read(self, name: str, content: bytes) -> Iterator[ActiveContent]:
        if name.endswith(".rels"):
            for element, attributes in _elements(content):
                if _local(element) == "Relationship":
                    yield from self._relation(attributes)
        elif name == "[Content_Types].xml":
            if any("macroEnabled" in one for _element, attributes in _elements(content) for one in attributes.values()):
                yield ActiveContent.MACROS
        else:
            yield from self._fields(content)

    def _relation(self, attributes: dict[str, str]) -> Iterator[ActiveContent]:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        if kind in ("attachedTemplate", "aFChunk", "frame", "subDocument"):
            yield ActiveContent.EXTERNAL if kind != "aFChunk" else ActiveContent.EMBEDDED
        elif attributes.get("TargetMode") == "External":
            if kind != "hyperlink":
                yield ActiveContent.EXTERNAL
            elif _OUTSIDE.match(target) and not _HARMLESS_TARGET.match(target):
                yield ActiveContent.LINK

    def _fields(self, content: bytes) -> Iterator[ActiveContent]:
        """A field's words may be split among any number of elements."""
        words = "".join(_texts_of(content, "instrText"))
        simple = " ".join(
            value for _element, attributes in _elements(content) for key, value in attributes.items()
            if _local(key) == "instr"
        )  # fmt: skip
        for text in (words, simple):
            if _DDE.search(text):
                yield ActiveContent.DDE
            if _FETCHES.search(text):
                yield ActiveContent.EXTERNAL


class _OpenDocument:
    """OpenDocument: elements say what runs, and links where to."""

    def reads(self, name: str) -> bool:
        return name.rpartition("/")[2] in ("content.xml", "styles.xml")

    def read(self, _name: str, content: bytes) -> Iterator[ActiveContent]:
        for element, attributes in _elements(content):
            name = _local(element)
            if name in _OF_OPEN_DOCUMENT:
                yield _OF_OPEN_DOCUMENT[name]
            target = attributes.get(_XLINK, "")
            if name != "a":
                if _OUTSIDE.match(target) or target.startswith("../"):
                    yield ActiveContent.EXTERNAL
            elif _OUTSIDE.match(target) and not _HARMLESS_TARGET.match(target):
                yield ActiveContent.LINK


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _parser() -> Any:
    """A parser that takes no document type: neither format has one, and entities can blow up or read files."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_declared: object) -> None:
        raise ValueError("a document type")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _elements(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements that are named here or lead somewhere, in order: a table has a million that do neither."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) in _OF_OPEN_DOCUMENT or any(_is_telling(key) for key in attributes):
            found.append((name, attributes))

    parser.StartElementHandler = start
    parser.Parse(content, True)
    return found


def _is_telling(key: str) -> bool:
    return key == _XLINK or _local(key) in ("Target", "ContentType", "instr")


def _texts_of(content: bytes, wanted: str) -> list[str]:
    """The text of all elements of that name."""
    found: list[str] = []
    inside = False
    parser = _parser()

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal inside
        inside = _local(name) == wanted

    def end(_name: str) -> None:
        nonlocal inside
        inside = False

    def text(data: str) -> None:
        if inside:
            found.append(data)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(content, True)
    return found
