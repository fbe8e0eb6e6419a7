"""What acts by itself in an uploaded file is found wherever it is, and nothing is found where nothing acts."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from agreements.register.file_kinds import KINDS
from agreements.register.inside import Inside, NotLookedThrough, look_here, look_inside, without_active
from agreements.vocabulary.files import ActiveContent, FileRemark
from tests.active_files import (
    ACTIVE_OFFICE,
    ACTIVE_PDFS,
    HARMLESS_OFFICE,
    HARMLESS_PDFS,
    active_pdf,
    docx,
    in_object_streams,
    odt,
    picture,
)
from tests.register.test_file_kinds import EXAMPLES
from tests.signed_pdfs import UNSIGNED, locked, sign, signer
from tests.summaries.attacks.exhausting import OF_NOTHING

REMOVED = [name for name, (_data, found) in ACTIVE_PDFS.items() if found in ("script", "launch", "submit", "link")]


def found_in(data: bytes, kind: str) -> list[str]:
    return list(look_here(data, kind)["active"])


class TestPdf:
    @pytest.mark.parametrize("name", ACTIVE_PDFS)
    def test_is_seen_to_act(self, name: str) -> None:
        data, what = ACTIVE_PDFS[name]

        assert found_in(data, "PDF") == [what]
        assert found_in(in_object_streams(data), "PDF") == [what]

    @pytest.mark.parametrize("name", HARMLESS_PDFS)
    def test_that_only_shows_is_let_be(self, name: str) -> None:
        assert found_in(HARMLESS_PDFS[name], "PDF") == []

    @pytest.mark.parametrize("name", REMOVED)
    def test_can_be_had_without(self, name: str) -> None:
        cleaned = without_active(in_object_streams(ACTIVE_PDFS[name][0]))

        assert look_inside(cleaned, "PDF") == Inside()

    def test_that_is_signed_or_locked_is_told(self) -> None:
        assert look_inside(sign(UNSIGNED, signer("A signer")), "PDF") == Inside(is_signed=True)
        assert look_inside(locked(UNSIGNED), "PDF") == Inside(is_locked=True, is_encrypted=True)

    def test_that_is_broken_is_not_taken_for_harmless(self) -> None:
        with pytest.raises(NotLookedThrough):
            look_inside(b"%PDF-1.7 and no more", "PDF")

    @pytest.mark.parametrize("name", OF_NOTHING)
    def test_ends_in_an_answer_however_hostile(self, name: str) -> None:
        try:
            look_inside(OF_NOTHING[name](), "PDF")
        except NotLookedThrough:
            return

    @settings(max_examples=50, deadline=None)
    @given(some.integers(0, 600), some.binary(min_size=1, max_size=8))
    def test_never_goes_unseen_for_a_few_other_bytes_behind_it(self, place: int, junk: bytes) -> None:
        data = active_pdf(catalog=b"/OpenAction << /S /JavaScript /JS (x) >>")
        end = data.index(b"endobj") + 6
        place = end + place % (len(data) - end)
        try:
            found = found_in(data[:place] + junk + data[place + len(junk) :], "PDF")
        except Exception:  # noqa: BLE001  # broken: the process apart ends of it, and the file is refused
            return
        assert found == ["script"]


class TestOffice:
    @pytest.mark.parametrize("name", ACTIVE_OFFICE)
    def test_is_seen_to_act(self, name: str) -> None:
        kind, data, what = ACTIVE_OFFICE[name]

        assert found_in(data, kind) == [what]

    @pytest.mark.parametrize("name", HARMLESS_OFFICE)
    def test_that_only_shows_is_let_be(self, name: str) -> None:
        kind, data = HARMLESS_OFFICE[name]

        assert look_inside(data, kind) == Inside()

    @pytest.mark.parametrize(
        "data",
        [
            docx("<!DOCTYPE x [<!ENTITY a 'a'>]><x>&a;</x>"),
            docx("<x>"),
            docx("<x>" + " " * 300_000_000 + "</x>"),
            odt("<x>" * 200_000),
            docx()[:100],
        ],
        ids=["entities", "not well-formed", "300 MB of nothing", "depth", "cut off"],
    )
    def test_that_can_not_be_read_is_not_taken_for_harmless(self, data: bytes) -> None:
        with pytest.raises(NotLookedThrough):
            look_inside(data, "ODT" if b"mimetype" in data else "DOCX")


class TestPicture:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_that_ends_where_it_ends_is_let_be(self, kind: str) -> None:
        assert look_inside(picture(kind), kind) == Inside()

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_with_something_behind_its_end_is_seen(self, kind: str) -> None:
        for behind in (b"PK\x05\x06" + b"\0" * 18, b"<script>alert(1)</script>", HARMLESS_OFFICE["a text"][1]):
            assert found_in(picture(kind) + behind, kind) == ["trailing"]

    def test_may_have_a_preview_and_padding_behind_it(self) -> None:
        assert found_in(picture("JPEG") + b"\0" * 40 + picture("JPEG") + b"\0\0", "JPEG") == []

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_says_where_it_was_taken(self, kind: str) -> None:
        assert look_inside(picture(kind, is_placed=True), kind).remarks == (FileRemark.LOCATION,)

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_that_is_cut_off_is_not_taken_for_harmless(self, kind: str) -> None:
        with pytest.raises(NotLookedThrough):
            look_inside(picture(kind)[:-9], kind)


class TestTable:
    @pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", " =A1", '"=HYPERLINK(""x"")"'])
    def test_is_told_to_hold_formulas(self, cell: str) -> None:
        assert look_inside(f"a;b\n1;{cell}\n".encode(), "CSV").remarks == (FileRemark.FORMULAS,)

    @pytest.mark.parametrize("cell", ["-1", "+964", "-1,5", "-", "a=b", "-3.5 %"])
    def test_with_signs_and_numbers_holds_none(self, cell: str) -> None:
        assert look_here(f"a;b\n1;{cell}\n".encode(), "CSV")["remarks"] == []


class TestAnyFile:
    @given(some.binary(max_size=300), some.sampled_from(sorted(KINDS)), some.integers(0, 300))
    def test_ends_in_an_answer_or_an_error(self, junk: bytes, kind: str, cut: int) -> None:
        example = next(data for name, data in EXAMPLES.items() if KINDS[kind].suffixes[-1] in name.lower())
        try:
            found = look_here(example[:cut] + junk, kind)
        except Exception:  # noqa: BLE001  # as above: only that nothing hangs, and no answer is a guess
            return
        assert {ActiveContent(one) for one in found["active"]} <= set(ActiveContent)

    def test_packed_beyond_all_measure_is_refused(self) -> None:
        packed = zlib.compress(bytes(200_000_000), 9)
        stream = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        look = active_pdf(more=(stream % (len(packed), packed),))
        try:
            look_inside(look, "PDF")
        except NotLookedThrough:
            return
