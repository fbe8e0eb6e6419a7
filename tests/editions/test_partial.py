"""Reading some fields of an edition: what tables make of them is what they make of all."""

from datetime import date
from pathlib import Path

import pytest

from agreements.editions.canonical import canonical_bytes
from agreements.editions.errors import UnreadableContent
from agreements.editions.models import Edition
from agreements.editions.partial import reader_of
from agreements.editions.readers import read_content
from agreements.formats.all_tables import TABLES
from agreements.formats.tables import Published
from tests.conftest import NOON
from tests.editions.contents import full

FROZEN = Path(__file__).parent / "frozen"
STORED = {path.stem: path.read_bytes() for path in FROZEN.glob("*.json")} | {"full": canonical_bytes(full())}


class TestReaderOf:
    @pytest.mark.parametrize("name", STORED)
    def test_reads_as_much_as_every_table_needs(self, name: str) -> None:
        edition = Edition(register_number="MOC-0001", number=1, published_at=NOON, content_hash="0" * 64)
        for table in TABLES:
            some, everything = reader_of(*table.fields)(STORED[name]), read_content(STORED[name])
            for day in (date(2020, 1, 1), date(2026, 11, 23)):
                told = [Published(edition, one, day, "https://x", None) for one in (some, everything)]
                assert list(table.rows(told[0])) == list(table.rows(told[1]))

    def test_leaves_out_what_was_not_asked_for(self) -> None:
        content = reader_of("title", "dates.kind")(STORED["full"])

        assert content.title == full().title
        with pytest.raises(AttributeError):
            _ = content.dates[0].date
        with pytest.raises(AttributeError):
            _ = content.summary

    def test_refuses_what_is_no_content(self) -> None:
        with pytest.raises(UnreadableContent):
            reader_of("title")(b"{")
