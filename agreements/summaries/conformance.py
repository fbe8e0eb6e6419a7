"""What WeasyPrint leaves open for PDF/A-3a and PDF/UA-1 at once, and for text that is read aloud or copied."""

from typing import Any, Final

from agreements.summaries.made_glyphs import add_made_glyphs
from agreements.summaries.structure import finish_structure

_UA_IDENTIFICATION: Final = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
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
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
"""PDF/UA-1 (ISO 14289-1, section 5) wants its part in the XMP; PDF/A (ISO 19005-3, 6.6.2.3.3) wants
every schema that it does not know itself described there."""


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's finisher: called on the laid-out PDF before it is written."""
    _identify_as_ua(pdf)
    _list_attachments_once(pdf)
    _name_media_type_of_xml(pdf)
    finish_structure(document, pdf)
    add_made_glyphs(document, pdf)


def _identify_as_ua(pdf: Any) -> None:
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Type") == "/Metadata":
            item.stream = [b"".join(item.stream).replace(b"</rdf:RDF>", _UA_IDENTIFICATION, 1)]


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
