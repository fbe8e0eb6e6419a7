"""The audit of what other sides sealed: whole on an untouched register, and a sentence for each thing that changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from agreements.editions.errors import Differs
from agreements.publishing.other_seals import decline_seal
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.verify_kept import verify_other_seals
from agreements.summaries.store import summary_for
from tests.databases import undone
from tests.other_seals import Office, ask, download, send
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.publishing.test_audit import behind_its_back

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seals(one_for_all_tests: None) -> int:
    """A sealed PDF, and a signature beside the file that was declined; the number of the first."""
    agreement = first_agreement()
    edition = publish(agreement, at=timezone.now())
    for language in ("en", "ar", "ckb"):
        summary_for(edition, language, at=timezone.now())  # type: ignore[arg-type]
    made, office = ask(agreement, by=make_user("editor"), at=timezone.now()), Office()
    send(made, office.sign_pdf(download(made)))
    send(made, office.sign_beside(download(made)))
    first, second = OtherSeal.objects.order_by("pk")
    decline_seal(agreement.pk, second.pk, by=make_user("reviewer"), at=timezone.now(), reason="Not yours.")
    return first.pk


@pytest.fixture
def stored(seals: int, db: None) -> Iterator[Path]:
    """The file of the first in storage, which is as it was afterwards."""
    path = Path(default_storage.path(OtherSeal.objects.get(pk=seals).path))
    before = path.read_bytes()
    yield path
    path.unlink(missing_ok=True)
    path.write_bytes(before)


class TestVerifyOtherSeals:
    def test_all_hold_also_what_was_declined(self, seals: int, db: None) -> None:
        assert len(list(verify_other_seals())) == 2
        assert len(list(verify_other_seals(after=seals))) == 1

    def test_one_that_was_changed_in_storage(self, stored: Path) -> None:
        content = bytearray(stored.read_bytes())
        content[-20] ^= 1
        stored.unlink()
        stored.write_bytes(content)

        with pytest.raises(Differs, match="was changed in storage"):
            list(verify_other_seals())

    def test_one_that_is_missing(self, stored: Path) -> None:
        stored.unlink()

        with pytest.raises(Differs, match="is missing from storage"):
            list(verify_other_seals())

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ("signatures = jsonb_set(signatures, '{0,fingerprint}', '\"00\"')", "carries other signatures"),
            ("received_at = '2020-01-01'", "does not hold: outdated"),
            ("form = 'p7s'", "does not hold: not_cms"),
        ],
    )
    def test_one_whose_row_was_changed(self, seals: int, db: None, changed: str, said: str) -> None:
        with undone():
            behind_its_back(f"UPDATE agreements_otherseal SET {changed} WHERE id = {seals}")

            with pytest.raises(Differs, match=said):
                list(verify_other_seals())
