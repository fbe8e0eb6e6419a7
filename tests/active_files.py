"""Files that act by themselves, and ones like them that do not."""

import io
import zipfile
from typing import Final

import pikepdf
from PIL import Image

from tests.signed_pdfs import PAGES
from tests.summaries.attacks.exhausting import pdf

_PAGE: Final = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] %s >>"
_SCRIPT: Final = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def active_pdf(*, catalog: bytes = b"", page: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page with these entries in its catalog and page; the first further object is number 4."""
    return pdf(b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog, PAGES, _PAGE % page, *more)


def _link(action: bytes) -> bytes:
    return b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << %s >> >>]" % action


def _attached(name: bytes, content: bytes) -> bytes:
    files = b"/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (%s) /EF << /F 4 0 R >> >>] >> >>" % name
    stream = b"<< /Type /EmbeddedFile /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    return active_pdf(catalog=files, more=(stream,))


ACTIVE_PDFS: Final = {
    "a script that runs when it is opened": (active_pdf(catalog=b"/OpenAction " + _SCRIPT), "script"),
    "a script that all of it shares": (
        active_pdf(catalog=b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", more=(_SCRIPT,)),
        "script",
    ),
    "a script on a page": (active_pdf(page=b"/AA << /O << /S /Java#53cript /JS (x) >> >>"), "script"),
    "a program behind a link within": (
        active_pdf(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [<< /S /Launch /F (x.exe) >>] >>"),
        "launch",
    ),
    "a form that is sent": (active_pdf(page=_link(b"/S /SubmitForm /F (https://example.org)")), "submit"),
    "another file": (active_pdf(page=_link(b"/S /GoToR /F (//server/share/x.pdf) /D [0 /Fit]")), "other_file"),
    "a script as a link": (active_pdf(page=_link(b"/S /URI /URI (JavaScript:alert\\(1\\))")), "link"),
    "a share as a link": (active_pdf(page=_link(b"/S /URI /URI (\\\\\\\\server\\\\share)")), "link"),
    "a base that links lead to": (active_pdf(catalog=b"/URI << /Base (file:///) >>"), "link"),
    "a film": (active_pdf(page=b"/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>]"), "media"),
    "a form in XFA": (
        active_pdf(catalog=b"/AcroForm << /Fields [] /XFA 4 0 R >>", more=(b"<< /Length 0 >>\nstream\n\nendstream",)),
        "form",
    ),
    "a program that is attached": (_attached(b"a.exe", b"MZ"), "attached"),
    "a program under the name of a text": (_attached(b"a.txt", b"MZ\x90\0\3"), "attached"),
    "a page that is attached as XML": (
        _attached(b"a.xml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        "attached",
    ),
}
"""PDFs with what is to be found in them."""

HARMLESS_PDFS: Final = {
    "a link to the web": active_pdf(page=_link(b"/S /URI /URI (https://example.org/a:b)")),
    "a link without a scheme": active_pdf(page=_link(b"/S /URI /URI (www.example.org/x)")),
    "a mail address": active_pdf(page=_link(b"/S /URI /URI (mailto:a@example.org)")),
    "a place in it to begin at": active_pdf(catalog=b"/OpenAction [3 0 R /Fit]"),
    "an XML file of a PDF/A-3": _attached(b"a.xml", b"<?xml version='1.0'?><iati-activities/>"),
}


def in_object_streams(data: bytes) -> bytes:
    """The same with its objects packed together."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def office(**parts: str) -> bytes:
    """A ZIP file of these parts, ``__`` for a slash and ``_dot_`` for a dot in their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_dot_", ".")), content)
    return packed.getvalue()


def docx(document: str = "<w xmlns='urn:w'/>", **more: str) -> bytes:
    return office(**{"[Content_Types]_dot_xml": "<Types/>", "word__document_dot_xml": document, **more})


def odt(content: str = "<office/>", **more: str) -> bytes:
    return office(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml=content, **more)


def relation(kind: str, target: str) -> dict[str, str]:
    """The relations of a DOCX with one that leads outside."""
    one = f'<Relationship Id="a" Type="http://x/relationships/{kind}" Target="{target}" TargetMode="External"/>'
    return {"word___rels__document_dot_xml_dot_rels": f"<Relationships xmlns='urn:r'>{one}</Relationships>"}


_XLINK: Final = "xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:o='urn:o'"
ACTIVE_OFFICE: Final = {
    "a template from the web": ("DOCX", docx(**relation("attachedTemplate", "https://example.org/x.dotm")), "external"),
    "a picture from the web": ("DOCX", docx(**relation("image", "https://example.org/x.png")), "external"),
    "a link to a program": ("DOCX", docx(**relation("hyperlink", "file:///c:/x.exe")), "link"),
    "an embedded object": ("DOCX", docx(word__embeddings__oleObject1_dot_bin="x"), "embedded"),
    "a control": ("DOCX", docx(word__activeX__activeX1_dot_xml="<x/>"), "controls"),
    "a field that asks a program, in pieces": (
        "DOCX", docx("<w xmlns='urn:w'><instrText>D</instrText><b/><instrText>DEAUTO c:\\\\x</instrText></w>"), "dde",
    ),
    "macros by their type": (
        "DOCX",
        docx(**{"[Content_Types]_dot_xml": "<Types><Override ContentType='x.macroEnabled.main+xml'/></Types>"}),
        "macros",
    ),
    "links to other workbooks": (
        "XLSX",
        office(**{"[Content_Types]_dot_xml": "<T/>", "xl__workbook_dot_xml": "<w/>",
                  "xl__externalLinks__externalLink1_dot_xml": "<x/>"}),
        "external",
    ),
    "an event": ("ODT", odt("<o xmlns:s='urn:script'><s:event-listener/></o>"), "macros"),
    "an object of another program": ("ODT", odt("<o xmlns:d='urn:d'><d:object-ole/></o>"), "embedded"),
    "an OpenDocument picture from the web": (
        "ODT", odt(f"<o:x {_XLINK}><o:image xlink:href='https://example.org/x.png'/></o:x>"), "external",
    ),
    "a link to a macro": ("ODT", odt(f"<o:x {_XLINK}><o:a xlink:href='vnd.sun.star.script:x'/></o:x>"), "link"),
}  # fmt: skip
"""Their kind, their bytes, and what is to be found in them."""

HARMLESS_OFFICE: Final = {
    "a text": ("DOCX", docx()),
    "a link to the web in a DOCX": ("DOCX", docx(**relation("hyperlink", "https://example.org"))),
    "an OpenDocument text with a chart, a picture and a link": (
        "ODT",
        odt(f"<o:x {_XLINK}><o:object xlink:href='./Object 1'/><o:image xlink:href='Pictures/a.png'/>"
            "<o:a xlink:href='https://example.org'/></o:x>"),
    ),
}  # fmt: skip


def picture(kind: str, *, is_placed: bool = False) -> bytes:
    """A picture of four points; with the place where it was taken, if wanted."""
    output = io.BytesIO()
    image = Image.new("RGB", (2, 2))
    data = image.getexif()
    if is_placed:
        data.get_ifd(0x8825)[1] = "N"
    image.save(output, kind, exif=data.tobytes())
    return output.getvalue()
