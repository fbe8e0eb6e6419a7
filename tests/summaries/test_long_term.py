"""Seals at every level: what they say, what other programs say of them, and what happens when a service is away."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from django.views.debug import ExceptionReporter
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pyhanko.pdf_utils.reader import PdfFileReader
from pytest_django import Settings

from agreements.editions.errors import Differs
from agreements.editions.models import Edition
from agreements.summaries import keys
from agreements.summaries.errors import (
    CertificateRefused,
    RevocationFailed,
    SealNotConfigured,
    ServiceFailed,
    TimestampFailed,
)
from agreements.summaries.keys import current_sealer
from agreements.summaries.levels import level_of
from agreements.summaries.models import Summary
from agreements.summaries.queue import RETRY_AFTER, make_summaries
from agreements.summaries.seal import seal_pdf
from agreements.summaries.store import read_summary, seal_anew
from agreements.summaries.verify import Finding, verify_pdf
from agreements.summaries.verify_stored import verify_renders, verify_seals
from moc_portal.worker import Worker
from tests.authorities import Authority, Issued, authority, written_pem
from tests.published import first_agreement, publish
from tests.summaries.plain import PLAIN

pytestmark = pytest.mark.django_db

PASSWORD = "only the operator knows"
PYHANKO = Path(sys.executable).parent / "pyhanko"

SetUp = Callable[..., None]


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    return publish(first_agreement(), at=datetime.now(UTC))


@pytest.fixture
def ca() -> Iterator[Authority]:
    with authority() as one:
        yield one


@pytest.fixture
def set_up(ca: Authority, settings: Settings, tmp_path: Path) -> Iterator[SetUp]:
    """Name a key, the timestamp authority and its roots, as an operator does."""

    def name(level: str = "auto", *, key: Issued | None = None) -> None:
        settings.SEAL_PKCS12 = str((key or ca.seal()).pkcs12(tmp_path / "seal.p12", password=PASSWORD))
        settings.SEAL_PKCS12_PASSWORD = PASSWORD
        settings.SEAL_LEVEL = level.upper()
        settings.TIMESTAMP_URL = ca.timestamp_url
        settings.TIMESTAMP_ROOTS = str(written_pem(tmp_path / "roots.pem", ca.root.certificate))

    yield name
    keys._loaded = None


def second_opinions(sealed: bytes, root: Path) -> dict[str, str]:
    """What pyHanko's command line and pdfsig say of a file; the first fetches nothing, its authority being gone."""
    file = root.parent / "sealed.pdf"
    file.write_bytes(sealed)
    said = {}
    for command in ("validate", "adesverify"):
        arguments = [PYHANKO, "sign", command, "--executive-summary", "--trust", root, file]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=root.parent)
        said[command] = (done.stdout.strip().splitlines() or [done.stderr])[-1].rpartition(":")[2]
    if shutil.which("pdfsig"):
        said["pdfsig"] = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=True).stdout
    return said


def audited() -> str:
    """What the audit says of the seals: that all hold, or the first difference."""
    try:
        return f"{len(list(verify_seals()))} hold"
    except Differs as difference:
        return str(difference)


@pytest.mark.parametrize(
    ("level", "kind"), [("B-B", "ec"), ("B-T", "ec"), ("B-LT", "ec"), ("B-LTA", "ec"), ("B-LTA", "rsa")]
)
def test_other_programs_and_the_verifier_agree_on_a_seal_of(
    level: str, kind: str, edition: Edition, set_up: SetUp, ca: Authority, tmp_path: Path
) -> None:
    set_up(level, key=ca.seal(kind="ec" if kind == "ec" else "rsa"))

    summary = seal_anew(edition, "en", at=timezone.now())
    sealed = read_summary(summary)

    said = second_opinions(sealed, tmp_path / "roots.pem")
    assert (said["validate"], said["adesverify"]) == ("VALID", "VALID")
    assert "Signature is Valid" in said.get("pdfsig", "Signature is Valid")
    verdict = verify_pdf(sealed)
    assert (verdict.finding, verdict.level, summary.level) == (Finding.GENUINE, level, level)
    assert f"<seal:level>PAdES {level}</seal:level>".encode() in PdfFileReader(BytesIO(sealed)).root["/Metadata"].data
    assert audited() == "1 hold"
    assert [one.remark for one in verify_renders()] == [""]


class TestLevel:
    def test_is_the_highest_that_is_set_up(self, set_up: SetUp, settings: Settings, ca: Authority) -> None:
        set_up()
        found = [level_of(current_sealer())]
        settings.TIMESTAMP_ROOTS = ""
        found.append(level_of(current_sealer()))
        settings.TIMESTAMP_URL = ""
        found.append(level_of(current_sealer()))

        assert found == ["B-LTA", "B-T", "B-B"]

    def test_of_a_certificate_that_names_no_revocation_service(
        self, set_up: SetUp, settings: Settings, ca: Authority
    ) -> None:
        set_up(key=ca.seal("Says nothing", names_services=False))

        assert level_of(current_sealer()) == "B-T"
        settings.SEAL_LEVEL = "B-LTA"
        with pytest.raises(SealNotConfigured, match=r"Says nothing.*MOC_SEAL_LEVEL to B-T"):
            level_of(current_sealer())

    @pytest.mark.parametrize("missing", ["TIMESTAMP_URL", "TIMESTAMP_ROOTS"])
    def test_that_is_asked_for_names_what_it_lacks(self, missing: str, set_up: SetUp, settings: Settings) -> None:
        set_up("B-LTA")
        setattr(settings, missing, "")

        with pytest.raises(SealNotConfigured, match=f"MOC_{missing}"):
            level_of(current_sealer())


def test_a_chain_of_three_is_vouched_for_as_a_whole(set_up: SetUp, ca: Authority, tmp_path: Path) -> None:
    between = ca.intermediate()
    set_up(key=ca.seal(by=between))
    sealer = current_sealer()

    sealed = seal_pdf(PLAIN, sealer=sealer, level=level_of(sealer))

    said = second_opinions(sealed, tmp_path / "roots.pem")
    assert (level_of(sealer), said["validate"], said["adesverify"]) == ("B-LTA", "VALID", "VALID")
    ca.revoke(between, at=datetime.now(UTC) - timedelta(hours=1))
    with pytest.raises(CertificateRefused, match="one above it, was revoked"):
        seal_pdf(PLAIN, sealer=sealer, level="B-LTA")


class TestAwayServices:
    """No lower level takes the place of one that can't be had at the moment."""

    def test_ocsp_is_replaced_by_the_revocation_list(self, set_up: SetUp, ca: Authority) -> None:
        set_up()
        ca.down.add("ocsp")

        seal_pdf(PLAIN, sealer=current_sealer(), level="B-LTA")

        assert ca.asked["crl"] > 0

    def test_without_any_word_on_revocation_nothing_is_sealed(self, set_up: SetUp, ca: Authority) -> None:
        set_up()
        ca.down |= {"ocsp", "crl"}

        with pytest.raises(RevocationFailed, match=r"A ministry.*does not say whether"):
            seal_pdf(PLAIN, sealer=current_sealer(), level="B-LTA")

    def test_a_revoked_certificate_seals_nothing(self, set_up: SetUp, ca: Authority) -> None:
        key = ca.seal()
        set_up(key=key)
        ca.revoke(key, at=datetime.now(UTC) - timedelta(hours=1))

        with pytest.raises(CertificateRefused, match=r"A ministry.*was revoked"):
            seal_pdf(PLAIN, sealer=current_sealer(), level="B-LTA")

    def test_a_stranger_s_timestamp_is_refused(self, set_up: SetUp, ca: Authority) -> None:
        set_up()
        with authority("Somebody else") as other:
            ca.tsa = other.tsa
            for level in ("B-T", "B-LTA"):
                with pytest.raises(TimestampFailed, match=r"leads to none of the roots.*MOC_TIMESTAMP_ROOTS"):
                    seal_pdf(PLAIN, sealer=current_sealer(), level=level)

    @pytest.mark.parametrize("wrong", ["down", "garbage"])
    def test_an_authority_that_gives_no_timestamp_is_said_by_its_setting(
        self, wrong: str, set_up: SetUp, ca: Authority, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        set_up()
        if wrong == "down":
            ca.down.add("tsa")
        else:
            monkeypatch.setattr(Authority, "answer", lambda *_: ("application/timestamp-reply", b"<html>"))

        with pytest.raises(TimestampFailed, match="MOC_TIMESTAMP_URL"):
            seal_pdf(PLAIN, sealer=current_sealer(), level="B-T")

    def test_a_job_waits_and_tries_again_until_the_services_are_back(
        self, edition: Edition, set_up: SetUp, ca: Authority
    ) -> None:
        set_up()
        ca.down.add("tsa")
        before = timezone.now()

        assert make_summaries.call(edition.register_number, edition.number) == 0

        (again,) = DBTaskResult.objects.filter(status=TaskResultStatus.READY, args_kwargs__args__2=2)
        assert timedelta() < again.run_after - before - RETRY_AFTER[0] < timedelta(seconds=30)
        assert not Summary.objects.exists()
        ca.down.clear()
        assert make_summaries.call(*again.args_kwargs["args"]) == 3
        assert {one.level for one in Summary.objects.all()} == {"B-LTA"}

    def test_a_job_fails_in_the_end_and_stays_visible(self, edition: Edition, set_up: SetUp, ca: Authority) -> None:
        set_up()
        ca.down.add("tsa")

        with pytest.raises(ServiceFailed, match="MOC_TIMESTAMP_URL"):
            make_summaries.call(edition.register_number, edition.number, len(RETRY_AFTER) + 1)


class TestSecrets:
    """Neither the key nor its password shows where something goes wrong."""

    def test_an_error_page_and_the_log_tell_no_secret(
        self, edition: Edition, set_up: SetUp, ca: Authority, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        set_up()
        ca.down.add("tsa")

        answer = client.get(f"/en/agreements/{edition.register_number}/editions/1/summary.pdf")

        assert answer.status_code == 503
        for shown in (answer.content.decode(), caplog.text):
            assert PASSWORD not in shown
            assert "PRIVATE" not in shown
        assert ca.timestamp_url not in answer.content.decode()

    def test_a_failed_job_keeps_no_secret_in_the_database(
        self, edition: Edition, set_up: SetUp, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        set_up()
        settings.SEAL_PKCS12_PASSWORD = "a wrong guess"
        DBTaskResult.objects.all().delete()
        make_summaries.enqueue(edition.register_number, edition.number)

        Worker("test").run_next()

        failed = DBTaskResult.objects.get()
        assert failed.status == TaskResultStatus.FAILED
        assert "MOC_SEAL_PKCS12_PASSWORD" in failed.traceback
        for shown in (failed.traceback, f"{failed.args_kwargs}", caplog.text):
            assert "a wrong guess" not in shown
            assert PASSWORD not in shown

    def test_not_even_in_a_report_with_all_variables(
        self, set_up: SetUp, settings: Settings, tmp_path: Path, rf: RequestFactory
    ) -> None:
        set_up()
        settings.SEAL_PEM_KEY = str(tmp_path / "seal.key")
        settings.SEAL_CERTIFICATE = settings.TIMESTAMP_ROOTS
        settings.SEAL_PKCS12 = settings.SEAL_PKCS12_PASSWORD = ""
        settings.SEAL_PEM_PASSWORD = settings.SEAL_PKCS11_PASSWORD = PASSWORD
        try:
            current_sealer()
        except SealNotConfigured:
            report = ExceptionReporter(rf.get("/"), *sys.exc_info()).get_traceback_html()

        assert "The sealing key can" in report
        assert PASSWORD not in report


class TestAudit:
    def test_trusts_seals_of_a_key_that_was_changed(
        self, edition: Edition, set_up: SetUp, settings: Settings, ca: Authority, tmp_path: Path
    ) -> None:
        set_up()
        seal_anew(edition, "en", at=timezone.now())
        with authority("The next root") as after:
            set_up(key=after.seal())
            assert "A ministry, whom this portal does not trust" in audited()

            settings.SEAL_FORMER_CERTIFICATES = str(written_pem(tmp_path / "former.pem", ca.root.certificate))

            assert audited() == "1 hold"
            verdict = verify_pdf(read_summary(Summary.objects.get()))
            assert verdict.finding is Finding.GENUINE

    def test_asks_whether_the_certificate_was_valid_when_it_sealed(
        self, edition: Edition, set_up: SetUp, ca: Authority
    ) -> None:
        set_up("B-B", key=ca.seal(since=0.001))
        seal_anew(edition, "en", at=timezone.now() - timedelta(days=1))

        assert "A ministry, whom this portal does not trust" in audited()

    def test_finds_a_timestamp_that_is_not_what_the_row_says(
        self, edition: Edition, set_up: SetUp, settings: Settings
    ) -> None:
        set_up("B-LTA")
        seal_anew(edition, "en", at=timezone.now())
        with authority("Other stamps") as other:
            settings.TIMESTAMP_ROOTS = str(written_pem(Path(settings.TIMESTAMP_ROOTS), other.root.certificate))

            assert "A timestamp authority, whom this portal does not trust" in audited()
