"""What WeasyPrint leaves open for PDF/A-3a and PDF/UA-1 at once, and for text that can be copied."""

import re
import unicodedata
from functools import lru_cache
from typing import Any, Final

_SCHEMAS: Final = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>{seal}
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that is conformed to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>{seal_schema}</rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
"""PDF/UA-1 (ISO 14289-1, section 5) wants its part in the XMP; PDF/A (ISO 19005-3, 6.6.2.3.3) wants
every schema that it does not know itself described there, all of them in one list."""

_SEAL: Final = """
<rdf:Description rdf:about="" xmlns:seal="urn:moc-portal:seal:1">
<seal:level>PAdES {level}</seal:level><seal:development>{development}</seal:development></rdf:Description>"""
_SEAL_SCHEMA: Final = """<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Seal of the register</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:moc-portal:seal:1</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>seal</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>level</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>Level of the seal on this file (ETSI EN 319 142-1)</pdfaProperty:description>
</rdf:li><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>development</pdfaProperty:name><pdfaProperty:valueType>Boolean</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>Whether the seal is a development authority's and proves nothing</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>"""
"""What the pages say of the seal, said to programs."""

_MAPPING: Final = re.compile(rb"<([0-9a-fA-F]+)>\s+<([0-9a-fA-F]*)>")
_ARABIC_FORMS: Final = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))


def finish(_document: Any, pdf: Any, *, level: str, is_development: bool) -> None:
    """WeasyPrint's finisher: called on the laid-out PDF before it is written.

    ``level`` is that of the seal to come, ``B-LTA`` for example; empty for a draft, which gets none.
    """
    _complete_metadata(pdf, level=level, is_development=is_development)
    _list_attachments_once(pdf)
    _name_media_type_of_xml(pdf)
    _make_text_copyable(pdf)


def _complete_metadata(pdf: Any, *, level: str, is_development: bool) -> None:
    added = _SCHEMAS.format(
        seal=_SEAL.format(level=level, development=is_development) if level else "",
        seal_schema=_SEAL_SCHEMA if level else "",
    ).encode()
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Type") == "/Metadata":
            item.stream = [b"".join(item.stream).replace(b"</rdf:RDF>", added, 1)]


def _list_attachments_once(pdf: Any) -> None:
    files = pdf.catalog.get("AF")
    if files:
        once = list(dict.fromkeys(files))
        files.clear()
        files.extend(once)


def _name_media_type_of_xml(pdf: Any) -> None:
    """WeasyPrint guesses ``text/xml`` by the name; IATI's media type is ``application/xml`` (RFC 7303, 9.1)."""
    for item in pdf.objects:
        extra = getattr(item, "extra", {})
        if extra.get("Type") == "/EmbeddedFile" and extra.get("Subtype") == "/text#2fxml":
            extra["Subtype"] = "/application#2fxml"


def _make_text_copyable(pdf: Any) -> None:
    """Give ligature glyphs one character each, and no glyph an empty text.

    Readers put a glyph's characters in visual order; two letters of a right-to-left ligature then
    come out swapped. One presentation form that decomposes to both (NFKC) survives.
    """
    for item in pdf.objects:
        stream = getattr(item, "stream", None)
        if stream and any(b"begincmap" in _as_bytes(part) for part in stream):
            item.stream = [_MAPPING.sub(_repair, b"\n".join(_as_bytes(part) for part in stream))]


def _as_bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    return part.encode() if isinstance(part, str) else bytes(part.data)


def _repair(match: "re.Match[bytes]") -> bytes:
    text = bytes.fromhex(match[2].decode()).decode("utf-16-be", errors="replace")
    single = _presentation_forms().get(text) if len(text) > 1 else (text or "\N{ZERO WIDTH NON-JOINER}")
    if single is None or single == text:
        return match[0]
    return b"<" + match[1] + b"> <" + single.encode("utf-16-be").hex().encode() + b">"


@lru_cache(maxsize=1)
def _presentation_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for code in _ARABIC_FORMS:
        letters = unicodedata.normalize("NFKC", chr(code))
        if len(letters) > 1 and all("\u0600" <= letter <= "\u06ff" for letter in letters):
            forms.setdefault(letters, chr(code))
    return forms
