"""The static copy of the whole record: whole, checkable, and brought up to date."""

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from agreements.editions.models import Edition
from agreements.opendata.bundle import addresses, export, lists
from agreements.opendata.bundle.asking import Asked
from agreements.opendata.bundle.export import export_site
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.urls import neutral_urlpatterns
from agreements.vocabulary.kinds import AgreementKind
from agreements.vocabulary.languages import LocalisedText
from tests.border_protocol import border_protocol, relative
from tests.conftest import NOON
from tests.opendata.copies import broken_links, files_in, sealed_already
from tests.people import make_user
from tests.published import first_agreement, publish
from tests.rich import enrich

pytestmark = pytest.mark.django_db

REASON = LocalisedText(en="Published by mistake.", ar="نُشر خطأً.", ckb="بە هەڵە بڵاوکرایەوە.")
LEAD_ON = {"neutral:agreement_ics", "neutral:agreement_atom"}
"""These lead to the file in the language that is asked for."""

AROUND = {"site:place", "site:objective", "site:framework", "site:organization", "site:edition_read"}


@pytest.fixture(scope="module")
def record(one_for_all_tests: None) -> tuple[Edition, Edition, Edition]:
    """A record with something of everything, another in its second edition, and one that was withdrawn."""
    first = publish(enrich(first_agreement()), at=NOON)
    protocol = border_protocol(by=make_user("editor"), below=Agreement.objects.get(pk=first_number(first)))
    editions = [first, publish(protocol, at=NOON)]
    protocol = Agreement.objects.get(pk=protocol.pk)
    protocol.change_note_en, protocol.summary_en = "More.", "It covers ports too."
    protocol.save()
    editions.append(publish(protocol, at=NOON + timedelta(days=1)))
    gone = relative(AgreementKind.PROTOCOL, "A protocol that went", by=make_user("editor"))
    editions.append(publish(gone, at=NOON))
    withdraw_agreement(gone.pk, by=make_user("reviewer"), at=NOON + timedelta(days=1), reason=REASON)
    for one in editions:
        sealed_already(one, at=NOON)
    return editions[0], editions[2], editions[3]


def first_number(edition: Edition) -> int:
    return Agreement.objects.get(register_number=edition.register_number).pk


@pytest.fixture
def without_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A smaller copy, for what many pages more would show no better."""
    monkeypatch.setattr(addresses, "_KEPT", addresses._KEPT - AROUND)


@pytest.fixture(scope="module")
def copy(record: tuple[Edition, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy, with one agreement a page of its lists; without two hundred pages that are all of two kinds."""
    folder = tmp_path_factory.mktemp("copy")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(addresses, "_KEPT", addresses._KEPT - {"site:place", "site:objective"})
        patched.setattr(lists, "A_PAGE", 1)
        export_site(folder, at=timezone.now(), say=str)
    return folder


class TestCopy:
    def test_leads_nowhere_where_nothing_is(self, copy: Path) -> None:
        assert broken_links(copy) == []

    def test_has_every_edition_as_it_was_hashed_and_sealed(self, copy: Path, record: tuple[Edition, ...]) -> None:
        for edition in record[:2]:
            number, of_it = edition.register_number, edition.number
            data = (copy / f"id/{number}/{of_it}.json").read_bytes()
            assert hashlib.sha256(data).hexdigest() == edition.content_hash
            assert (copy / f"id/{number}.json").read_bytes() == data
            for language in ("en", "ar", "ckb"):
                folder = copy / f"{language}/agreements/{number}"
                assert (folder / f"editions/{of_it}/summary.pdf").read_bytes().startswith(b"%PDF")
                assert f'<html lang="{language}"' in (folder / "index.html").read_text()
        assert (copy / f"en/agreements/{record[1].register_number}/editions/1/compare/2/index.html").is_file()
        assert (copy / "data/datapackage.json").is_file()
        [document] = (copy / "documents").rglob("*.pdf")
        assert hashlib.sha256(document.read_bytes()).hexdigest() == document.parent.name

    def test_keeps_of_what_was_withdrawn_the_reason_alone(self, copy: Path, record: tuple[Edition, ...]) -> None:
        number = record[2].register_number

        assert "Published by mistake." in (copy / f"en/agreements/{number}/index.html").read_text()
        assert json.loads((copy / f"id/{number}.json").read_bytes())["error"] == "withdrawn"
        assert [name for name in files_in(copy) if number in name and "/editions/" in name] == []

    def test_asks_nothing_of_its_reader_and_says_where_the_portal_is(self, copy: Path) -> None:
        for name, path in files_in(copy).items():
            if not name.endswith(".html"):
                continue
            text = path.read_text()
            assert not re.search(r"<form|htmx|search\.js|report\.js", text), name
            if name != "index.html":
                portal = re.search(r'copy-note">[^<]+<a dir="ltr" href="([^"]+)"', text)
                assert portal is not None
                assert portal[1].startswith(f"{settings.PUBLIC_ORIGIN}/"), name
        assert "A copy can’t answer" in (copy / "en/verify/index.html").read_text()

    def test_has_names_that_any_file_system_takes(self, copy: Path) -> None:
        names = list(files_in(copy))

        assert len({name.lower() for name in names}) == len(names)
        assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9._/-]{1,180}", name)] == []

    def test_lists_all_agreements_by_year_and_kind_page_by_page(self, copy: Path, record: tuple[Edition, ...]) -> None:
        start = copy / "ar/agreements"

        pages = [(start / name).read_text() for name in ("index.html", "page-2.html")]
        assert [record[1].register_number in text for text in pages] == [True, False]
        assert 'href="page-2.html#year-2021"' in pages[0]
        assert 'rel="prev" href="index.html"' in pages[1]
        assert "MOC-" in (start / "kind-protocol.html").read_text()

    def test_names_each_file_with_its_hash_and_what_it_is(self, copy: Path) -> None:
        lines = (copy / "manifest-sha256.txt").read_text().splitlines()
        named = {name: digest for digest, _space, name in (line.partition("  ") for line in lines)}
        about = json.loads((copy / "about-this-copy.json").read_bytes())

        there = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files_in(copy).items()}
        assert there.pop("manifest-sha256.txt") == about["manifest"]["sha256"]
        del there["about-this-copy.json"]
        assert named == there
        assert (about["files"], about["log_head"]["sequence"]) == (len(there), 5)
        assert about["log_head"]["entry_hash"] in (copy / "how-to-verify.txt").read_text()

    def test_has_every_kind_of_data_file(self) -> None:
        files = [one for one in neutral_urlpatterns if re.match(r"(id|data|iati)/.*\.", str(one.pattern))]

        assert {f"neutral:{one.name}" for one in files} - LEAD_ON <= addresses._KEPT


class TestExportSite:
    def test_goes_on_where_it_was_stopped(
        self, record: tuple[Edition, ...], without_surroundings: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        answer = Asked.answer
        monkeypatch.setattr(Asked, "answer", lambda self, address: asked.append(address) or answer(self, address))
        monkeypatch.setattr(export, "_EVERY_S", 0)
        at = timezone.now()

        def stop(text: str) -> None:
            if len(asked) == 30:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            export_site(tmp_path, at=at, say=stop)
        before = {name: path.stat().st_mtime_ns for name, path in files_in(tmp_path).items() if "/about/" in name}
        export_site(tmp_path, at=at, say=str)

        assert len(asked) == len(set(asked)) > 40
        assert before.items() <= {name: path.stat().st_mtime_ns for name, path in files_in(tmp_path).items()}.items()
        assert broken_links(tmp_path) == []

    def test_brings_a_copy_up_to_date_and_leaves_the_rest_alone(
        self, record: tuple[Edition, ...], without_surroundings: None, tmp_path: Path
    ) -> None:
        kept, gone = record[:2]
        export_site(tmp_path, at=timezone.now(), say=str)
        (tmp_path / "notes.txt").write_text("Mine.")
        same = [f"id/{kept.register_number}/1.json", "en/glossary/index.html"]
        before = {name: (tmp_path / name).stat().st_mtime_ns for name in same}
        page = tmp_path / f"ckb/agreements/{gone.register_number}/index.html"
        assert page.with_name("editions").is_dir()

        withdraw_agreement(first_number(gone), by=make_user("reviewer"), at=timezone.now(), reason=REASON)
        copied = export_site(tmp_path, at=timezone.now(), say=str)

        assert copied.removed > 10
        assert "بە هەڵە بڵاوکرایەوە." in page.read_text()
        assert not page.with_name("editions").exists()
        assert not (tmp_path / f"id/{gone.register_number}").exists()
        assert before == {name: (tmp_path / name).stat().st_mtime_ns for name in same}
        assert (tmp_path / "notes.txt").read_text() == "Mine."

    def test_refuses_a_folder_that_holds_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("Dear reader")

        with pytest.raises(CommandError, match="name an empty folder"):
            call_command("export_site", tmp_path)

        assert list(files_in(tmp_path)) == ["letter.txt"]
