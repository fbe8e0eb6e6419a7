"""Electronic signatures of PDFs, read in a process apart."""

from dataclasses import asdict
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from agreements.register.models.words_and_files import Document
from agreements.register.pdf_facts import PdfFacts, pdf_facts, read_facts
from agreements.register.pdf_signatures import MOST_SIGNATURES, Signature
from agreements.register.values import value_of
from tests.signed_pdfs import PAGE, PAGES, UNSIGNED, added_to, sign, signer, tampered
from tests.summaries.attacks.exhausting import pdf
from tests.summaries.test_timestamps import STAMPED, near_stamper

LEYLA, OMAR = signer("Dr Leyla Examples"), signer("Omar \u202eExamples", "Examples Abroad")

MADE = datetime.now(UTC).replace(microsecond=0)
SIGNED = sign(UNSIGNED, LEYLA)


@pytest.fixture
def signed() -> bytes:
    return SIGNED


def states(data: bytes) -> list[str]:
    return [one.state for one in read_facts(data).signatures or ()]


class TestSignatures:
    def test_say_who_signed_when_and_whether_all_is_as_it_was(self, signed: bytes) -> None:
        (found,) = pdf_facts(signed).signatures or ()

        assert (found.signer, found.organization, found.issuer) == (
            "Dr Leyla Examples", "Ministry of Examples", "An authority",
        )  # fmt: skip
        assert (found.state, found.clock, found.was_valid) == ("intact", "signer", True)
        assert MADE <= datetime.fromisoformat(found.signed_at or "") <= datetime.now(UTC)

    def test_are_none_of_a_file_that_nobody_signed(self) -> None:
        assert pdf_facts(UNSIGNED) == PdfFacts(pages=1, is_signed=False, signatures=())

    def test_of_two_stand_in_the_order_they_were_made(self, signed: bytes) -> None:
        found = read_facts(sign(signed, OMAR, field="Another")).signatures or ()

        assert [one.signer for one in found] == ["Dr Leyla Examples", "Omar Examples"]
        assert [one.state for one in found] == ["added_to", "intact"]

    def test_tell_a_file_that_was_changed_since(self, signed: bytes) -> None:
        assert states(added_to(signed)) == ["changed"]
        assert states(tampered(signed)) == ["changed"]

    def test_tell_a_certificate_that_had_run_out(self) -> None:
        (found,) = read_facts(sign(UNSIGNED, signer("Late", days=-10))).signatures or ()

        assert (found.state, found.was_valid) == ("intact", False)

    def test_take_the_time_of_a_timestamp_authority(self) -> None:
        (found,) = read_facts(sign(UNSIGNED, LEYLA, timestamper=near_stamper())).signatures or ()

        assert (found.clock, found.signed_at) == ("authority", STAMPED.isoformat())

    def test_that_can_not_be_read_are_counted_all_the_same(self) -> None:
        broken = pdf(
            b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>", PAGES, PAGE,
            b"<< /FT /Sig /T (Approval) /V 5 0 R >>",
            b"<< /Type /Sig /Filter /X /SubFilter /Y /Contents <3082050041414141> /ByteRange [0 10 20 30] >>",
        )  # fmt: skip

        assert read_facts(broken).signatures == (Signature(),)

    def test_are_read_up_to_a_number(self) -> None:
        data = UNSIGNED
        for number in range(MOST_SIGNATURES + 2):
            data = sign(data, LEYLA, field=f"S{number}")

        assert len(pdf_facts(data).signatures or ()) == MOST_SIGNATURES

    @settings(deadline=None)  # looking through the update behind a signature takes its time
    @given(some.integers(0, 4000), some.binary(min_size=1, max_size=8))
    def test_answer_whatever_is_in_the_file(self, place: int, junk: bytes) -> None:
        try:
            facts = read_facts(SIGNED[:place] + junk + SIGNED[place + len(junk) :])
        except Exception:  # noqa: BLE001  # the process apart ends of it, which its caller takes for "unreadable"
            return
        assert all(one.state for one in facts.signatures or ())


class TestHistory:
    def test_writes_signatures_and_lists_in_words(self) -> None:
        event = SimpleNamespace(
            signatures=[asdict(one) for one in read_facts(SIGNED).signatures or ()], taken_out=["script"]
        )

        def written(name: str) -> str:
            return value_of(Document._meta.get_field(name), event, {}).text

        assert (written("signatures"), written("taken_out")) == ("Dr Leyla Examples: Intact", "JavaScript")
