"""The whole register as files, read by programs that are not ours."""

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django.fixtures import Settings as PortalSettings

from agreements.editions import queries
from agreements.formats.all_tables import TABLES
from agreements.formats.spreadsheet import MOST_CHARACTERS
from agreements.vocabulary.dates import PartialDate
from tests.opendata.files.a_register import HOSTILE, LICENCE, fetch, published, received
from tests.search.records import content

pytestmark = pytest.mark.django_db

CSV, XLSX, JSONL = "/data/agreements.csv", "/data/agreements.xlsx", "/data/agreements.jsonl"
READ = {
    "string": str, "integer": int, "number": Decimal, "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": str,
}  # fmt: skip


def rows(client: Client, address: str) -> list[dict[str, str]]:
    text = fetch(client, address).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestTables:
    def test_have_the_current_editions_in_the_order_of_publication(self, client: Client) -> None:
        found = rows(client, CSV)

        assert [(one["register_number"], one["edition"]) for one in found] == [("MOC-0002", "1"), ("MOC-0001", "2")]
        assert found[1]["title_ckb"] == "یاداشتی هاوکاری"
        assert (found[1]["date_in_force"], found[1]["date_in_force_precision"]) == ("2021-04", "month")
        assert found[1]["legal_status"] == "in_force"
        assert found[0]["amounts"] == "USD 10.00"
        assert {one["licence"] for one in found} == {f"CC BY 4.0 <{LICENCE}>"}
        assert found[1]["address"].endswith("/id/MOC-0001/2")

    def test_let_no_spreadsheet_compute_anything(self, client: Client) -> None:
        [hostile, _other] = rows(client, CSV)

        assert hostile["title_en"] == f"'{HOSTILE}"
        assert rows(client, "/data/places.csv")[0]["longitude"] == "-44.4"

    def test_are_what_the_data_package_says(self, client: Client) -> None:
        package: Any = json.loads(fetch(client, "/data/datapackage.json"))

        assert [one["name"] for one in package["resources"]] == [table.name for table in TABLES]
        assert package["licenses"] == [{"title": "CC BY 4.0", "path": LICENCE}]
        for resource in package["resources"]:
            found = rows(client, f"/data/{resource['path']}")
            assert found, resource["name"]
            fields = resource["schema"]["fields"]
            keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in found]
            assert len(set(keys)) == len(keys)
            for row in found:
                assert list(row) == [field["name"] for field in fields]
                assert {row["register_number"]} <= {"MOC-0001", "MOC-0002"}
                for field in fields:
                    cell = row[field["name"]]
                    if cell:
                        READ[field["type"]](cell)
                        assert cell in field.get("constraints", {}).get("enum", [cell])
                        if f"{field['name']}_precision" in row and "; " not in cell:
                            PartialDate.parse(cell)

    def test_are_of_the_moment_at_which_they_were_asked_for(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "_AT_ONCE", 1)
        response: Any = client.get(JSONL)
        pieces = iter(queries.current_editions_at(queries.log_head().sequence))  # type: ignore[union-attr]  # not empty
        first = next(pieces).register_number
        published(content(1, "Changed meanwhile"), minutes=9)
        published(content(4, "New meanwhile"), minutes=9)

        assert [first, *(one.register_number for one in pieces)] == ["MOC-0002", "MOC-0001"]
        assert b"meanwhile" not in received(response)

    def test_are_not_sent_again_where_nothing_changed(self, client: Client) -> None:
        for address in (CSV, XLSX, JSONL, "/data/datapackage.json", "/catalog.jsonld"):
            first = client.get(address, headers={"Accept-Encoding": "gzip"})
            again = client.get(address, headers={"If-None-Match": first["ETag"]})

            assert (first.status_code, again.status_code) == (200, 304)
            assert f'<{LICENCE}>; rel="license"' in first["Link"]
            assert first["Access-Control-Allow-Origin"] == "*"
            assert ("gzip" in first.get("Content-Encoding", "")) is (address != XLSX)

    def test_are_sent_again_after_a_publication(self, client: Client) -> None:
        before = client.get(CSV)["ETag"]
        published(content(1, "Changed"), minutes=9)

        assert b"Changed" in received(client.get(CSV, headers={"If-None-Match": before}))

    @pytest.mark.parametrize(
        ("address", "name"),
        [("/catalog.jsonld", "OPERATOR"), ("/catalog.jsonld", "CONTACT_EMAIL"), (CSV, "PUBLIC_ORIGIN"),
         (CSV, "DATA_LICENCE_NAME"), ("/iati/activities.xml", "IATI_REPORTING_ORG")],
    )  # fmt: skip
    def test_are_sent_again_where_a_setting_that_they_tell_has_changed(
        self, client: Client, settings: PortalSettings, address: str, name: str
    ) -> None:
        before = client.get(address)["ETag"]
        changed = (
            {"ref": "XM-DAC-47066", "name": "IOM", "type": "40"} if name.startswith("IATI") else "https://new.example"
        )
        setattr(settings, name, changed)

        assert client.get(address, headers={"If-None-Match": before}).status_code == 200

    def test_are_saved_under_a_name_with_the_day(self, client: Client) -> None:
        saved_as = client.get(CSV)["Content-Disposition"]

        assert re.fullmatch(r'attachment; filename="agreements-20[0-9]{2}-[0-9]{2}-[0-9]{2}\.csv"', saved_as)

    @pytest.mark.parametrize(
        "address", ["/data/nothing.csv", "/data/agreements.ods", "/data/../settings.py", "/data/agreements.csv/"]
    )
    def test_that_never_were_are_answered_in_words(self, client: Client, address: str) -> None:
        response = client.get(address)

        assert response.status_code == 404
        assert "<h1" in response.content.decode()

    def test_are_only_read(self, client: Client) -> None:
        head: Any = client.head(CSV)

        assert (head.status_code, list(head.streaming_content), "ETag" in head) == (200, [], True)
        assert client.post(CSV).status_code == 405


class TestWorkbook:
    def test_has_the_same_cells_as_the_table(self, client: Client) -> None:
        book = openpyxl.load_workbook(io.BytesIO(fetch(client, XLSX)))
        sheet = book["agreements"]
        [header, *found] = [[cell.value for cell in row] for row in sheet.iter_rows()]

        expected = rows(client, CSV)
        assert header == list(expected[0])
        title = header.index("title_en")
        assert found[0][title] == HOSTILE.replace("\x0b", " ")
        assert sheet.cell(2, title + 1).data_type == "s"
        assert found[0][header.index("title_ar")] == f"{'س' * (MOST_CHARACTERS - 1)}…"
        assert [("" if one is None else one) for one in found[1]] == [
            2 if name == "edition" else int(cell) if name == "amounts_without_figure" else cell == "true"
            if name == "reviewed_by_another" else cell
            for name, cell in expected[1].items()
        ]  # fmt: skip
        assert sheet.freeze_panes == "B2"

    def test_says_on_its_first_sheet_what_it_is(self, client: Client) -> None:
        book = openpyxl.load_workbook(io.BytesIO(fetch(client, XLSX)))
        told = {str(row[1].value) for row in book["About"].iter_rows()}

        assert {"2", f"CC BY 4.0 <{LICENCE}>"} <= told
        assert any(one.startswith("5 ") for one in told)  # the place in the log

    def test_is_opened_by_libreoffice(self, client: Client, tmp_path: Path) -> None:
        program = shutil.which("soffice")
        if program is None:
            pytest.skip("no LibreOffice here (on Debian: apt-get install libreoffice-calc-nogui)")
        Path(tmp_path, "register.xlsx").write_bytes(fetch(client, XLSX))
        # UTF-8, comma, quotes, and the second sheet.
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
        own = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [program, own, "--headless", "--convert-to", form, "--outdir", str(tmp_path), "register.xlsx"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
        [converted] = tmp_path.glob("*.csv")

        found = list(csv.DictReader(io.StringIO(converted.read_text(), newline="")))
        expected = rows(client, CSV)
        assert [one["register_number"] for one in found] == ["MOC-0002", "MOC-0001"]
        assert found[0]["title_en"] == HOSTILE.replace("\x0b", " ")
        for name in ("title_ar", "title_ckb", "parties_name_ar", "date_in_force", "content_sha256", "address"):
            assert found[1][name] == expected[1][name]


class TestJsonLines:
    def test_have_the_exact_bytes_that_were_hashed(self, client: Client) -> None:
        lines = fetch(client, JSONL).decode().splitlines()

        assert len(lines) == 2
        for line in lines:
            read = json.loads(line)
            canonical = line[line.index('"content": ') + len('"content": ') : -1]
            assert hashlib.sha256(canonical.encode()).hexdigest() == read["content_sha256"]
            assert json.loads(canonical) == read["content"]
            assert read["content"]["register_number"] == read["register_number"]
            assert LICENCE in read["licence"]
