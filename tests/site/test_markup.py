"""The Nu HTML checker over every kind of public page in every language."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from agreements.editions.models import Edition
from agreements.vocabulary.languages import LANGUAGES
from tests.conftest import NOON
from tests.public_pages import PUBLIC
from tests.published import first_agreement, publish

CHECKER = settings.BASE_DIR / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    return publish(first_agreement(), at=NOON)


@pytest.mark.skipif(shutil.which("java") is None, reason="no Java (on Debian: apt-get install default-jre-headless)")
def test_no_public_page_has_an_error_of_markup(client: Client, edition: Edition, tmp_path: Path) -> None:
    for language in LANGUAGES:
        for name, address in PUBLIC.items():
            page = client.get(f"/{language}/{address.replace('MOC-0001', edition.register_number)}")
            Path(tmp_path, f"{name}-{language}.html").write_bytes(page.content)

    command = ["java", "-Xss4m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", str(tmp_path)]
    checked = subprocess.run(command, capture_output=True, text=True, check=True)

    messages = json.loads(checked.stderr)["messages"]
    found = [
        f"{Path(one['url']).name}: {one['message']} {one.get('extract', '')}"
        for one in messages
        if "Trailing slash" not in one["message"]  # crispy forms' templates; harmless where values are quoted
    ]
    assert "\n".join(found) == ""
