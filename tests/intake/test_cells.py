"""Cells as people fill them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from agreements.intake.cell_dates import read_date
from agreements.intake.cells import read_amount, read_code, read_list, read_text, read_whole
from agreements.intake.columns import guess
from agreements.intake.errors import CellFlaw, CellRefused, MappingInvalid
from agreements.intake.mapping import ColumnMapping
from agreements.intake.opening import open_sheet
from agreements.intake.sheets import Cell
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import AgreementKind

DATES = {
    "2021-02-05": "2021-02-05", "05/02/2021": "2021-02-05", "5.2.2021": "2021-02-05", "2021/2/5": "2021-02-05",
    "2021-02-05T10:00:00Z": "2021-02-05", "٠٥/٠٢/٢٠٢١": "2021-02-05", "۲۰۲۱": "2021", "2021-02": "2021-02",
    "02/2021": "2021-02", "14/07/1789": "1789-07-14", "1789": "1789", "5 February 2021": "2021-02-05",
    "Feb 5, 2021": "2021-02-05", "٥ شباط ٢٠٢١": "2021-02-05", "فبراير 2021": "2021-02", "شوباتی 2021": None,
    "شوبات 2021": "2021-02", 44232: "2021-02-05", "44232": "2021-02-05", 44232.75: "2021-02-05", 2021: "2021",
    "31/02/2021": CellFlaw.DATE_NO_DAY, "02/13/2021": CellFlaw.DATE_ORDER, "5/2/21": CellFlaw.DATE_TWO_DIGITS,
    "soon": CellFlaw.DATE, 99999: CellFlaw.SERIAL_RANGE, True: CellFlaw.DATE, "x" * 9999: CellFlaw.DATE,
    "": "", "-": "", "n/a": "", "غير مذكور": "",
}  # fmt: skip


class TestReadDate:
    @pytest.mark.parametrize(("cell", "meant"), [(cell, meant) for cell, meant in DATES.items() if meant is not None])
    def test_reads_what_is_written_and_guesses_nothing(self, cell: Cell, meant: str | CellFlaw) -> None:
        try:
            found: str | CellFlaw = read_date(cell) or ""
        except CellRefused as refused:
            found = refused.flaw

        assert found == meant

    def test_puts_the_month_first_where_that_is_chosen(self) -> None:
        assert read_date("02/05/2021", month_first=True) == "2021-02-05"

    @given(st.text(max_size=80) | st.floats() | st.integers())
    @settings(max_examples=150)
    def test_gives_a_date_of_the_calendar_or_refuses(self, cell: str | float) -> None:
        try:
            found = read_date(cell)
        except CellRefused:
            return
        assert PartialDate.parse(found).value == found


class TestWorkbookDates:
    @pytest.mark.parametrize("is_1904", [False, True])
    def test_are_as_precise_as_the_cell_shows_them(self, is_1904: bool) -> None:
        book = Workbook()
        if is_1904:
            book.epoch = CALENDAR_MAC_1904
        sheet = book.active
        sheet.append([date(2021, 2, 5), date(2021, 2, 1), date(2021, 1, 1)])
        for column, shown in (("A", "dd/mm/yyyy"), ("B", "mmm-yy"), ("C", "yyyy")):
            sheet[f"{column}1"].number_format = shown
        file = BytesIO()
        book.save(file)

        (row,) = open_sheet(file).rows()

        assert [read_date(cell) for cell in row.cells] == ["2021-02-05", "2021-02", "2021"]


class TestOtherCells:
    def test_amounts_are_read_in_both_ways_of_grouping(self) -> None:
        for text in ("250,000", "250.000", "250 000,00", "٢٥٠٬٠٠٠", "USD 250000", 250000, 250000.0):
            assert read_amount(text)[0] == Decimal(250000), text
        assert read_amount("USD 1.5")[:2] == (Decimal("1.50"), "USD")
        for text in ("-5", "a lot", "1.2345", 12.345):
            with pytest.raises(CellRefused):
                read_amount(text)

    def test_codes_are_told_by_code_label_or_abbreviation(self) -> None:
        for text in ("memorandum_of_understanding", "Memorandum of understanding", "MoU", "مذكرة تفاهم"):
            assert read_code(text, AgreementKind) == AgreementKind.MEMORANDUM_OF_UNDERSTANDING
        with pytest.raises(CellRefused, match="code"):
            read_code("treaty", AgreementKind)

    def test_lists_are_parted_by_semicolons_of_either_script_and_lines(self) -> None:
        assert read_list("One;  Two ؛ One\nThree;;") == ("One", "Two", "Three")

    def test_numbers_and_texts_are_taken_for_each_other(self) -> None:
        assert (read_text(12.0), read_text(7), read_whole("٦"), read_whole("12.0")) == ("12", "7", 6, 12)
        for bad in ("=1+1", "#REF!", "lost \ufffd letters"):
            with pytest.raises(CellRefused):
                read_text(bad)


class TestHeadings:
    def test_suggest_their_fields_in_three_languages(self) -> None:
        headings = [
            "No.",
            "Title (Arabic)",
            "العنوان",
            "Amount (USD)",
            "Party 1",
            "Party 2",
            "ناونیشان",
            "تاريخ التوقيع",
        ]

        assert list(guess(headings).items()) == [
            ("No.", "reference"), ("Title (Arabic)", "title_ar"), ("Amount (USD)", "amount"), ("Party 1", "role:party"),
            ("Party 2", "role:party"), ("ناونیشان", "title_ckb"), ("تاريخ التوقيع", "date:signed"),
        ]  # fmt: skip

    def test_a_mapping_kept_as_a_file_is_the_same_when_it_is_read(self) -> None:
        mapping = ColumnMapping(name="وزارة", columns={"Title": "title_en"}, month_first=True)

        assert ColumnMapping.from_json(mapping.to_json()) == mapping

    @given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
    @settings(max_examples=60)
    def test_anything_else_is_no_mapping(self, content: bytes) -> None:
        with pytest.raises(MappingInvalid):
            ColumnMapping.from_json(content)
