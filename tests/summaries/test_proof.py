"""Sealed summaries, and what the verifier says of every kind of copy."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import DataObject, data, integers
from lxml import etree
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from agreements.editions.checkpoint_key import verifier_keys
from agreements.editions.checkpoints import checkpoint_with
from agreements.editions.models import Edition
from agreements.formats.iati.file import iati_xml
from agreements.formats.iati.reported import reported
from agreements.intake.contents.read import read_editions
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.summaries.keys import Sealer, current_sealer, development_sealer
from agreements.summaries.layout import SealNote, lay_out
from agreements.summaries.models import Summary
from agreements.summaries.seal import seal_pdf
from agreements.summaries.store import proof_for, read_summary, summary_for
from agreements.summaries.verify import Currency, Finding, verify_code, verify_pdf
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText
from tests.conftest import NOON
from tests.formats.iati_rules import schema
from tests.offline import run_verify_moc
from tests.people import make_user
from tests.published import first_agreement, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient_verifier")]

NOTE = SealNote(level="B-B", is_development=True)


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    return publish(first_agreement(), at=NOON)


@pytest.fixture(scope="module")
def sealed(edition: Edition) -> bytes:
    return read_summary(summary_for(edition, "en", at=NOON))


@pytest.fixture
def other_sealer(tmp_path: Path) -> Sealer:
    return development_sealer(tmp_path / "somebody-else")


@dataclass(frozen=True)
class AssociatedFile:
    name: str
    relationship: str
    media_type: str
    content: bytes


def associated_files(pdf: bytes) -> list[AssociatedFile]:
    """What a PDF names in /AF, in its order."""
    found = []
    for item in PdfFileReader(BytesIO(pdf)).root["/AF"]:
        file = item.get_object()
        stream = file["/EF"]["/F"]
        found.append(AssociatedFile(file["/UF"], file["/AFRelationship"], stream["/Subtype"], stream.data))
    return found


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


class TestSummary:
    def test_the_sealed_file_begins_with_what_was_laid_out(self, edition: Edition, sealed: bytes) -> None:
        proof = proof_for(edition, checkpoint_with(edition.entry))

        assert sealed.startswith(lay_out(edition, "en", seal=NOTE, proof=proof))

    def test_carries_the_proof_that_its_edition_is_in_the_log(self, sealed: bytes, tmp_path: Path) -> None:
        (tmp_path / "summary.pdf").write_bytes(sealed)
        (tmp_path / "key.txt").write_text("\n".join(map(str, verifier_keys())))

        code, said = run_verify_moc("pdf", "summary.pdf", "--key", "key.txt", folder=tmp_path)

        assert (code, "edition 1, at 2026-11-23T09:00" in said) == (0, True), said

    def test_is_made_once_however_often_it_is_asked_for(self, edition: Edition, noon: datetime) -> None:
        assert summary_for(edition, "en", at=noon) == summary_for(edition, "en", at=noon)
        assert Summary.objects.count() == 1

    def test_carries_the_edition_as_json_and_as_valid_iati(self, edition: Edition, sealed: bytes) -> None:
        json_file, iati_file, proof_file = associated_files(sealed)

        name = f"{edition.register_number}-edition-1"
        assert json_file == AssociatedFile(f"{name}.json", "/Source", "/application/json", edition.canonical)
        assert (iati_file.name, iati_file.relationship) == (f"{name}.iati.xml", "/Alternative")
        assert iati_file.media_type == "/application/xml"
        assert iati_file.content == iati_xml(reported(edition, as_of=NOON.date()))
        assert (proof_file.name, proof_file.relationship) == (f"{name}.log-proof.json", "/Supplement")
        schema().assertValid(etree.fromstring(iati_file.content))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_its_words_can_be_copied_out(self, edition: Edition, language: Language) -> None:
        summary = edition.content.summary.get(language)
        assert summary is not None
        words = set(summary.replace("،", " ").replace(".", " ").replace(",", " ").split())
        copied = text_of(lay_out(edition, language, seal=NOTE))

        right = [word for word in words if word in copied]

        assert len(right) / len(words) > 0.9, sorted(words - set(right))


class TestVerifyPdf:
    def test_an_untouched_file_is_genuine_and_current(self, sealed: bytes) -> None:
        verdict = verify_pdf(sealed)

        assert (verdict.finding, verdict.current) == (Finding.GENUINE, Currency.YES)

    def test_a_file_that_was_never_given_out_is_not_genuine_though_its_seal_holds(self, edition: Edition) -> None:
        copy = seal_pdf(lay_out(edition, "ar", seal=NOTE), sealer=current_sealer(), level="B-B")

        verdict = verify_pdf(copy)

        assert (verdict.finding, verdict.edition) == (Finding.OTHER_BYTES, edition)

    @given(data())
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_no_flipped_bit_goes_unseen_wherever_it_is(self, sealed: bytes, drawn: DataObject) -> None:
        where = drawn.draw(integers(0, len(sealed) - 1))
        flipped = bytes([sealed[where] ^ 1 << drawn.draw(integers(0, 7))])

        assert not verify_pdf(sealed[:where] + flipped + sealed[where + 1 :]).is_genuine

    def test_a_change_in_the_room_that_the_seal_does_not_cover_is_seen(self, sealed: bytes) -> None:
        padding = sealed.rindex(b"0" * 64)

        assert verify_pdf(sealed[:padding] + b"1" + sealed[padding + 1 :]).finding is Finding.OTHER_BYTES

    def test_another_portal_can_take_the_edition_out_of_it_or_of_the_lines(
        self, client: Client, sealed: bytes, edition: Edition
    ) -> None:
        lines = b"".join(client.get("/data/agreements.jsonl"))
        [taken], [line] = (list(read_editions(BytesIO(one))) for one in (sealed, lines))

        assert taken.content == line.content == edition.content
        assert taken.provenance.content_hash == line.provenance.claimed_hash == edition.content_hash
        assert (line.provenance.edition_number, line.provenance.is_as_claimed) == (1, True)

    def test_an_older_edition_stays_genuine_and_is_not_current(self, sealed: bytes, noon: datetime) -> None:
        agreement = Agreement.objects.get()
        Agreement.objects.update(title_en="A corrected title")
        publish(agreement, at=noon)

        verdict = verify_pdf(sealed)

        assert (verdict.finding, verdict.current) == (Finding.GENUINE, Currency.NO)

    def test_a_withdrawn_agreement_is_not_current(self, sealed: bytes, noon: datetime) -> None:
        reason = LocalisedText(en="A mistake.")
        withdraw_agreement(Agreement.objects.get().pk, by=make_user("reviewer"), at=noon, reason=reason)

        verdict = verify_pdf(sealed)

        assert (verdict.is_genuine, verdict.current) == (True, Currency.NO)
        assert verdict.withdrawal is not None

    def test_a_flipped_byte_is_seen(self, sealed: bytes) -> None:
        at = sealed.index(b"stream\nx") + 60  # inside the first compressed stream
        changed = sealed[: at + 9] + bytes([sealed[at + 9] ^ 1]) + sealed[at + 10 :]

        assert not verify_pdf(changed).is_genuine

    def test_something_added_later_is_seen(self, sealed: bytes) -> None:
        writer = IncrementalPdfFileWriter(BytesIO(sealed))
        writer.root[pdf_name("/Added")] = pdf_string("later")
        writer.update_root()
        output = BytesIO()
        writer.write(output)

        assert verify_pdf(output.getvalue()).finding is Finding.ADDED_TO

    def test_somebody_elses_seal_is_not_ours(self, edition: Edition, other_sealer: Sealer) -> None:
        forged = seal_pdf(lay_out(edition, "en", seal=NOTE), sealer=other_sealer, level="B-B")

        assert verify_pdf(forged).finding is Finding.OTHER_SEAL

    def test_a_file_without_its_seal_proves_nothing(self, edition: Edition) -> None:
        assert verify_pdf(lay_out(edition, "en", seal=NOTE)).finding is Finding.NO_SEAL

    def test_a_file_cut_in_half_is_damaged(self, sealed: bytes) -> None:
        assert verify_pdf(sealed[: len(sealed) // 2]).finding is Finding.DAMAGED

    def test_an_encrypted_file_is_named_so(self, sealed: bytes) -> None:
        writer = copy_into_new_writer(PdfFileReader(BytesIO(sealed)))
        writer.encrypt("owner", "user")
        output = BytesIO()
        writer.write(output)

        assert verify_pdf(output.getvalue()).finding is Finding.ENCRYPTED

    @pytest.mark.parametrize(
        ("data", "finding"),
        [
            (b"", Finding.EMPTY),
            (b"GIF89a", Finding.NOT_A_PDF),
            (b"%PDF-1.7\n" + b"\x00" * 100, Finding.DAMAGED),
            (b"%PDF-1.7\n" + b"[" * 200_000, Finding.DAMAGED),
            (b"%PDF-" + bytes(20 * 1024 * 1024), Finding.TOO_LARGE),
        ],
    )
    def test_what_is_no_summary_gets_its_own_answer(self, data: bytes, finding: Finding) -> None:
        assert verify_pdf(data).finding is finding


class TestVerifyCode:
    def test_knows_a_code_however_it_is_typed(self, edition: Edition) -> None:
        typed = edition.code.lower().replace("-", " ").replace("0", "o")

        assert verify_code(typed).edition == edition

    def test_knows_no_code_that_was_never_given_out(self) -> None:
        assert verify_code(secrets.token_hex(6)).finding is Finding.CODE_UNKNOWN


class TestVerifyPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_answers_for_people_and_programs(self, client: Client, sealed: bytes, language: Language) -> None:
        page = client.post(f"/{language}/verify/", {"file": SimpleUploadedFile("copy.pdf", sealed)})

        assert page.status_code == 200
        assert 'data-genuine="yes" data-current="yes"' in page.content.decode()
        assert not page.cookies

    def test_refuses_a_stranger(self, client: Client) -> None:
        page = client.post("/en/verify/", {"file": SimpleUploadedFile("x.pdf", b"nothing of the kind")})

        assert 'data-genuine="no" data-current="unknown"' in page.content.decode()
        assert "This is neither a PDF" in page.content.decode()

    def test_looks_a_code_up(self, client: Client, edition: Edition) -> None:
        assert 'data-genuine="yes"' in client.get("/en/verify/", {"code": edition.code}).content.decode()
