"""Files made to break, stall or exhaust their reader."""

import zlib
from collections.abc import Callable
from typing import Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name

from agreements.summaries.verify import Finding
from tests.summaries.attacks.attack import Attack, Given, Writer, added, dictionary, update

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


def packed_often(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def pdf_with_nested_bomb() -> bytes:
    """A cross-reference table that is packed five times over."""
    bomb = packed_often(bytes(100 * LARGE), 5)
    filters = b"[" + b"/FlateDecode " * 5 + b"]"
    entries = b"/Type /XRef /Size 9 /W [1 8 8] /Root 1 0 R /Filter %s /Length %d" % (filters, len(bomb))
    body = b"1 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (entries, bomb)
    return HEAD + body + b"startxref\n%d\n%%%%EOF\n" % len(HEAD)


def stream_object(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def pdf_with_attached_bomb() -> bytes:
    """A sound file whose attached JSON unpacks to a gigabyte; it has no seal, so nobody unpacks it."""
    packed = zlib.compress(zlib.compress(bytes(1000 * LARGE), 9), 9)
    catalog = b"<< /Type /Catalog /AF [<< /Type /Filespec /UF (a.json) /EF << /F 2 0 R >> >>] >>"
    return pdf(catalog, stream_object(b"/Type /EmbeddedFile /Filter [/FlateDecode /FlateDecode]", packed))


def pdf_of_object_streams() -> bytes:
    """The catalogue lies in a stream of objects that unpacks to 200 MB."""
    packed = zlib.compress(b"1 0 " + CATALOG + b" " * (200 * LARGE), 9)
    stream = stream_object(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed)
    first = HEAD + b"2 0 obj\n" + stream + b"\nendobj\n"
    rows = b"".join(
        bytes([kind]) + where.to_bytes(4, "big") + bytes([place])
        for kind, where, place in ((0, 0, 0), (2, 2, 0), (1, len(HEAD), 0), (1, len(first), 0))
    )
    table = stream_object(b"/Type /XRef /Size 4 /W [1 4 1] /Root 1 0 R", rows)
    return first + b"3 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(first)


def deep_tree(entry: bytes, levels: int) -> bytes:
    """A tree of pages, or an outline, in which each node has one kid."""
    kids = [b"<< /Type /Pages /Kids [%d 0 R] /First %d 0 R >>" % (number, number) for number in range(3, levels)]
    return pdf(b"<< /Type /Catalog %s 2 0 R >>" % entry, *kids)


def _sealed_bomb(given: Given) -> bytes:
    """A stranger's sealed file whose attached JSON unpacks to 300 MB: it is read for its hash."""

    def attach(writer: Writer) -> None:
        packed = zlib.compress(zlib.compress(bytes(300 * LARGE), 9), 9)
        file = generic.StreamObject(
            dictionary(Filter=generic.ArrayObject([pdf_name("/FlateDecode")] * 2)), encoded_data=packed
        )
        writer.root["/AF"][0][pdf_name("/EF")] = dictionary(F=writer.add_object(file))
        update(writer, writer.root["/AF"][0])

    return given.seal_elsewhere(added(given.unsealed, attach))


def _attack(
    make: Callable[[], bytes], finding: Finding = Finding.DAMAGED, source: str = "made to break parsers"
) -> Attack:
    return Attack(lambda _given: make(), finding, source)


_BOMB: Final = "decompression bomb"
_LOOP: Final = "endless reference"
_DEEP: Final = "nesting"

EXHAUSTING: Final = {
    "an earlier table that is the same table": _attack(
        lambda: pdf(CATALOG, trailer=b"/Root 1 0 R /Prev OWN"), source=_LOOP
    ),
    "a table that unpacks to 200 MB": _attack(
        lambda: pdf_with_table_stream(b"", bytes(200 * LARGE)), Finding.TOO_COSTLY, _BOMB
    ),
    "a table that is packed five times": _attack(pdf_with_nested_bomb, Finding.TOO_COSTLY, _BOMB),
    "a stream of objects that unpacks to 200 MB": _attack(pdf_of_object_streams, Finding.TOO_COSTLY, _BOMB),
    "an attachment that unpacks to a gigabyte": _attack(pdf_with_attached_bomb, Finding.NO_SEAL, _BOMB),
    "a sealed attachment that unpacks to 300 MB": Attack(_sealed_bomb, Finding.TOO_COSTLY, _BOMB),
    "a table that claims 99,999,999 entries": _attack(
        lambda: pdf_with_table_stream(b"/Index [0 99999999]", bytes(100)), Finding.TOO_COSTLY
    ),
    "a table that begins before the file": _attack(lambda: pdf(CATALOG, startxref=-5)),
    "a table that begins a terabyte later": _attack(lambda: pdf(CATALOG, startxref=10**12)),
    "a size that is a lie": _attack(lambda: pdf(CATALOG, size=2**31), Finding.NO_SEAL),
    "no catalogue": _attack(lambda: pdf(b"<< >>", trailer=b""), Finding.NO_SEAL),
    "two objects that are each other": _attack(lambda: pdf(b"2 0 R", b"1 0 R"), Finding.TOO_COSTLY, _LOOP),
    "a field that is its own kid": _attack(
        lambda: pdf_with_fields(b"2 0 R", b"<< /T (a) /Kids [2 0 R] >>"), source=_LOOP
    ),
    "a million million fields": _attack(branching_fields, Finding.TOO_COSTLY, _LOOP),
    "a seal that covers what lies before the file": _attack(lambda: pdf_with_seal(b"00" * 50, b"[0 -5 10 20]")),
    "a seal that covers what lies after the file": _attack(lambda: pdf_with_seal(b"00" * 50, b"[0 99999999999 10 20]")),
    "a seal that covers words": _attack(lambda: pdf_with_seal(b"00" * 50, b"[/a (b) null 20]")),
    "a seal that covers nothing": _attack(lambda: pdf_with_seal(b"00", b"null")),
    "a seal that is no signature": _attack(lambda: pdf_with_seal(b"30820500" + b"41" * 500, b"[0 10 20 30]")),
    "a number of fifteen million digits": _attack(
        lambda: pdf(b"<< /Type /Catalog /X %s >>" % (b"9" * 15 * LARGE)), Finding.TOO_COSTLY
    ),
    "dictionaries within dictionaries": _attack(
        lambda: pdf(b"<< /A " * 100_000 + b"null" + b">>" * 100_000), source=_DEEP
    ),
    "arrays within arrays": _attack(lambda: HEAD + b"[" * 200_000, source=_DEEP),
    "pages below pages below pages": _attack(lambda: deep_tree(b"/Pages", 20_000), Finding.NO_SEAL, _DEEP),
    "an outline of 20,000 levels": _attack(lambda: deep_tree(b"/Outlines", 20_000), Finding.NO_SEAL, _DEEP),
    "a bracket that opens a million times": _attack(lambda: pdf(b"(" * LARGE), source=_DEEP),
    "nothing but comments": _attack(lambda: HEAD + b"%a\n" * 6 * LARGE),
    "nothing but ends": _attack(lambda: HEAD + b"startxref\n9\n%%EOF\n" * (LARGE // 2), Finding.TOO_COSTLY),
    "nothing but zeros": _attack(lambda: HEAD + bytes(LARGE)),
    "more than 20 MB": _attack(lambda: HEAD + bytes(21 * LARGE), Finding.TOO_LARGE),
}

OF_NOTHING: Final[dict[str, Callable[[], bytes]]] = {
    "an earlier table that is the same table": lambda: pdf(CATALOG, trailer=b"/Root 1 0 R /Prev OWN"),
    "a table that begins a terabyte later": lambda: pdf(CATALOG, startxref=10**12),
    "a seal that covers what lies after the file": lambda: pdf_with_seal(b"00" * 50, b"[0 99999999999 10 20]"),
    "a number of five million digits": lambda: pdf(b"<< /Type /Catalog /X %s >>" % (b"9" * 5 * LARGE)),
    "nothing but ends": lambda: HEAD + b"startxref\n9\n%%EOF\n" * (LARGE // 2),
}
"""Some that are made without a summary, for other readers of strangers' files."""
