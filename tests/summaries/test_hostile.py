"""Files made to break, stall or exhaust their reader: each ends in an answer."""

import zlib
from typing import Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.summaries import examine
from agreements.summaries.verify import Finding, verify_pdf
from moc_portal.apart import Unreadable

pytestmark = pytest.mark.django_db

HEAD: Final = b"%PDF-1.7\n"
CATALOG: Final = b"<< /Type /Catalog >>"
LARGE: Final = 1_000_000


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R", size: int = 0, startxref: int | None = None) -> bytes:
    """A PDF of these numbered objects; OWN in the trailer stands for where its own table begins."""
    out, offsets = HEAD, []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = trailer.replace(b"OWN", b"%d" % table)
    start = table if startxref is None else startxref
    return out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size or len(objects) + 1, trailer, start)


def pdf_with_table_stream(index: bytes, unpacked: bytes) -> bytes:
    """A PDF whose cross-reference table is a packed stream."""
    packed = zlib.compress(unpacked, 9)
    entries = b"/Type /XRef /Size 99999999 /W [1 8 8] /Root 1 0 R /Filter /FlateDecode " + index
    body = b"1 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (entries, len(packed), packed)
    return HEAD + body + b"startxref\n%d\n%%%%EOF\n" % len(HEAD)


def pdf_with_fields(fields: bytes, *field_objects: bytes) -> bytes:
    """A PDF whose form has these fields; the first field object is number 2."""
    return pdf(b"<< /Type /Catalog /AcroForm << /Fields [%s] /SigFlags 3 >> >>" % fields, *field_objects)


def pdf_with_seal(contents: bytes, byte_range: bytes) -> bytes:
    """A PDF with a signature field of this content and extent."""
    entries = b"/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached"
    return pdf_with_fields(
        b"2 0 R",
        b"<< /FT /Sig /T (Seal) /V 3 0 R >>",
        b"<< %s /Contents <%s> /ByteRange %s >>" % (entries, contents, byte_range),
    )


def branching_fields() -> bytes:
    """A million million fields to walk through: six levels, each with a hundred kids that are one and the same."""
    levels = [b"<< /T (a) /Kids [%s] >>" % (b"%d 0 R " % (number + 1) * 100) for number in range(2, 8)]
    return pdf_with_fields(b"2 0 R " * 100, *levels, b"<< /T (z) /FT /Tx >>")


HOSTILE: Final = {
    "an earlier table that is the same table": pdf(CATALOG, trailer=b"/Root 1 0 R /Prev OWN"),
    "a table that unpacks to 200 MB": pdf_with_table_stream(b"", bytes(200 * LARGE)),
    "a table that claims 99,999,999 entries": pdf_with_table_stream(b"/Index [0 99999999]", bytes(100)),
    "a table that begins before the file": pdf(CATALOG, startxref=-5),
    "a table that begins a terabyte later": pdf(CATALOG, startxref=10**12),
    "two objects that are each other": pdf(b"2 0 R", b"1 0 R"),
    "a field that is its own kid": pdf_with_fields(b"2 0 R", b"<< /T (a) /Kids [2 0 R] >>"),
    "a seal that covers what lies before the file": pdf_with_seal(b"00" * 50, b"[0 -5 10 20]"),
    "a seal that covers what lies after the file": pdf_with_seal(b"00" * 50, b"[0 99999999999 10 20]"),
    "a seal that covers words": pdf_with_seal(b"00" * 50, b"[/a (b) null 20]"),
    "a seal that covers nothing": pdf_with_seal(b"00", b"null"),
    "a seal that is no signature": pdf_with_seal(b"30820500" + b"41" * 500, b"[0 10 20 30]"),
    "a number of five million digits": pdf(b"<< /Type /Catalog /X %s >>" % (b"9" * 5 * LARGE)),
    "dictionaries within dictionaries": pdf(b"<< /A " * 100_000 + b"null" + b">>" * 100_000),
    "a bracket that opens a million times": pdf(b"(" * LARGE),
    "nothing but comments": HEAD + b"%a\n" * 6 * LARGE,
    "nothing but ends": HEAD + b"startxref\n9\n%%EOF\n" * (LARGE // 2),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_is_called_damaged(data: bytes) -> None:
    assert verify_pdf(data).finding is Finding.DAMAGED


@pytest.mark.parametrize(
    "data", [pdf(CATALOG, size=2**31), pdf(b"<< >>", trailer=b"")], ids=["a size that is a lie", "no catalogue"]
)
def test_has_no_seal(data: bytes) -> None:
    assert verify_pdf(data).finding is Finding.NO_SEAL


def test_reading_ends_when_the_time_is_up() -> None:
    with pytest.raises(Unreadable, match=r"SIGXCPU|SIGKILL|MemoryError"):
        examine.examine_apart(branching_fields(), [])


def test_a_visitor_gets_a_page(client: Client) -> None:
    upload = SimpleUploadedFile("a.pdf", HOSTILE["two objects that are each other"], "application/pdf")

    answer = client.post("/en/verify/", {"file": upload})

    assert answer.status_code == 200
    assert 'data-genuine="no"' in answer.content.decode()
