"""A reader takes a sealed copy along and checks it later, over HTTP, on a served portal."""

import hashlib
import subprocess
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from agreements.vocabulary.languages import LANGUAGES, Language
from tests.databases import run_sql
from tests.portals import Portal

MANY = 12
BOUNDARY = "between-the-parts"


def copy_of(portal: Portal, language: Language) -> bytes:
    address = f"{portal.url}/{language}/agreements/MOC-0001/summary.pdf"
    with urllib.request.urlopen(address, timeout=120) as answer:
        content: bytes = answer.read()
    return content


def ask_the_verifier(portal: Portal, language: Language, pdf: bytes) -> str:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="copy.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    request = urllib.request.Request(
        f"{portal.url}/{language}/verify/",
        data=head.encode() + pdf + f"\r\n--{BOUNDARY}--\r\n".encode(),
        headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        page: str = answer.read().decode()
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_however_many_ask_at_once_they_get_one_sealed_file(live_portal: Portal, language: Language) -> None:
    with ThreadPoolExecutor(MANY) as readers:
        copies = {
            hashlib.sha256(copy).hexdigest() for copy in readers.map(copy_of, [live_portal] * MANY, [language] * MANY)
        }

    kept = run_sql(
        "SELECT sha256 FROM agreements_summary WHERE register_number = 'MOC-0001' AND language = %s",
        values=(language,),
        url=live_portal.database_url,
    )
    assert [(sha256,) for sha256 in copies] == kept


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_copy_is_genuine_and_current_in_every_language(live_portal: Portal, language: Language) -> None:
    answer = ask_the_verifier(live_portal, language, copy_of(live_portal, language))

    assert 'data-genuine="yes" data-current="yes"' in answer


def test_poppler_sees_a_signature_over_the_whole_document(live_portal: Portal, tmp_path: Path) -> None:
    file = tmp_path / "copy.pdf"
    file.write_bytes(copy_of(live_portal, "ar"))

    seen = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout

    assert "Signature is Valid" in seen
    assert "Total document signed" in seen
