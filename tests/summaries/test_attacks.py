"""Every attack that is known here: the verifier answers in words, within its bounds, and docs/attacks.md says so."""

import re
import subprocess
import sys
import threading
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from agreements.site.verdict_words import HEADINGS
from agreements.summaries.examine import BOUNDS
from agreements.summaries.verify import Finding
from moc_portal import apart
from tests.conftest import NOON
from tests.published import first_agreement, publish
from tests.summaries.attacks.attack import Given
from tests.summaries.attacks.every import ATTACKS, GROUPS

pytestmark = pytest.mark.django_db

TABLE = Path(settings.BASE_DIR, "docs", "attacks.md")


@pytest.fixture(scope="module")
def given(one_for_all_tests: None, tmp_path_factory: pytest.TempPathFactory) -> Given:
    return Given.of(publish(first_agreement(), at=NOON), tmp_path_factory.mktemp("somebody-else"))


def answer(client: Client, content: bytes) -> HttpResponse:
    """The page's answer; where other tests keep the machine busy it is asked again."""
    for _ in range(5):
        page = client.post("/en/verify/", {"file": SimpleUploadedFile("copy.pdf", content)})
        if page.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
            break
    return page


@pytest.mark.parametrize("name", ATTACKS)
def test_gets_its_answer_in_words(client: Client, given: Given, name: str) -> None:
    attack = ATTACKS[name]

    page = answer(client, attack.make(given))

    said = page.content.decode()
    if page.status_code == HTTPStatus.SERVICE_UNAVAILABLE and attack.finding is Finding.TOO_COSTLY:
        assert "Please try again in a few seconds" in said  # others left it too little of the machine to tell
    else:
        assert page.status_code == HTTPStatus.OK
        assert f'data-finding="{attack.finding.value}"' in said


def test_only_what_says_the_same_is_called_genuine() -> None:
    genuine = {name for name, attack in ATTACKS.items() if attack.finding.value in ("genuine", "content", "rewritten")}

    assert genuine == {"JSON in other lines and order", "JSON with a byte order mark"}


def test_no_reader_gets_five_seconds() -> None:
    """What is left of them is for the page around it; `benchmarks/attacks.py` measures the whole."""
    assert (BOUNDS.wait_s or 0) + BOUNDS.wall_s <= 4


def test_no_reader_gets_300_mb() -> None:
    greedy = f"apart.bound_this_process(examine.BOUNDS); bytearray({BOUNDS.memory})"
    done = subprocess.run(
        [sys.executable, "-c", f"from moc_portal import apart; from agreements.summaries import examine; {greedy}"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (BOUNDS.memory < 300_000_000, done.returncode, done.stderr.strip()) == (True, 1, "MemoryError")


def test_who_finds_the_reader_busy_is_asked_to_come_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = threading.BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(apart, "_SLOTS", taken)

    page = client.post("/en/verify/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})

    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "Please try again in a few seconds" in page.content.decode()


def test_the_table_lists_each_with_what_the_verifier_says() -> None:
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|", TABLE.read_text(), re.MULTILINE)
    listed = {name: (source, said) for name, source, said in rows if name not in ("attack", "---")}

    assert listed == {name: (one.source, str(HEADINGS[one.finding][0])) for name, one in ATTACKS.items()}


def test_the_table_has_the_groups_of_the_tests() -> None:
    assert re.findall(r"^## (.+)$", TABLE.read_text(), re.MULTILINE)[: len(GROUPS)] == list(GROUPS)
