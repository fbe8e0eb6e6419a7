"""The desk announces certificates that end, to those who can see to it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from pytest_django import Settings

from agreements.summaries import keys
from agreements.summaries.models import Summary
from agreements.vocabulary.languages import LANGUAGES
from tests.authorities import Authority, authority
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

Named = Callable[[float], None]


@pytest.fixture(scope="module")
def ca() -> Iterator[Authority]:
    with authority() as one:
        yield one


@pytest.fixture
def named(ca: Authority, settings: Settings, tmp_path: Path) -> Iterator[Named]:
    """Name a sealing key whose certificate ends in so many days."""

    def name(days: float) -> None:
        key = ca.seal("The register", days=days, since=400)
        settings.SEAL_PKCS12 = str(key.pkcs12(tmp_path / "seal.p12", password="secret"))
        settings.SEAL_PKCS12_PASSWORD = "secret"

    yield name
    keys._loaded = None


def announced(user: User, language: str = "en") -> list[tuple[str, bool]]:
    page = client_of(user).get(f"/{language}/admin/")
    return [(one.title, one.is_urgent) for one in page.context["notices"]]


def test_sixty_days_before_the_sealing_certificate_ends(named: Named, administrator: User) -> None:
    named(61)
    before = announced(administrator)
    named(59)

    ((title, is_urgent),) = announced(administrator)

    assert before == []
    assert title.startswith("The certificate that seals the PDFs, “\u2068The register\u2069”, ends on ")
    assert not is_urgent


def test_urgently_once_it_has_ended(named: Named, reviewer: User) -> None:
    named(-2)

    page = client_of(reviewer).get("/en/admin/").content.decode()

    assert announced(reviewer)[0][1]
    assert "Urgent:" in page
    assert "no PDF is sealed any more" in page
    assert "then try the failed jobs again" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_language_in_use(language: str, named: Named, administrator: User) -> None:
    named(10)

    ((title, _),) = announced(administrator, language)

    beginning = {"en": "The certificate", "ar": "تنتهي في", "ckb": "ئەو بڕوانامەیەی"}[language]
    assert title.startswith(beginning)


def test_not_to_those_who_can_do_nothing_about_it(named: Named, editor: User, auditor: User) -> None:
    named(-2)

    assert announced(editor) == announced(auditor) == []


def test_nothing_of_the_development_authority(administrator: User) -> None:
    assert announced(administrator) == []


def test_a_timestamp_authority_whose_newest_stamp_ends(named: Named, administrator: User) -> None:
    named(400)
    now = datetime.now(UTC)
    Summary.objects.create(
        register_number="MOC-0001", edition_number=1, language="en", sha256="0" * 64, size_bytes=1, level="B-LTA",
        sealed_at=now, lasts_until=now + timedelta(days=40),
    )  # fmt: skip

    ((title, is_urgent),) = announced(administrator)

    assert title.startswith("The certificate of the newest timestamps on PDFs ends on ")
    assert not is_urgent


def test_the_check_for_deployment_says_the_same(named: Named, settings: Settings) -> None:
    def said() -> list[str]:
        return [
            one.id or "" for one in run_checks(include_deployment_checks=True) if "docs/seals.md" in (one.hint or "")
        ]

    named(400)
    fine = said()
    named(30)
    soon = said()
    named(-1)
    over = said()
    settings.SEAL_PKCS12 = ""
    settings.DEVELOPMENT = False

    assert (fine, soon, over, said()) == ([], ["agreements.W011"], ["agreements.E012"], ["agreements.W012"])
