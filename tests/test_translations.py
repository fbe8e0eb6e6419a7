"""Every text has its Arabic and its Kurdish, with the same names in it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

LANGUAGES = ("ar", "ckb")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")


def catalogue(folder: Path, language: str) -> Catalog:
    with Path(folder, "locale", language, "LC_MESSAGES", "django.po").open("rb") as file:
        return read_po(file, locale=language)


def keeps_names(message: Message) -> bool:
    """Whether a translation has the names of its text; of plural forms the last: Arabic has words for one and two."""
    if not message.pluralizable:
        return sorted(PLACEHOLDER.findall(str(message.id))) == sorted(PLACEHOLDER.findall(str(message.string)))
    named = set(PLACEHOLDER.findall(str(message.id)))
    *others, last = [set(PLACEHOLDER.findall(form)) for form in message.string]
    return last == named and all(form <= named for form in others)


@pytest.mark.parametrize("language", LANGUAGES)
class TestCatalogue:
    def test_leaves_no_text_untranslated_or_in_doubt(self, language: str) -> None:
        texts = [one for one in catalogue(settings.BASE_DIR, language) if one.id]

        assert [one.id for one in texts if not one.string or one.fuzzy] == []

    def test_keeps_the_names_in_a_text(self, language: str) -> None:
        texts = [one for one in catalogue(settings.BASE_DIR, language) if one.id]

        assert [one.id for one in texts if not keeps_names(one)] == []

    def test_knows_every_text_of_the_code(self, language: str, tmp_path: Path) -> None:
        if shutil.which("xgettext") is None:
            pytest.skip("gettext is not installed, so the code's texts can't be collected (apt-get install gettext)")
        for name in ("agreements", "moc_portal", "templates", "locale", "manage.py"):
            source = Path(settings.BASE_DIR, name)
            if source.is_dir():
                shutil.copytree(source, tmp_path / name)
            else:
                shutil.copy(source, tmp_path / name)
        command = [sys.executable, "-m", "django", "makemessages", "-l", language, "--no-obsolete", "--no-location"]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)

        known = {(one.context, one.id) for one in catalogue(settings.BASE_DIR, language) if one.string}
        used = {(one.context, one.id) for one in catalogue(tmp_path, language) if one.id}

        assert used - known == set()


def test_kurdish_is_written_with_kurdish_letters() -> None:
    texts = [str(one.string) for one in catalogue(settings.BASE_DIR, "ckb") if one.id]

    assert [text for text in texts if "\N{ARABIC LETTER YEH}" in text or "\N{ARABIC LETTER KAF}" in text] == []
