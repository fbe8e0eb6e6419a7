"""The files inside a summary."""

from collections.abc import Iterator
from typing import Final

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

PROOF_ENDING: Final = "log-proof.json"
"""How the name of the proof of an edition's place in the log ends; it lies beside the content."""

_LONGEST_PROOF: Final = 100_000


def attached_json(reader: PdfFileReader | HistoricalResolver) -> bytes | None:
    """The edition's content: the first other JSON file that a PDF names as associated (/AF); ``None`` without one."""
    for name, stream in _associated(reader):
        if name.endswith(".json") and not name.endswith(PROOF_ENDING):
            content: bytes = stream.data
            return content
    return None


def attached_proof(reader: PdfFileReader | HistoricalResolver) -> str:
    """The proof of the edition's place in the log; empty without one, or where it is longer than any."""
    for name, stream in _associated(reader):
        if name.endswith(PROOF_ENDING):
            content: bytes = stream.data
            return content.decode("utf-8", "replace") if len(content) <= _LONGEST_PROOF else ""
    return ""


def _associated(reader: PdfFileReader | HistoricalResolver) -> Iterator[tuple[str, StreamObject]]:
    for item in reader.root.get("/AF", []):
        specification = item.get_object() if hasattr(item, "get_object") else item
        if not isinstance(specification, DictionaryObject):
            continue
        name = str(specification.get("/UF", specification.get("/F", "")))
        embedded = specification.get("/EF", {}).get("/F")
        stream = embedded.get_object() if hasattr(embedded, "get_object") else embedded
        if isinstance(stream, StreamObject):
            yield name, stream
