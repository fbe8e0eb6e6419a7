"""Long-term seals get a new timestamp before the certificate of their last one ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pyhanko.pdf_utils.reader import PdfFileReader
from pytest_django import Settings

from agreements.editions.models import Edition
from agreements.summaries import keys
from agreements.summaries.errors import ServiceFailed
from agreements.summaries.models import Summary
from agreements.summaries.queue import queue_due_renewals, renew_seals
from agreements.summaries.renewals import due_for_renewal, renew_due
from agreements.summaries.store import read_summary, seal_anew, summary_for
from agreements.summaries.verify import Finding, verify_pdf
from agreements.summaries.verify_stored import verify_renders
from agreements.vocabulary.languages import LANGUAGES
from tests.authorities import Authority, authority, written_pem
from tests.published import first_agreement, publish
from tests.summaries.test_long_term import PASSWORD, audited, second_opinions

pytestmark = pytest.mark.django_db

DAYS_LEFT = 30


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    return publish(first_agreement(), at=datetime.now(UTC))


@pytest.fixture
def ca(settings: Settings, tmp_path: Path) -> Iterator[Authority]:
    """Set up for B-LTA, with a timestamp authority whose certificate ends in a month."""
    with authority(tsa_days=DAYS_LEFT) as one:
        settings.SEAL_PKCS12 = str(one.seal().pkcs12(tmp_path / "seal.p12", password=PASSWORD))
        settings.SEAL_PKCS12_PASSWORD = PASSWORD
        settings.TIMESTAMP_URL = one.timestamp_url
        settings.TIMESTAMP_ROOTS = str(written_pem(tmp_path / "roots.pem", one.root.certificate))
        yield one
    keys._loaded = None


@pytest.fixture
def old(edition: Edition, ca: Authority) -> Summary:
    """A long-term seal that ends soon; the authority has a new certificate meanwhile."""
    summary = seal_anew(edition, "en", at=timezone.now() - timedelta(hours=1))
    ca.tsa = ca.timestamper("The authority's next certificate")
    return summary


def stamps(content: bytes) -> list[str]:
    found = PdfFileReader(BytesIO(content)).embedded_timestamp_signatures
    return [one.signer_cert.subject.native["common_name"] for one in found]


def test_a_renewed_seal_begins_with_the_old_file_and_lasts_longer(old: Summary, tmp_path: Path) -> None:
    before = read_summary(old)

    done = renew_due(at=timezone.now(), at_most=10)

    new = Summary.objects.get(renews=old)
    after = read_summary(new)
    assert (done.count, done.failures, done.is_more) == (1, (), False)
    assert after.startswith(before)
    assert stamps(after) == ["A timestamp authority", "The authority's next certificate"]
    assert old.lasts_until is not None
    assert new.lasts_until is not None
    assert new.lasts_until - old.lasts_until > timedelta(days=3000)
    assert (new.sealed_at, new.level, new.recipe) == (old.sealed_at, "B-LTA", old.recipe)
    said = second_opinions(after, tmp_path / "roots.pem")
    assert (said["validate"], said["adesverify"]) == ("VALID", "VALID")


def test_both_files_are_genuine_and_the_audit_holds(old: Summary, edition: Edition) -> None:
    renew_due(at=timezone.now(), at_most=10)

    new = summary_for(edition, "en", at=timezone.now())

    assert new.renews == old
    assert verify_pdf(read_summary(old)).finding is verify_pdf(read_summary(new)).finding is Finding.GENUINE
    assert audited() == "2 hold"
    assert [one.remark for one in verify_renders()] == ["", ""]


def test_nothing_is_renewed_twice_or_too_early(old: Summary) -> None:
    early = timezone.now() - timedelta(days=90)

    assert not due_for_renewal(at=early).exists()
    assert renew_due(at=timezone.now(), at_most=10).count == 1
    assert not due_for_renewal(at=timezone.now()).exists()


def test_a_run_is_bounded_and_the_next_goes_on(edition: Edition, ca: Authority) -> None:
    for language in LANGUAGES:
        seal_anew(edition, language, at=timezone.now())
    ca.tsa = ca.timestamper("Next")

    first = renew_due(at=timezone.now(), at_most=2)
    second = renew_due(at=timezone.now(), at_most=2)

    assert [(one.count, one.is_more) for one in (first, second)] == [(2, True), (1, False)]


def test_a_service_that_is_away_leaves_all_as_it_is(old: Summary, ca: Authority) -> None:
    ca.down.add("tsa")

    with pytest.raises(ServiceFailed, match=r"0 seals were renewed, then one failed.*MOC_TIMESTAMP_URL"):
        renew_seals.call()

    assert list(Summary.objects.all()) == [old]
    ca.down.clear()
    assert renew_seals.call() == 1


def test_an_authority_without_a_new_certificate_is_waited_for_and_complained_of_in_the_end(
    edition: Edition, ca: Authority
) -> None:
    summary = seal_anew(edition, "en", at=timezone.now())

    early = renew_due(at=timezone.now() - timedelta(days=20), at_most=10)
    late = renew_due(at=timezone.now(), at_most=10)

    assert (early.count, early.failures) == (0, ())
    assert (late.count, len(late.failures)) == (0, 1)
    assert "still stamps with a certificate that ends on" in late.failures[0]
    assert list(Summary.objects.all()) == [summary]


def test_a_file_that_is_broken_keeps_no_other_from_being_renewed(edition: Edition, ca: Authority) -> None:
    broken = seal_anew(edition, "en", at=timezone.now())
    seal_anew(edition, "ar", at=timezone.now())
    ca.tsa = ca.timestamper("Next")
    stored = Path(default_storage.path(broken.path))
    whole = stored.read_bytes()
    stored.write_bytes(b"%PDF-1.7 not any more")
    try:
        done = renew_due(at=timezone.now(), at_most=10)
    finally:
        stored.write_bytes(whole)

    assert (done.count, len(done.failures)) == (1, 1)
    assert "can't be read" in done.failures[0]


def test_a_seal_that_was_left_too_long_is_made_anew(old: Summary, edition: Edition) -> None:
    assert old.lasts_until is not None

    done = renew_due(at=old.lasts_until + timedelta(days=1), at_most=10)

    newest = summary_for(edition, "en", at=timezone.now())
    assert done.count == 1
    assert (newest.renews, newest.pk > old.pk) == (None, True)
    assert stamps(read_summary(newest)) == ["The authority's next certificate"]


def test_a_revoked_timestamp_is_not_built_upon(old: Summary, edition: Edition, ca: Authority) -> None:
    revoked = PdfFileReader(BytesIO(read_summary(old))).embedded_timestamp_signatures[0].signer_cert
    ca.revoked[revoked.serial_number] = datetime.now(UTC) - timedelta(minutes=1)

    assert renew_due(at=timezone.now(), at_most=10).count == 1
    assert summary_for(edition, "en", at=timezone.now()).renews is None


def test_one_job_a_day_is_queued_while_some_are_due(old: Summary) -> None:
    DBTaskResult.objects.all().delete()
    now = timezone.now()

    assert queue_due_renewals(at=now)
    assert not queue_due_renewals(at=now)
    DBTaskResult.objects.update(status="FAILED")
    assert not queue_due_renewals(at=now + timedelta(hours=1))
    assert queue_due_renewals(at=now + timedelta(hours=21))
    renew_seals.call()
    DBTaskResult.objects.all().delete()
    assert not queue_due_renewals(at=now)


class TestCommand:
    def test_counts_and_renews(self, old: Summary, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("renew_seals", dry_run=True)
        call_command("renew_seals")
        call_command("renew_seals")

        assert capsys.readouterr().out.splitlines() == [
            "1 seals are due for renewal", "1 seals renewed", "0 seals renewed",
        ]  # fmt: skip

    def test_ends_with_an_error_when_one_fails(self, old: Summary, ca: Authority) -> None:
        ca.down |= {"ocsp", "crl"}

        with pytest.raises(CommandError, match="does not say whether"):
            call_command("renew_seals")
