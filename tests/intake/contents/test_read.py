"""Files of editions are read whole or refused in words, whoever made them."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.intake.contents.errors import FileFault, FileRefused
from agreements.intake.contents.incoming import IncomingContent
from agreements.intake.contents.read import From, read_editions
from tests.editions.contents import shipped
from tests.summaries.attacks.exhausting import pdf

FROZEN = Path(__file__).parents[2] / "editions" / "frozen"
WHOLE = canonical_bytes(shipped())


def read(data: bytes, source: str = "") -> list[IncomingContent]:
    return list(read_editions(BytesIO(data), From(source)))


class TestReadEditions:
    def test_reads_every_schema_version_with_the_hash_that_it_was_published_under(self) -> None:
        for path in FROZEN.glob("version-*.json"):
            [one] = read(path.read_bytes())
            assert one.content.schema_version == 2
            assert one.provenance.content_hash == content_hash(path.read_bytes())

    def test_indented_or_with_a_byte_order_mark_the_hash_is_the_same(self) -> None:
        indented = b"\xef\xbb\xbf" + json.dumps(json.loads(WHOLE), indent=2).encode()

        [one] = read(indented, "https://register.example/id/MOC-0001/3.json")

        assert one.provenance.content_hash == content_hash(WHOLE)
        assert (one.provenance.authority, one.provenance.edition_number) == ("register.example", 3)

    def test_reads_lines(self) -> None:
        assert [one.number for one in read(WHOLE + b"\n\n" + WHOLE + b"\n")] == [1, 2]

    def test_says_what_is_wrong(self) -> None:
        document = json.loads(WHOLE)

        def changed(**fields: object) -> bytes:
            return json.dumps(document | fields).encode()

        faults = {
            FileFault.EMPTY: [b"", b"\n\n"],
            FileFault.NOT_JSON: [
                WHOLE[:-100], WHOLE + b"\n" + WHOLE[:-1], b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}",
                changed(title={"en": "\x00"}), changed(title={"en": "\ud800"}), changed(title={"en": float("nan")}),
                *(
                    json.dumps({"content": document, name: f"https://register.example/{sign}"}).encode()
                    for name in ("address", "content_sha256")
                    for sign in ("\x00", "\ud800")
                ),
            ],
            FileFault.NOT_UTF8: [WHOLE.decode().encode("utf-16"), b"\xff\xfe"],
            FileFault.NOT_AN_EDITION: [b"[]", b"{}", b'"text"', b'{"content": {}}'],
            FileFault.NEWER: [changed(schema_version=99), changed(schema_version="x")],
            FileFault.UNFIT: [
                changed(kind="treaty"), changed(title=None), changed(more=1), changed(register_number=1),
                changed(dates={"a": 1}), changed(schema_version=[]),
            ],
            FileFault.PDF_UNREADABLE: [b"%PDF-1.7\n" + b"\xff" * 100],
            FileFault.PDF_EMPTY: [pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>")],
        }  # fmt: skip
        for fault, files in faults.items():
            for data in files:
                with pytest.raises(FileRefused) as refused:
                    read(data)
                assert refused.value.fault == fault, (data[:60], str(refused.value))
                assert "%(" not in str(refused.value)
