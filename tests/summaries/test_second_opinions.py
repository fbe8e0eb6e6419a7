"""Seals of every level on untouched files: the verifier, poppler's pdfsig and pyHanko's command line agree."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client, override_settings
from pyhanko.sign.validation.dss import DocumentSecurityStore

from agreements.editions.models import Edition
from agreements.summaries import verify
from agreements.summaries.examine import examine, examine_apart
from agreements.summaries.keys import current_sealer
from agreements.summaries.layout import SealNote, lay_out
from agreements.summaries.seal import seal_pdf
from agreements.summaries.seen import Change, Revocation, Seal
from agreements.summaries.store import read_summary, summary_for
from agreements.summaries.trust import timestamp_roots, trusted_roots
from agreements.summaries.verify import Finding, verify_pdf
from tests.authorities import Authority, authority, written_pem
from tests.conftest import NOON
from tests.published import first_agreement, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient_verifier")]

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")


@dataclass(frozen=True)
class Sealed:
    content: bytes
    root: Path
    seal_roots: list[bytes]
    stamp_roots: list[bytes]

    def seen(self, *, at: datetime | None = None) -> Seal:
        seal = examine(self.content, self.seal_roots, stamp_roots=self.stamp_roots, at=at).seal
        assert seal is not None
        return seal


@pytest.fixture(scope="module")
def pki() -> Iterator[Authority]:
    with authority() as served:
        yield served


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    return publish(first_agreement(), at=NOON)


@contextmanager
def sealing(pki: Authority, folder: Path, *, level: str, days: float = 730) -> Iterator[Path]:
    """Settings with a key of this authority; the file with its root."""
    key = pki.seal(days=days)
    root = written_pem(folder / "root.pem", pki.root.certificate)
    with override_settings(
        SEAL_PKCS12=str(key.pkcs12(folder / "seal.p12", password="secret")), SEAL_PKCS12_PASSWORD="secret",
        SEAL_LEVEL=level, TIMESTAMP_URL=pki.timestamp_url, TIMESTAMP_ROOTS=str(root),
    ):  # fmt: skip
        yield root


@pytest.fixture(scope="module", params=LEVELS)
def sealed(
    request: pytest.FixtureRequest, pki: Authority, edition: Edition, tmp_path_factory: pytest.TempPathFactory
) -> Sealed:
    with sealing(pki, tmp_path_factory.mktemp("seal"), level=request.param) as root:
        content = seal_pdf(
            lay_out(edition, "en", seal=SealNote(level=request.param, is_development=False)),
            sealer=current_sealer(), level=request.param,
        )  # fmt: skip
        return Sealed(content, root, trusted_roots(), timestamp_roots())


def level_of(sealed: Sealed) -> str:
    return sealed.seen().level


class TestEachLevel:
    def test_is_seen_with_its_time_and_its_material(self, sealed: Sealed) -> None:
        seal = sealed.seen()

        has_stamp, is_long = seal.level != "B-B", seal.level in ("B-LT", "B-LTA")
        assert (seal.holds, seal.trusted, seal.covers_all) == (True, True, True)
        assert (seal.stamp is not None and seal.stamp.trusted) is has_stamp
        assert seal.revocation is (Revocation.GOOD if is_long else Revocation.UNCHECKED)
        assert [one.trusted for one in seal.archive_stamps] == [True] * (seal.level == "B-LTA")
        assert {change for one in seal.revisions for change in one.changes} <= {Change.MATERIAL, Change.TIMESTAMP}
        assert seal.seals == 1

    def test_is_seen_alike_in_a_process_of_its_own(self, sealed: Sealed) -> None:
        apart = examine_apart(sealed.content, sealed.seal_roots, stamp_roots=sealed.stamp_roots).seal

        assert apart is not None
        assert (apart.level, apart.chain, apart.stamp) == (level_of(sealed), sealed.seen().chain, sealed.seen().stamp)

    def test_pdfsig_agrees(self, sealed: Sealed, tmp_path: Path) -> None:
        file = tmp_path / "summary.pdf"
        file.write_bytes(sealed.content)

        said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout

        assert "Signature is Valid" in said
        assert "is Invalid" not in said
        # What is added for the long term lies behind the seal, as it must.
        assert ("Total document signed" in said) is (level_of(sealed) != "B-LT")

    def test_pyhankos_command_line_agrees(self, sealed: Sealed, tmp_path: Path) -> None:
        file = tmp_path / "summary.pdf"
        file.write_bytes(sealed.content)
        command = [str(Path(sys.executable).with_name("pyhanko")), "sign", "validate", "--no-revocation-check"]

        done = subprocess.run(
            [*command, "--trust", str(sealed.root), "--trust-replace", str(file)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

        assert done.returncode == 0, done.stderr
        assert re.search(r"^Seal:[0-9a-f]{64}:INTACT:TRUSTED", done.stdout, re.MULTILINE)

    def test_can_be_checked_as_long_as_its_level_says(self, sealed: Sealed) -> None:
        after_its_certificate = datetime.now(UTC) + timedelta(days=731)

        assert sealed.seen(at=after_its_certificate).trusted is (level_of(sealed) != "B-B")


class TestWhatCanHappenToASeal:
    def test_a_file_of_the_archive_is_genuine_and_the_page_says_all_of_it(
        self, client: Client, pki: Authority, edition: Edition, tmp_path: Path
    ) -> None:
        with sealing(pki, tmp_path, level="B-LTA"):
            summary = summary_for(edition, "en", at=NOON)
            page = client.post("/en/verify/", {"hash": summary.sha256}).content.decode()
            finding = verify_pdf(read_summary(summary)).finding

        assert finding is Finding.GENUINE
        for words in ("B-LTA", "Archive timestamp", "Not revoked", "The register itself added this:", "A timestamp"):
            assert words in page

    def test_answers_inside_are_believed_and_nobody_is_asked(self, sealed: Sealed, pki: Authority) -> None:
        before = dict(pki.asked)

        sealed.seen()

        assert pki.asked == before

    def test_a_list_inside_that_names_its_certificate_as_revoked_ends_its_trust(
        self, pki: Authority, edition: Edition, tmp_path: Path
    ) -> None:
        with sealing(pki, tmp_path, level="B-B"):
            note, sealer = SealNote(level="B-B", is_development=False), current_sealer()
            content = BytesIO(seal_pdf(lay_out(edition, "en", seal=note), sealer=sealer, level="B-B"))
            pki.revoked[sealer.certificate.serial_number] = datetime.now(UTC) - timedelta(hours=1)
            DocumentSecurityStore.add_dss(content, sig_contents=None, crls=[pki.crl(pki.root)])
            finding = verify_pdf(content.getvalue()).finding

        assert finding is Finding.REVOKED

    def test_a_copy_sealed_with_a_former_key_is_still_the_registers(
        self, pki: Authority, edition: Edition, tmp_path: Path
    ) -> None:
        with sealing(pki, tmp_path, level="B-B") as root:
            note = SealNote(level="B-B", is_development=False)
            copy = seal_pdf(lay_out(edition, "en", seal=note), sealer=current_sealer(), level="B-B")
        with override_settings(SEAL_FORMER_CERTIFICATES=str(root)):
            known = verify_pdf(copy).finding
        forgotten = verify_pdf(copy).finding

        assert (known, forgotten) == (Finding.OTHER_BYTES, Finding.OTHER_SEAL)

    def test_a_certificate_that_ended_is_still_the_registers(
        self, pki: Authority, edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with sealing(pki, tmp_path, level="B-B", days=1):
            note = SealNote(level="B-B", is_development=False)
            copy = seal_pdf(lay_out(edition, "en", seal=note), sealer=current_sealer(), level="B-B")
            later = examine(copy, trusted_roots(), at=datetime.now(UTC) + timedelta(days=30)).seal

        assert later is not None
        assert (later.trusted, later.was_trusted) == (False, True)
        assert verify._finding_of(later) is Finding.OTHER_BYTES
