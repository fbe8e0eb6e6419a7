"""Files of editions and of IATI activities from the command line: a dry run unless it is told to write."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from agreements.register.models.agreements import Agreement
from tests.intake.iati.activities import MEMORANDUM, WORK, activity, iati_file

EDITION = Path(__file__).parents[1] / "editions" / "frozen" / "version-1.json"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
class TestImports:
    def test_says_what_it_would_do_and_does_it_when_told(self, editor: User, tmp_path: Path) -> None:
        iati = tmp_path / "activities.xml"
        iati.write_bytes(iati_file(WORK, MEMORANDUM).getvalue())

        for command in (("import_edition", str(EDITION)), ("import_iati", str(iati), "--kind", "protocol")):
            before = Agreement.objects.count()
            dry = run(*command, "--by", editor.username)
            assert "1 added, 0 changed, 0 unchanged, 0 refused; nothing written" in dry
            assert Agreement.objects.count() == before
            assert "; written" in run(*command, "--by", editor.username, "--apply")
            assert Agreement.objects.count() == before + 1
            assert "1 unchanged" in run(*command, "--by", editor.username, "--apply")

    def test_ends_with_an_error_where_something_is_wrong(self, editor: User, tmp_path: Path) -> None:
        broken = tmp_path / "broken"
        broken.write_bytes(iati_file(activity("")).getvalue())

        for command in (
            ("import_edition", str(EDITION), "--by", "nobody"),
            ("import_edition", str(tmp_path / "missing"), "--by", editor.username),
            ("import_edition", str(broken), "--by", editor.username),
            ("import_iati", str(EDITION), "--by", editor.username),
            ("import_iati", str(broken), "--by", editor.username, "--apply"),
        ):
            with pytest.raises(CommandError):
                run(*command)
        assert not Agreement.objects.exists()
