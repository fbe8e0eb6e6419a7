"""Imports at the desk: a file is sent, mapped, checked and written by buttons; who may only read, reads."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from agreements.intake.erase import erase_old_imports
from agreements.intake.mapping import ColumnMapping
from agreements.intake.models import Import, ImportState, SavedMapping
from agreements.register.models.agreements import Agreement
from agreements.staff.import_pages import IMPORT_PAGES
from tests.intake.imports import checked
from tests.intake.messy import BAD, GOOD, as_csv
from tests.people import make_user
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

LIST = "/en/admin/imports/"
ODD = (
    "?p=999", "?p=-1", "?p=x&outcome=none", "?outcome=refused&p=%00", "report.csv?outcome=%00", "names/?p=%F0",
    "columns/?mapping=99999999999999999999", "columns/?mapping=%00", "together/?act=x",
)  # fmt: skip


def run_jobs() -> None:
    """Do what a worker would do now."""
    for job in DBTaskResult.objects.ready():
        job.set_successful(job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"]))


def _break(*_args: Any) -> None:
    raise RuntimeError


def send(client: Client, content: bytes, name: str = "old register.csv") -> Any:
    return client.post(LIST, {"file": SimpleUploadedFile(name, content), "title": ""}, follow=True)


def fields_of(page: Any) -> dict[str, Any]:
    """What a browser would send back of the choice of columns."""
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in sent.items() if value not in (None, False)}


def check(client: Client, page: Any) -> Import:
    one: Import = page.context["one"]
    client.post(reverse("admin:import_columns", args=[one.pk]), {**fields_of(page), "name": "Old register"})
    run_jobs()
    one.refresh_from_db()
    return one


class TestTheWayOfAFile:
    def test_goes_by_buttons_from_sending_to_drafts(self, editor: User) -> None:
        client = client_of(editor)
        one = check(client, send(client, as_csv([*GOOD[:3], BAD[0], BAD[5]])))
        report = client.get(reverse("admin:import_page", args=[one.pk])).content.decode()
        assert "F5" in report
        assert "correct the day or the month" in report
        names = client.get(reverse("admin:import_names", args=[one.pk]))
        (name,) = one.names.filter(decision="open")
        assert "Government of Iraq" in names.content.decode()

        for nothing_proposed in ("name:\0", "name:another", "9" * 600):
            client.post(reverse("admin:import_names", args=[one.pk]), {f"same-{name.pk}": nothing_proposed})
            assert one.names.filter(decision="open").get() == name
        client.post(reverse("admin:import_names", args=[one.pk]), {f"same-{name.pk}": "new", "check": "1"})
        run_jobs()
        client.post(reverse("admin:import_write", args=[one.pk]), {"rows": "good"})
        assert "Being written" in client.get(reverse("admin:import_page", args=[one.pk])).content.decode()
        run_jobs()

        one.refresh_from_db()
        assert (one.state, one.applied_by) == (ImportState.APPLIED, editor)
        assert Agreement.objects.filter(imported_as__last_import=one, working_state="draft").count() == 4
        page = client.get(reverse("admin:import_page", args=[one.pk])).content.decode()
        assert Agreement.objects.get(title_en="Iso date").register_number in page
        assert SavedMapping.objects.get().name == "Old register"

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"PK\x03\x04half", "ends in the middle"),
            (b"", "empty"),
            (bytes(range(256)) * 40, "no text and no workbook"),
        ],
    )
    def test_says_at_the_field_what_is_wrong_with_a_file(self, editor: User, content: bytes, words: str) -> None:
        page = send(client_of(editor), content).content.decode()

        assert words in page
        assert not Import.objects.exists()

    def test_refuses_2_gb_before_anything_of_them_is_kept(self, editor: User) -> None:
        answer = client_of(editor).generic("POST", LIST, b"", CONTENT_LENGTH=str(2 * 1024**3))

        assert answer.status_code == 413
        assert "At most 64 MB" in answer.content.decode()

    def test_takes_a_file_whose_name_hides_something(self, editor: User) -> None:
        page = send(client_of(editor), as_csv(GOOD[:1]), name="old\u200b\u202eregister.csv")

        assert page.context["one"].title == "oldregister.csv"

    def test_remembers_a_mapping_by_name_and_as_a_file(self, editor: User) -> None:
        client = client_of(editor)
        one = check(client, send(client, as_csv(GOOD[:1])))
        kept = client.get(reverse("admin:import_mapping", args=[one.pk])).content
        next_one = send(client, as_csv(GOOD[:1])).context["one"]
        columns = reverse("admin:import_columns", args=[next_one.pk])

        by_name = client.get(f"{columns}?mapping={SavedMapping.objects.get().pk}")
        use = reverse("admin:import_use_mapping", args=[next_one.pk])
        by_file = client.post(use, {"mapping": SimpleUploadedFile("m.json", kept)}, follow=True)
        wrong = client.post(use, {"mapping": SimpleUploadedFile("m.json", b"[]")})

        assert ColumnMapping.from_json(kept).name == "Old register"
        assert by_name.context["form"]["name"].value() == by_file.context["form"]["name"].value() == "Old register"
        assert "no mapping that was kept from here" in wrong.content.decode()

    def test_asks_for_the_columns_that_it_can_t_do_without(self, editor: User) -> None:
        client = client_of(editor)
        page = send(client, b"Anything;Else\r\n1;2\r\n")

        sent = {**fields_of(page), "name": "x", "column-0": "date:signed", "column-1": "date:signed"}
        refused = client.post(reverse("admin:import_columns", args=[page.context["one"].pk]), sent).content.decode()

        assert "More than one column" in refused
        assert "Choose the column of the title" in refused
        assert "what kind of agreement" in refused

    def test_reads_it_another_way_where_that_is_chosen(self, editor: User) -> None:
        client = client_of(editor)
        content = "A list of ours;\r\nTitle;Type\r\nمذكرة;MoU\r\n".encode("windows-1256")
        one = send(client, content).context["one"]

        look = reverse("admin:import_look", args=[one.pk])
        page = client.post(look, {"encoding": "windows-1256", "delimiter": ";", "heading_row": 2}, follow=True)
        wrong = client.post(look, {"encoding": "utf-8", "delimiter": ";", "heading_row": 2}, follow=True)

        assert page.context["one"].preview["rows"] == [["مذكرة", "MoU"]]
        assert "no text in the encoding" in wrong.content.decode()

    def test_the_report_is_a_table_without_formulas(self, editor: User, noon: datetime) -> None:
        one = checked(as_csv([(*BAD[0][:1], "+1+cmd", *BAD[0][2:])]), by=editor, at=noon)

        answer = client_of(editor).get(reverse("admin:import_report", args=[one.pk]))

        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert "'+1+cmd" in lines[1]
        assert ",F2," in lines[1]

    def test_its_pages_bear_odd_addresses(self, editor: User, noon: datetime) -> None:
        one = checked(as_csv([GOOD[0], BAD[0]]), by=editor, at=noon)
        client = client_of(editor)
        page = reverse("admin:import_page", args=[one.pk]).replace("/en/", "/ckb/")

        for asked in ODD:
            assert client.get(page + asked).status_code == 200, asked
        assert client.get("/ar/admin/imports/999999999999/").status_code == 404

    def test_is_checked_once_however_often_somebody_asks(self, editor: User, noon: datetime) -> None:
        one = checked(as_csv(GOOD[:1]), by=editor, at=noon)
        client = client_of(editor)

        pages = [client.post(reverse("admin:import_check", args=[one.pk]), follow=True) for _time in range(2)]

        assert ["This is not possible" in page.content.decode() for page in pages] == [False, True]
        assert DBTaskResult.objects.ready().count() == 1


class TestWhoMay:
    @pytest.fixture
    def one(self, editor: User, noon: datetime) -> Import:
        return checked(as_csv(GOOD[:1]), by=editor, at=noon)

    def addresses(self, one: Import) -> dict[str, str]:
        names = [name for name in IMPORT_PAGES if name.startswith("import_")]
        return {"imports": LIST, **{name: reverse(f"admin:{name}", args=[one.pk]) for name in names}}

    @pytest.mark.parametrize("role", ["reviewer", "auditor", "administrator", None])
    def test_others_than_editors_read_at_most(self, one: Import, role: str | None) -> None:
        client = client_of(make_user(role))
        pages = self.addresses(one)
        read = {"imports", "import_page", "import_report", "import_mapping"} if role else set()

        opened = {name for name, address in pages.items() if client.get(address).status_code == 200}
        written = {name for name, address in pages.items() if client.post(address, {}).status_code not in (403, 405)}

        assert (opened, written) == (read, set())

    def test_strangers_see_nothing(self, one: Import, client: Client) -> None:
        for name, address in self.addresses(one).items():
            assert "/login/" in client.get(address)["Location"], name


class TestGivingUp:
    def test_erases_the_file_and_what_was_found(self, editor: User, noon: datetime) -> None:
        one = checked(as_csv(GOOD[:1]), by=editor, at=noon)
        path = Path(one.file.path)
        assert path.exists()

        client_of(editor).post(reverse("admin:import_drop", args=[one.pk]))
        erase_old_imports(at=noon)

        one.refresh_from_db()
        assert not path.exists()
        assert (one.state, bool(one.file), one.rows.count()) == (ImportState.DROPPED, False, 0)

    def test_time_does_so_too(self, editor: User, noon: datetime) -> None:
        one = checked(as_csv(GOOD[:1]), by=editor, at=noon)

        assert erase_old_imports(at=noon + timedelta(days=settings.IMPORT_DAYS - 1)) == 0
        assert erase_old_imports(at=noon + timedelta(days=settings.IMPORT_DAYS, minutes=1)) == 1
        one.refresh_from_db()
        assert one.erased_at


class TestTheCommand:
    def test_checks_first_and_writes_only_when_it_is_told_to(
        self,
        editor: User,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        file, mapping = tmp_path / "old.csv", tmp_path / "mapping.json"
        file.write_bytes(as_csv(GOOD[:2]))
        columns = {"Ref": "reference", "Title": "title_en", "Type": "kind", "Date signed": "date:signed"}
        mapping.write_text(ColumnMapping(name="Old", columns=columns).to_json())
        options: dict[str, Any] = {"mapping": str(mapping), "by": editor.username}

        call_command("import_agreements", str(file), **options)
        before = Agreement.objects.count()
        call_command("import_agreements", str(file), apply=True, **options)

        assert (before, Agreement.objects.count()) == (0, 2)
        assert "added=2" in capsys.readouterr().out
        with pytest.raises(CommandError, match="There is no account"):
            call_command("import_agreements", str(file), mapping=str(mapping), by="nobody at all")
        with pytest.raises(CommandError, match="invalid choice"):
            call_command("import_agreements", str(file), "--encoding=nothing", **options)
        file.write_bytes(as_csv([GOOD[2], BAD[0]]))
        with pytest.raises(CommandError, match="Nothing is written, because 1 rows"):
            call_command("import_agreements", str(file), apply=True, **options)
        with monkeypatch.context() as broken:
            broken.setattr("agreements.intake.writing.Writer.write", _break)
            with pytest.raises(RuntimeError):
                call_command("import_agreements", str(file), apply=True, good_rows_only=True, **options)
        assert [one.state for one in Import.objects.all()[:2]] == [ImportState.CHECKED] * 2
        file.write_bytes(as_csv(GOOD[:2])[:-9])
        with pytest.raises(CommandError, match="ends in the middle"):
            call_command("import_agreements", str(file), **options)
