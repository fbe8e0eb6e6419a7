"""The audit: whole on an untouched register, and a sentence for each thing that was changed behind its back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from agreements.editions.checkpoint_key import origin, signing_key
from agreements.editions.models import Edition
from agreements.editions.notes import write_checkpoint
from agreements.register.models.words_and_files import Document
from agreements.search.models import SearchEntry
from agreements.summaries.models import Summary
from agreements.summaries.store import summary_for
from tests.conftest import NOON
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    """A published edition with a public document, and its sealed summary in English."""
    agreement = first_agreement()
    Document.objects.create(
        agreement=agreement, title_en="A photograph", kind="photograph", language="en", is_public=True,
        file=ContentFile(PNG, name="view.png"),
    )  # fmt: skip
    edition = publish(agreement, at=NOON)
    summary_for(edition, "en", at=timezone.now())
    return edition


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


def audit(state: Path, **options: object) -> str:
    """Run the command; what it said last, or the exit code and sentence that it ended with."""
    said: list[str] = []

    class Screen:
        def write(self, text: str) -> None:
            said.append(text.strip())

    try:
        call_command("audit", state=state, stdout=Screen(), **options)
    except CommandError as error:
        return f"{error.returncode} {error}"
    return said[-1]


@contextmanager
def file_changed(path: str, content: bytes | None) -> Iterator[None]:
    """The stored file is another one, or missing, for as long as this lasts."""
    stored = Path(default_storage.path(path))
    before = stored.read_bytes()
    stored.unlink()
    if content is not None:
        stored.write_bytes(content)
    try:
        yield
    finally:
        stored.write_bytes(before)


def behind_its_back(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


BROKEN = {
    "UPDATE agreements_edition SET canonical = canonical || ' '": "1 Entry 1 of the log ({number}): the edition's",
    "UPDATE agreements_logentry SET by = 'x'": "Entry 1 of the log ({number}): the entry was altered",
    "UPDATE agreements_treeleaf SET hashes[1] = repeat('a', 64)": "The leaf of entry 1 ({number}) was altered",
    "DELETE FROM agreements_treeleaf": "The leaf of entry 1 ({number}) is missing",
    "UPDATE agreements_checkpoint SET root = repeat('a', 64)": "was altered: its columns are not what its text says",
    "UPDATE agreements_checkpoint SET text = replace(text, E'\\n1\\n', E'\\n2\\n')": "is not genuine: a signature",
    "INSERT INTO agreements_checkpoint (size, root, at, text) SELECT 2, root, at, text FROM agreements_checkpoint":
        "A log of 2 entries was signed, and this one has 1: its end was cut off",
    "DELETE FROM agreements_searchentry": "{number}/1 is public, and the search does not know it",
    "UPDATE agreements_searchentry SET title_ar = 'x'": "has another title_ar than the edition",
    "UPDATE agreements_searchentry SET vector = 'x'": "has other words than the edition",
    "UPDATE agreements_searchentry SET facets = facets[2:]": "The facets that {number}/1 is found by",
    "UPDATE agreements_searchentry SET status = 'expired'": "has another legal status than the edition",
    "DELETE FROM agreements_searchword": "A word of {number}/1 is missing",
    "UPDATE agreements_facetvalue SET entries = 5": "with a value of a facet is wrong",
    "DELETE FROM agreements_mention": "The organisations, frameworks or places that {number}/1 is found by",
    "DELETE FROM agreements_notededition": "The directories do not know {number}/1",
    "UPDATE agreements_mentioncount SET agreements = 5": "that name a thing is wrong",
    "INSERT INTO agreements_notededition VALUES ('MOC-999999', 9, 'other', 2020, 0)": "MOC-999999 is not public",
    "UPDATE agreements_summary SET sha256 = repeat('a', 64)": "The summary of {number}/1 en is missing from storage",
    "UPDATE agreements_summary SET edition_number = 2": "is of an edition that is not there",
    "UPDATE agreements_summary SET size_bytes = 1": "was changed in storage",
    "UPDATE agreements_summary SET sealed_at = '2020-01-01'": "whom this portal does not trust",
    "UPDATE agreements_summary SET checkpoint_id = NULL": "its pages are not what its edition says",
}  # fmt: skip
"""What somebody with all rights may do in SQL, and what the audit says of it."""


class TestAudit:
    def test_an_untouched_register_holds_also_laid_out_again(self, edition: Edition, tmp_path: Path) -> None:
        state = tmp_path / "state.json"

        assert audit(state, render=True) == "Everything is as it was published."
        assert not state.exists()

    def test_names_the_first_difference_whatever_was_changed(self, edition: Edition, tmp_path: Path) -> None:
        for statement, sentence in BROKEN.items():
            savepoint = transaction.savepoint()
            behind_its_back(statement)
            said = audit(tmp_path / "state.json", render="checkpoint_id" in statement)
            assert sentence.format(number=edition.register_number) in said, statement
            transaction.savepoint_rollback(savepoint)

    def test_names_a_file_that_was_changed_or_lost(self, edition: Edition, tmp_path: Path) -> None:
        document, summary = Document.objects.get(file_name="view.png"), Summary.objects.get()
        sealed = Path(default_storage.path(summary.path)).read_bytes()
        paths = {document.file.name: document.file.name, "pdf": summary.path}

        for name, content, sentence in [
            (document.file.name, PNG + b" ", "view.png, a document of {number}/1, was changed"),
            (document.file.name, None, "view.png, a document of {number}/1, is missing from storage"),
            ("pdf", sealed + b" ", "The summary of {number}/1 en was changed in storage"),
            ("pdf", None, "The summary of {number}/1 en is missing from storage"),
        ]:
            with file_changed(paths[name], content):
                assert sentence.format(number=edition.register_number) in audit(tmp_path / "state.json")

    def test_goes_on_where_it_left_off(self, edition: Edition, tmp_path: Path) -> None:
        state = tmp_path / "state.json"
        number = SearchEntry.objects.values_list("pk", flat=True).get()
        behind_its_back("UPDATE agreements_summary SET size_bytes = 1")
        assert "was changed in storage" in audit(state)

        SearchEntry.objects.filter(pk=number).update(title_en="Seen already, so that it isn't looked at again")

        assert "was changed in storage" in audit(state, resume=True)
        assert "has another title_en" in audit(state)

    def test_of_an_earlier_audit_nothing_is_left_that_this_one_did_not_reach(
        self, edition: Edition, tmp_path: Path
    ) -> None:
        state = tmp_path / "state.json"
        state.write_text('{"sealed summaries": 99}')
        behind_its_back("UPDATE agreements_logentry SET register_number = 'MOC-9999'")

        audit(state)

        assert state.read_text() == "{}"

    def test_a_checkpoint_kept_elsewhere_finds_an_end_that_was_cut_off(self, edition: Edition, tmp_path: Path) -> None:
        kept = tmp_path / "kept.txt"
        for size, sentence in {1: "of other entries than the first 1", 2: "its end was cut off"}.items():
            kept.write_text(write_checkpoint(origin(), size=size, root=bytes(32), at=NOON, sign_with=signing_key()))
            assert sentence in audit(tmp_path / "state.json", checkpoint=kept)
