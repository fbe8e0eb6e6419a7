"""The files inside a summary."""

from typing import Final

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

PROOF_ENDING: Final = "log-proof.json"
"""How the name of the proof of an edition's place in the log ends; it lies beside the content."""


def attached_json(reader: PdfFileReader) -> bytes | None:
    """The edition's content: the first other JSON file that a PDF names as associated (/AF); ``None`` without one."""
    for item in reader.root.get("/AF", []):
        specification = item.get_object() if hasattr(item, "get_object") else item
        if not isinstance(specification, DictionaryObject):
            continue
        name = str(specification.get("/UF", specification.get("/F", "")))
        embedded = specification.get("/EF", {}).get("/F")
        stream = embedded.get_object() if hasattr(embedded, "get_object") else embedded
        if name.endswith(".json") and not name.endswith(PROOF_ENDING) and isinstance(stream, StreamObject):
            content: bytes = stream.data
            return content
    return None
