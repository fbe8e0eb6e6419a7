"""The scanner's client, against its protocol on loopback and against ClamAV's own daemon."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from agreements.register.checks import check_scanner
from agreements.register.virus_scan import Address, ScanFailed, scan
from tests.scanners import EICAR, FOUND, clamd, loopback_scanner, real_scanner


def pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), 100_000):
        yield data[start : start + 100_000]


class TestScan:
    def test_says_what_a_clean_and_an_infected_file_are(self, settings: Settings) -> None:
        with loopback_scanner() as scanner:
            settings.CLAMD = scanner.address
            clean = scan(pieces(b"harmless" * 50_000))
            infected = scan(pieces(b"x" * 300_000 + EICAR))

        assert clean.is_clean
        assert infected.found == FOUND
        assert scanner.seen[0] == b"harmless" * 50_000

    @pytest.mark.parametrize(
        "answer", ["stream: no idea ERROR\0", "OK\0", "stream: OK", "stream: OKAY\0", "hello\0", "\0", "OK FOUND OK\0"]
    )
    def test_never_takes_another_answer_for_clean(self, settings: Settings, answer: str) -> None:
        with loopback_scanner(answer=answer) as scanner:
            settings.CLAMD = scanner.address
            with pytest.raises(ScanFailed):
                scan([b"data"])

    def test_reads_why_the_daemon_had_enough(self, settings: Settings) -> None:
        with loopback_scanner(limit=1000) as scanner:
            settings.CLAMD = scanner.address
            with pytest.raises(ScanFailed):
                scan(pieces(b"x" * 20_000_000))

    @pytest.mark.parametrize("address", ["tcp:127.0.0.1:1", "unix:/nowhere/at/all"])
    def test_fails_where_nobody_listens(self, settings: Settings, address: str) -> None:
        settings.CLAMD = address
        with pytest.raises(ScanFailed):
            scan([b"data"])


class TestRealDaemon:
    def test_answers_the_same(self, settings: Settings) -> None:
        if clamd() is None:
            pytest.skip("ClamAV's daemon is not installed (on Debian: apt-get install clamav-daemon)")
        with tempfile.TemporaryDirectory(prefix="clamd") as folder, real_scanner(Path(folder)) as address:
            settings.CLAMD = address
            assert scan([b"harmless"]).is_clean
            assert scan([EICAR]).found.startswith(FOUND)
            with pytest.raises(ScanFailed):
                scan(pieces(b"x" * 3_000_000))


class TestAddress:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("unix:/run/clamav/clamd.ctl", Address(path="/run/clamav/clamd.ctl")),
            ("tcp:clamav:3310", Address(host="clamav", port=3310)),
            ("tcp:[::1]:3310", Address(host="::1", port=3310)),
        ],
    )
    def test_is_a_socket_or_a_host_and_port(self, text: str, address: Address) -> None:
        assert Address.parse(text) == address

    @pytest.mark.parametrize("text", ["clamav", "unix:clamd.ctl", "tcp:clamav", "tcp:clamav:0", "tcp:clamav:70000", ""])
    def test_is_nothing_else(self, text: str) -> None:
        with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
            Address.parse(text)


class TestCheck:
    def test_warns_production_that_nothing_is_scanned(self, settings: Settings) -> None:
        settings.CLAMD, settings.DEVELOPMENT = "", False
        assert [one.id for one in check_scanner()] == ["agreements.W001"]
        settings.DEVELOPMENT = True
        assert check_scanner() == []

    def test_refuses_an_address_that_is_none(self, settings: Settings) -> None:
        settings.CLAMD = "clamav"
        assert [one.id for one in check_scanner()] == ["agreements.E001"]
