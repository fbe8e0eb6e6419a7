"""The documentation names every setting and every command, and nothing that is gone."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
_READS = re.compile(r"""env_(text|bool|list|secret|origin|number|numbers|choice)\(\s*["'](\w+)["']""")
_LAUNCH = re.compile(r"""os\.environ(?:\.get\(|\[)\s*["'](\w+)["']""")
_SET_BY_PORTAL = {"DJANGO_SETTINGS_MODULE", "PATH"}


def variables() -> set[str]:
    """Every environment variable that the portal reads."""
    found: set[str] = set()
    for path in sorted((ROOT / "moc_portal").rglob("*.py")):
        text = path.read_text()
        for reader, name in _READS.findall(text):
            found |= {name, f"{name}_FILE"} if reader == "secret" else {name}
        found |= set(_LAUNCH.findall(text))
    return found - _SET_BY_PORTAL


def commands() -> set[str]:
    return {path.stem for path in (ROOT / "agreements/management/commands").glob("[a-z]*.py")}


def headings(page: str) -> set[str]:
    """The names in back-ticks that stand in the headings or in the first column of tables."""
    text = (ROOT / "docs" / page).read_text()
    marked = re.findall(r"^(?:#+ |\| )(.*?)(?:\||$)", text, re.MULTILINE)
    return {name for cell in marked for name in re.findall(r"`(\w+)", cell)}


class TestSettingsPage:
    def test_the_code_reads_variables_at_all(self) -> None:
        assert {"DATABASE_URL", "SECRET_KEY_FILE", "PUBLIC_ORIGIN", "MOC_DATA_DIR", "PORT"} <= variables()

    @pytest.mark.parametrize("name", sorted(variables()))
    def test_names_every_variable(self, name: str) -> None:
        assert name in headings("settings.md")

    def test_names_no_variable_that_is_gone(self) -> None:
        assert {name for name in headings("settings.md") if name.isupper()} <= variables()


class TestCommandsPage:
    @pytest.mark.parametrize("name", sorted(commands()))
    def test_names_every_command(self, name: str) -> None:
        assert name in headings("commands.md")

    def test_names_no_command_that_is_gone(self) -> None:
        assert headings("commands.md") <= commands()
