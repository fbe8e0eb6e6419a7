"""Files that are no whole tables, or mean harm: each refused in words, and nothing of it is kept."""

import io
import zipfile
from datetime import datetime

import pytest
from django.contrib.auth.models import User

from agreements.intake.errors import Flaw, Unreadable
from agreements.intake.models import Import, ImportRow, ImportState
from agreements.intake.opening import open_sheet
from agreements.intake.words import explain_unreadable
from tests.intake.imports import check_again, checked, received
from tests.intake.messy import GOOD, HEADINGS, as_csv, as_xlsx, row

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = LAUGHS.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')


def with_sheet(xml: bytes, *, name: str = SHEET) -> bytes:
    """A workbook with this instead of what a member held."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx(GOOD[:1]))) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, xml if member == name else old.read(member))
        if name not in old.namelist():
            new.writestr(name, xml)
    return made.getvalue()


def archive(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
    return made.getvalue()


TEXT = as_csv(GOOD, encoding="utf-8")
BOOK = as_xlsx(GOOD)
HOSTILE = {
    "empty": (b"", Flaw.EMPTY),
    "a ZIP bomb": (with_sheet(b" " * 30_000_000), Flaw.BOMB),
    "a bomb beside the sheets": (with_sheet(b"0" * 30_000_000, name="xl/media/image1.png"), Flaw.BOMB),
    "a workbook cut in half": (BOOK[: len(BOOK) // 2], Flaw.CUT),
    "a billion laughs": (with_sheet(LAUGHS.encode()), Flaw.ENTITIES),
    "an external entity": (with_sheet(OUTSIDE.encode()), Flaw.ENTITIES),
    "XML that ends early": (with_sheet(b"<worksheet><sheetData><row>"), Flaw.DAMAGED),
    "no workbook but a ZIP": (archive(letter=b"x"), Flaw.OTHER_KIND),
    "an old or locked workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Flaw.OLD_OR_LOCKED),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, Flaw.BINARY),
    "text cut inside a quotation": (b'a;b\r\n1;"2', Flaw.CUT),
    "text cut inside a row": (TEXT[:-9], Flaw.CUT),
    "text cut inside a letter": ("a;b\r\n1;ب".encode()[:-1], Flaw.CUT),
    "zeros in wide text": ("a;b\r\n1\0;2\r\n".encode("utf-16"), Flaw.BINARY),
    "a stray quotation mark": (b'a;b\r\n"1"x;2\r\n', Flaw.QUOTES),
    "a cell without end": (b"a;b\r\n" + b"x" * 60_000 + b";2\r\n", Flaw.LONG_CELL),
    "too many columns": (";".join(["a"] * 300).encode() + b"\r\n", Flaw.TOO_MANY_COLUMNS),
}


class TestHostileFiles:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_are_refused_in_words(self, name: str) -> None:
        content, flaw = HOSTILE[name]

        with pytest.raises(Unreadable) as refused:
            list(open_sheet(io.BytesIO(content)).rows())

        assert refused.value.flaw == flaw
        assert explain_unreadable(refused.value).endswith((".", "?"))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_whole_ones_are_read_in_every_usual_encoding(self, encoding: str, delimiter: str) -> None:
        rows = [GOOD[0], ("A-7", "", "مذكرة تعاون بين الطرفين", "other")]

        found = list(open_sheet(io.BytesIO(as_csv(rows, encoding=encoding, delimiter=delimiter))).rows())

        assert found[0].cells == HEADINGS
        assert found[2].cells[2] == "مذكرة تعاون بين الطرفين"

    @pytest.mark.django_db
    def test_keep_nothing(self, editor: User, noon: datetime) -> None:
        with pytest.raises(Unreadable):
            received(HOSTILE["a ZIP bomb"][0], by=editor, at=noon)

        assert not Import.objects.exists()

    @pytest.mark.django_db
    def test_fail_as_a_whole_where_the_fault_comes_late(self, editor: User, noon: datetime) -> None:
        one = checked(as_csv([*GOOD, *([("x", "y")] * 600)])[:-2] + b'\r\n"', by=editor, at=noon)

        assert (one.state, one.flaw["code"]) == (ImportState.FAILED, Flaw.CUT)
        assert not ImportRow.objects.exists()

    @pytest.mark.django_db
    def test_in_another_encoding_than_chosen_are_refused(self, editor: User, noon: datetime) -> None:
        one = checked(
            as_csv([row(ref="A-7", arabic="مذكرة تعاون", kind="other")], encoding="windows-1256"), by=editor, at=noon
        )
        Import.objects.filter(pk=one.pk).update(encoding="utf-8")

        again = check_again(one, by=editor, at=noon)

        assert (again.state, again.flaw["code"]) == (ImportState.FAILED, Flaw.ENCODING)
