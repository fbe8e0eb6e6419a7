"""Editions of every schema version stay readable, byte for byte."""

import json
from pathlib import Path

import pytest

from agreements.editions.canonical import canonical_bytes
from agreements.editions.content import SCHEMA_VERSION
from agreements.editions.errors import UnknownSchemaVersion, UnreadableContent
from agreements.editions.readers import read_content

FROZEN = Path(__file__).parent / "frozen"


class TestReadContent:
    def test_there_is_a_frozen_example_of_every_version(self) -> None:
        assert {one.name for one in FROZEN.iterdir()} == {f"version-{n}.json" for n in range(1, SCHEMA_VERSION + 1)}

    @pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
    def test_reads_the_frozen_example(self, version: int) -> None:
        content = read_content(Path(FROZEN, f"version-{version}.json").read_bytes())

        assert content.register_number == "MOC-0001"
        assert len(content.funders) == 4

    def test_gives_the_newest_example_back_byte_for_byte(self) -> None:
        stored = Path(FROZEN, f"version-{SCHEMA_VERSION}.json").read_bytes()

        assert canonical_bytes(read_content(stored)) == stored

    def test_refuses_a_version_from_the_future(self) -> None:
        with pytest.raises(UnknownSchemaVersion):
            read_content(json.dumps({"schema_version": SCHEMA_VERSION + 1}).encode())

    @pytest.mark.parametrize("stored", [b"", b"[]", b"{", b'{"schema_version": 1}'])
    def test_refuses_what_is_no_content(self, stored: bytes) -> None:
        with pytest.raises(UnreadableContent):
            read_content(stored)
