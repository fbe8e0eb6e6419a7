"""The other side seals a published record, as a person without an account meets it, and the desk and the public."""

import hashlib
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pytest_django import Settings
from weasyprint import HTML

from agreements.editions.models import Edition
from agreements.publishing.links import MadeLink
from agreements.publishing.other_seals import revoke_seal_link
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import SealLink
from agreements.staff.seal import UPLOADS
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.store import read_summary, summary_for
from agreements.vocabulary.languages import LocalisedText
from tests.other_seals import Office, address, ask, download, send
from tests.published import publish
from tests.scanners import EICAR, loopback_scanner

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "ar", "ckb")
CLOSED = {"en": "This link is no longer open", "ar": "هذا الرابط لم يعد مفتوحاً", "ckb": "ئەم بەستەرە چیتر کراوە نییە"}


def sealed_file(record: Agreement, language: str = "en") -> bytes:
    edition = Edition.objects.filter(register_number=record.register_number).latest("number")
    return read_summary(summary_for(edition, language, at=timezone.now()))  # type: ignore[arg-type]


class TestPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_offers_the_file_in_each_language_with_its_hash(self, asked: MadeLink[SealLink], language: str) -> None:
        page = Client().get(address(asked, language=language)).content.decode()

        assert f'lang="{language}"' in page
        for one in LANGUAGES:
            digest = hashlib.sha256(download(asked, one)).hexdigest()
            assert digest in page.replace(" ", "").replace("&nbsp;", "").replace("\u202f", "").replace("<wbr>", "")
            assert address(asked, f"{one}.pdf", language=language) in page

    def test_gives_the_bytes_that_the_registers_file_begins_with_each_time_the_same(
        self, asked: MadeLink[SealLink], record: Agreement
    ) -> None:
        first, again = download(asked), download(asked)

        assert first == again
        assert first.startswith(b"%PDF-")
        assert first.rstrip().endswith(b"%%EOF")
        assert sealed_file(record).startswith(first)
        assert b"/ByteRange" not in first

    @pytest.mark.parametrize("path", ["", "en.pdf"])
    def test_is_kept_and_told_on_by_nobody(self, asked: MadeLink[SealLink], path: str) -> None:
        answer = Client().get(address(asked, path))

        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert not answer.cookies

    def test_says_that_a_newer_edition_was_published(self, asked: MadeLink[SealLink], record: Agreement) -> None:
        Agreement.objects.filter(pk=record.pk).update(title_en="Another title")
        publish(record, at=timezone.now())

        assert "Edition 2 has been published since" in Client().get(address(asked)).content.decode()


class TestClosedLinks:
    @pytest.mark.parametrize("path", ["", "ar.pdf"])
    def test_an_expired_one_says_so_in_three_languages(
        self, asked: MadeLink[SealLink], record: Agreement, path: str
    ) -> None:
        SealLink.objects.update(created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now())

        answer = Client().get(address(asked, path))

        assert answer.status_code == 410
        assert all(one in answer.content.decode() for one in CLOSED.values())
        assert record.register_number not in answer.content.decode()

    def test_a_revoked_one_takes_nothing(
        self, asked: MadeLink[SealLink], record: Agreement, editor: User, office: Office
    ) -> None:
        signed = office.sign_pdf(download(asked))
        revoke_seal_link(record.pk, asked.link.pk, by=editor, at=timezone.now())

        assert send(asked, signed).status_code == 410
        assert not OtherSeal.objects.exists()

    def test_one_of_a_withdrawn_record_is_over(
        self, asked: MadeLink[SealLink], record: Agreement, reviewer: User
    ) -> None:
        withdraw_agreement(record.pk, by=reviewer, at=timezone.now(), reason=LocalisedText(en="A mistake."))

        assert Client().get(address(asked)).status_code == 410

    def test_an_unknown_one_was_never_there(self) -> None:
        assert Client().get("/en/seal/x/").status_code == 404
        assert Client().get("/en/seal/x").status_code == 404

    def test_the_secret_is_stored_nowhere(self, asked: MadeLink[SealLink]) -> None:
        assert asked.secret not in str(vars(SealLink.objects.get(pk=asked.link.pk)))


class TestReceiving:
    @pytest.mark.parametrize("kind", ["ec", "rsa"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_keeps_a_sealed_pdf(self, asked: MadeLink[SealLink], record: Agreement, kind: str, language: str) -> None:
        signed = Office(kind=kind).sign_pdf(download(asked, language))

        answer = send(asked, signed)

        seal = OtherSeal.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, address(asked))
        assert (seal.sha256, seal.size_bytes) == (hashlib.sha256(signed).hexdigest(), len(signed))
        assert (seal.summary.language, seal.form, seal.is_over_sealed) == (language, "pdf", False)
        assert seal.signatures[0]["subject"] == "Ministry of Tests"
        assert seal.signatures[0]["is_chain_known"] is False
        assert "Waits for an editor" in Client().get(address(asked)).content.decode()
        entry = record.timeline.latest("pk")
        assert (entry.kind, entry.by, entry.edition_number) == ("seal_received", None, 1)
        assert "Hana Karim" in entry.by_name

    @pytest.mark.parametrize("form", ["DER", "PEM"])
    @pytest.mark.parametrize("kind", ["ec", "rsa"])
    def test_keeps_a_signature_beside_the_file(self, asked: MadeLink[SealLink], form: str, kind: str) -> None:
        assert send(asked, Office(kind=kind).sign_beside(download(asked, "ckb"), form=form)).status_code == 302

        seal = OtherSeal.objects.get()
        assert (seal.summary.language, seal.is_over_sealed) == ("ckb", False)
        assert seal.form == {"DER": "p7s", "PEM": "pem"}[form]

    def test_keeps_a_signature_beside_the_registers_sealed_file(
        self, asked: MadeLink[SealLink], record: Agreement, office: Office
    ) -> None:
        assert send(asked, office.sign_beside(sealed_file(record, "ar"))).status_code == 302

        assert OtherSeal.objects.get().is_over_sealed is True

    def test_keeps_several_signatures_of_which_one_may_be_seen(self, asked: MadeLink[SealLink], office: Office) -> None:
        first = office.sign_pdf(download(asked), box=(40, 40, 240, 100))
        both = Office("The Minister", kind="rsa").sign_pdf(first, name="Minister")

        assert send(asked, both).status_code == 302

        found = [one["subject"] for one in OtherSeal.objects.get().signatures]
        assert found == ["Ministry of Tests", "The Minister"]

    def test_keeps_a_certification(self, asked: MadeLink[SealLink], office: Office) -> None:
        assert send(asked, office.sign_pdf(download(asked), certify=True)).status_code == 302

    def test_tells_whether_the_authority_is_known(
        self, asked: MadeLink[SealLink], office: Office, settings: Settings, tmp_path: Path
    ) -> None:
        bundle = tmp_path / "roots.pem"
        bundle.write_bytes(
            Office("Somebody else").root.public_bytes(Encoding.PEM) + office.root.public_bytes(Encoding.PEM)
        )
        settings.PARTY_ROOTS = str(bundle)

        assert send(asked, office.sign_pdf(download(asked))).status_code == 302

        assert OtherSeal.objects.get().signatures[0]["is_chain_known"] is True

    @pytest.mark.parametrize("is_known", [True, False])
    def test_keeps_one_with_timestamps_and_proofs_and_tells_whether_their_time_can_be_relied_on(
        self, asked: MadeLink[SealLink], office: Office, settings: Settings, tmp_path: Path, is_known: bool
    ) -> None:
        clock = Office("Clock", kind="rsa", stamps_time=True)
        (tmp_path / "roots.pem").write_bytes(clock.root.public_bytes(Encoding.PEM))
        settings.PARTY_ROOTS = str(tmp_path / "roots.pem") if is_known else ""

        assert send(asked, office.sign_for_long(download(asked), clock)).status_code == 302

        assert OtherSeal.objects.get().signatures[0]["is_timestamped"] is is_known

    def test_takes_a_newer_one_beside_the_first(self, asked: MadeLink[SealLink], office: Office) -> None:
        for _number in range(2):
            assert send(asked, office.sign_pdf(download(asked))).status_code == 302

        assert OtherSeal.objects.count() == 2

    def test_needs_the_tick_that_it_may_be_published(self, asked: MadeLink[SealLink], office: Office) -> None:
        answer = send(asked, office.sign_pdf(download(asked)), may_be_published="")

        assert answer.status_code == 400
        assert "tick this box" in answer.content.decode()
        assert not OtherSeal.objects.exists()

    def test_needs_a_form_with_a_file(self, asked: MadeLink[SealLink]) -> None:
        assert Client().post(address(asked), "x=1", content_type="application/x-www-form-urlencoded").status_code == 400

    def test_looks_at_so_many_an_hour(self, asked: MadeLink[SealLink]) -> None:
        statuses = [send(asked, b"").status_code for _number in range(UPLOADS.times + 1)]

        assert statuses == [400] * UPLOADS.times + [429]

    def test_has_files_scanned_where_a_scanner_is_set(
        self, asked: MadeLink[SealLink], office: Office, settings: Settings
    ) -> None:
        with loopback_scanner() as scanner:
            settings.CLAMD = scanner.address
            infected = send(asked, office.sign_pdf(download(asked)) + EICAR)
            clean = send(asked, office.sign_pdf(download(asked)))
        settings.CLAMD = "tcp:127.0.0.1:9"
        unreachable = send(asked, office.sign_pdf(download(asked)))

        assert "This file is infected" in infected.content.decode()
        assert clean.status_code == 302
        assert "can’t be checked for viruses" in unreachable.content.decode()
        assert OtherSeal.objects.count() == 1


def refused(asked: MadeLink[SealLink], content: bytes, language: str = "en") -> str:
    """What the page says of a file that is not kept."""
    answer = send(asked, content, language=language)
    assert answer.status_code in (400, 413)
    assert not OtherSeal.objects.exists()
    return str(answer.content.decode().replace("&#x27;", "'"))


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "This file is empty"),
            (b"\xff\xd8\xff\xe0 a photograph", "This is a picture"),
            (b"just words", "neither a PDF nor a signature"),
            (b"%PDF-1.7\nof somebody else\n%%EOF", "does not begin with the file that was given"),
            (b"\x30\x80 no signature at all", "can’t be read as a signature in CMS form"),
            (b"-----BEGIN CMS-----\nbroken\n", "can’t be read as a signature in CMS form"),
        ],
    )
    def test_say_what_is_wrong(self, asked: MadeLink[SealLink], content: bytes, words: str) -> None:
        assert words in refused(asked, content)

    def test_of_a_file_that_is_too_large(self, asked: MadeLink[SealLink]) -> None:
        assert "larger than 20 MB" in refused(asked, b"%PDF-" + bytes(21 * 1024 * 1024))

    def test_of_what_was_given_out_as_it_is(self, asked: MadeLink[SealLink], record: Agreement) -> None:
        assert "without a seal. Seal it" in refused(asked, download(asked))
        assert "the register’s own sealed file" in refused(asked, sealed_file(record))

    def test_of_a_seal_on_the_registers_seal_which_allows_none(
        self, asked: MadeLink[SealLink], record: Agreement
    ) -> None:
        added = sealed_file(record) + b"\n% a signature would stand here\n%%EOF\n"

        assert "That seal allows no addition" in refused(asked, added)

    def test_of_a_seal_on_another_edition(
        self, asked: MadeLink[SealLink], record: Agreement, editor: User, office: Office
    ) -> None:
        Agreement.objects.filter(pk=record.pk).update(title_en="Another title")
        newer = publish(record, at=timezone.now())
        summary_for(newer, "en", at=timezone.now())
        other = ask(record, by=editor, at=timezone.now())

        assert "This is edition 2 of the record" in refused(asked, office.sign_pdf(download(other)))

    def test_of_pages_changed_before_the_first_signature(self, asked: MadeLink[SealLink], office: Office) -> None:
        """The signature covers the changed page and holds; only the comparison with what was given out tells."""
        assert "Something besides seals was changed" in refused(
            asked, office.sign_pdf(download(asked), before=_rotated)
        )

    def test_of_pages_changed_after_it(self, asked: MadeLink[SealLink], office: Office) -> None:
        writer, output = IncrementalPdfFileWriter(BytesIO(office.sign_pdf(download(asked)))), BytesIO()
        _rotated(writer)
        writer.write(output)

        assert "Something besides seals was changed" in refused(asked, output.getvalue())

    def test_of_another_document_behind_our_bytes(self, asked: MadeLink[SealLink], office: Office) -> None:
        """It begins with what was given out, and its newest table of contents never leads there."""
        start = download(asked)
        other = HTML(string="<p>Something else altogether").write_pdf()
        moved = _moved(other, len(start))

        assert "besides seals was changed" in refused(asked, start + moved) or "can’t be read" in refused(
            asked, start + moved
        )

    def test_of_what_was_added_after_the_seal(self, asked: MadeLink[SealLink], office: Office) -> None:
        signed = office.sign_pdf(download(asked))

        assert "does not cover the whole file" in refused(asked, signed + b"\n% and something more\n")

    def test_of_a_seal_that_was_tampered_with(self, asked: MadeLink[SealLink], office: Office) -> None:
        signed = bytearray(office.sign_pdf(download(asked)))
        signed[signed.index(b"Adobe.PPKLite", len(download(asked)))] ^= 1

        words = refused(asked, bytes(signed))

        assert "does not hold" in words or "can’t be read" in words

    def test_of_a_seal_that_hides_the_page(self, asked: MadeLink[SealLink], office: Office) -> None:
        assert "hides the text" in refused(asked, office.sign_pdf(download(asked), box=(0, 0, 595, 842)))

    def test_of_certificates_and_keys_that_are_not_good_enough(self, asked: MadeLink[SealLink]) -> None:
        ended = Office(now=timezone.now() - timedelta(days=40))
        weak = Office(kind="rsa", bits=1024)

        assert "is not valid today" in refused(asked, ended.sign_pdf(download(asked)))
        assert "easily forged" in refused(asked, weak.sign_pdf(download(asked)))

    def test_of_signatures_beside_that_are_no_use(self, asked: MadeLink[SealLink], office: Office) -> None:
        start = download(asked)

        assert "over another file" in refused(asked, office.sign_beside(b"another file"))
        assert "holds the signed file itself" in refused(asked, office.sign_beside(start, "-binary", "-nodetach"))
        assert "The certificate is missing" in refused(asked, office.sign_beside(start, "-binary", "-nocerts"))
        assert "easily forged" in refused(asked, office.sign_beside(start, "-binary", "-md", "sha1"))

    @pytest.mark.parametrize(("language", "words"), [("ar", "الملف فارغ"), ("ckb", "ئەم پەڕگەیە بەتاڵە")])
    def test_are_in_the_readers_language(self, asked: MadeLink[SealLink], language: str, words: str) -> None:
        assert words in refused(asked, b"", language)

    def test_of_the_same_file_twice(self, asked: MadeLink[SealLink], office: Office) -> None:
        signed = office.sign_pdf(download(asked))
        send(asked, signed)

        assert "Exactly this file has been sent before" in send(asked, signed).content.decode()
        assert OtherSeal.objects.count() == 1


def _rotated(writer: IncrementalPdfFileWriter) -> None:
    """The first page turned round."""
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/Rotate")] = NumberObject(180)
    writer.update_container(page)


def _moved(pdf: bytes, by: int) -> bytes:
    """A PDF with every offset moved, so that it reads well behind other bytes."""

    def move_row(match: re.Match[bytes]) -> bytes:
        return b"%010d" % (int(match[1]) + by) + match[2]

    moved = re.sub(rb"(?m)^([0-9]{10})( [0-9]{5} n)", move_row, pdf)
    return re.sub(rb"startxref\s+([0-9]+)", lambda match: b"startxref\n%d" % (int(match[1]) + by), moved)
