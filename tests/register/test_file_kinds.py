"""What a file is, told by its content."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as some

from agreements.register.file_kinds import (
    KINDS,
    MAX_BYTES,
    Unfit,
    UnfitFile,
    examine_file,
    is_encrypted_pdf,
    media_type_of,
)


def archive(**parts: str) -> bytes:
    """A ZIP file that does not say when it was made: tests are named by it, and must be named alike in all workers."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_dot_", ".")), content)
    return packed.getvalue()


TYPES = "[Content_Types]_dot_xml"
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>"
EXAMPLES = {
    "a.pdf": PDF,
    "a.PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "a.jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01",
    "a.webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "a.docx": archive(**{TYPES: "<x/>", "word__document_dot_xml": "<x/>"}),
    "a.xlsx": archive(**{TYPES: "<x/>", "xl__workbook_dot_xml": "<x/>"}),
    "a.odt": archive(mimetype="application/vnd.oasis.opendocument.text"),
    "a.ods": archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    "a.txt": "نص المذكرة\r\n".encode(),
    "a.csv": "عمود,column\n1,2\n".encode("utf-8-sig"),
}


def refusal(content: bytes, name: str) -> tuple[Unfit, str]:
    with pytest.raises(UnfitFile) as refused:
        examine_file(ContentFile(content), name)
    return refused.value.why, refused.value.found


class TestExamineFile:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_knows_each_kind_by_its_content(self, name: str) -> None:
        kind = examine_file(ContentFile(EXAMPLES[name]), name)

        assert kind is KINDS[kind.name]
        assert f".{name.rpartition('.')[2].lower()}" in kind.suffixes

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_takes_no_kind_under_the_name_of_another(self, name: str) -> None:
        for other in EXAMPLES:
            if other != name and {name, other} != {"a.txt", "a.csv"}:
                assert refusal(EXAMPLES[name], other)[0] is Unfit.OTHER_CONTENT

    @pytest.mark.parametrize(
        ("content", "name", "why", "found"),
        [
            (b"", "a.pdf", Unfit.EMPTY, ""),
            (b"MZ\x90\0\x03\0\0\0" * 20, "a.pdf", Unfit.CONTENT, ""),
            (b"MZ\x90\0", "a.pdf.exe", Unfit.SUFFIX, ".exe"),
            (b"<svg/>", "a.svg", Unfit.SUFFIX, ".svg"),
            (b"text", "README", Unfit.SUFFIX, ""),
            (b"a\0b", "a.txt", Unfit.CONTENT, ""),
            ("نص".encode("cp1256"), "a.txt", Unfit.CONTENT, ""),
            (EXAMPLES["a.docx"][:60], "a.docx", Unfit.CONTENT, "ZIP"),
            (archive(readme="x"), "a.docx", Unfit.CONTENT, "ZIP"),
            (archive(**{TYPES: "x", "word__document_dot_xml": "x", "word__vbaProject_dot_bin": "x"}), "a.docx",
             Unfit.MACROS, ""),
        ],
    )  # fmt: skip
    def test_says_why_it_takes_none(self, content: bytes, name: str, why: Unfit, found: str) -> None:
        assert refusal(content, name) == (why, found)

    def test_takes_nothing_that_the_scanner_would_not(self) -> None:
        file = ContentFile(PDF)
        file.size = MAX_BYTES + 1  # type: ignore[misc]

        with pytest.raises(UnfitFile, match="too_large"):
            examine_file(file, "a.pdf")

    @given(some.binary(max_size=300), some.sampled_from(list(EXAMPLES)), some.integers(0, 300))
    def test_answers_whatever_the_bytes(self, junk: bytes, name: str, cut: int) -> None:
        for content in (junk, EXAMPLES[name][:cut] + junk):
            assert media_type_of(ContentFile(content), name)


class TestEncryptedPdf:
    @pytest.mark.parametrize("trailer", [b"trailer << /Encrypt 5 0 R >>", b"<< /Type /XRef /Encrypt<< /V 4 >> >>"])
    def test_is_noticed(self, trailer: bytes) -> None:
        assert is_encrypted_pdf(ContentFile(PDF + trailer))

    def test_is_not_seen_in_words(self) -> None:
        assert not is_encrypted_pdf(ContentFile(PDF + b"(How to /Encrypt a file)"))
        assert not is_encrypted_pdf(ContentFile(b"/Encrypt 5 0 R"))
