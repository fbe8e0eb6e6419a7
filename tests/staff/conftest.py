"""A draft as the other side meets it, and a link to it; a published record, and a link to seal it."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from agreements.publishing.links import MadeLink
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import SealLink
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.store import summary_for
from tests.other_seals import Office, download, send
from tests.other_seals import ask as ask_for_seal
from tests.other_side import ask
from tests.published import first_agreement, publish


@pytest.fixture
def draft(shipped_draft: int, db: None) -> Agreement:
    Agreement.objects.filter(pk=shipped_draft).update(title_en="A title that nobody has seen")
    return Agreement.objects.get(pk=shipped_draft)


@pytest.fixture
def made(draft: Agreement, editor: User) -> MadeLink:
    return ask(draft, by=editor, at=timezone.now())


@pytest.fixture(scope="module")
def sealable(one_for_all_tests: None) -> int:
    """Published, with its summaries made, once for all tests here."""
    record = first_agreement()
    edition = publish(record, at=timezone.now())
    for language in ("en", "ar", "ckb"):
        summary_for(edition, language, at=timezone.now())  # type: ignore[arg-type]  # they are
    return record.pk


@pytest.fixture(scope="module")
def office() -> Office:
    return Office()


@pytest.fixture
def record(sealable: int, db: None) -> Agreement:
    return Agreement.objects.get(pk=sealable)


@pytest.fixture
def asked(record: Agreement, editor: User) -> MadeLink[SealLink]:
    return ask_for_seal(record, by=editor, at=timezone.now())


@pytest.fixture
def sent(asked: MadeLink[SealLink], office: Office) -> OtherSeal:
    assert send(asked, office.sign_pdf(download(asked))).status_code == 302
    return OtherSeal.objects.get()
