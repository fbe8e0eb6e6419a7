"""What the other side sealed: decided upon at the desk, and then on public pages, in the API and the verifier."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.opendata.bundle.addresses import is_kept
from agreements.publishing.links import MadeLink
from agreements.publishing.other_seals import accept_seal
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import SealLink
from agreements.summaries.others.models import OtherSeal
from agreements.vocabulary.languages import LocalisedText
from moc_portal.pages.generation import read_head
from tests.other_seals import Office, address, download, send
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "ar", "ckb")
CLOSED = {"en": "This link is no longer open", "ar": "هذا الرابط لم يعد مفتوحاً", "ckb": "ئەم بەستەرە چیتر کراوە نییە"}


def public_page(record: Agreement, language: str = "en") -> str:
    return str(Client().get(f"/{language}/agreements/{record.register_number}/").content.decode())


class TestDeciding:
    def test_nothing_is_public_before(self, sent: OtherSeal, record: Agreement) -> None:
        assert "Also sealed by" not in public_page(record)
        assert Client().get(f"/seals/{sent.sha256}/{sent.file_name}").status_code == 404

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_public_page_shows_it_in_each_language(
        self, sent: OtherSeal, record: Agreement, reviewer: User, language: str
    ) -> None:
        accept_seal(record.pk, sent.pk, by=reviewer, at=timezone.now())

        page = public_page(record, language)

        words = {"en": "Also sealed by", "ar": "وختمه أيضاً", "ckb": "هەروەها مۆری کردووە"}
        assert words[language] in page
        assert "Ministry of Tests" in page
        assert f"/seals/{sent.sha256}/" in page

    def test_by_a_reviewer_on_its_page(
        self, sent: OtherSeal, record: Agreement, reviewer: User, asked: MadeLink[SealLink]
    ) -> None:
        client = client_of(reviewer)
        page = client.get(reverse("admin:agreement_seal", args=[record.pk, sent.pk])).content.decode()
        assert "Ministry of Tests" in page
        assert "Not known to this register" in page
        file = client.get(reverse("admin:agreement_seal_file", args=[record.pk, sent.pk]))
        assert hashlib.sha256(file.content).hexdigest() == sent.sha256

        client.post(reverse("admin:agreement_accept_seal", args=[record.pk, sent.pk]))

        answer = Client().get(f"/seals/{sent.sha256}/{sent.file_name}")
        assert hashlib.sha256(answer.content).hexdigest() == sent.sha256
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "Accepted, and public" in Client().get(address(asked)).content.decode()
        assert record.timeline.latest("pk").kind == "seal_accepted"

    def test_declined_the_officer_reads_why(
        self, sent: OtherSeal, record: Agreement, reviewer: User, asked: MadeLink[SealLink]
    ) -> None:
        decline = reverse("admin:agreement_decline_seal", args=[record.pk, sent.pk])
        client = client_of(reviewer)
        assert "This field is required" in client.post(decline, {"reason": ""}).content.decode()

        client.post(decline, {"reason": "The certificate is a test one."})

        assert "The certificate is a test one." in Client().get(address(asked)).content.decode()
        assert Client().get(f"/seals/{sent.sha256}/{sent.file_name}").status_code == 404
        assert "Also sealed by" not in public_page(record)

    def test_is_done_once(self, sent: OtherSeal, record: Agreement, reviewer: User) -> None:
        accept_seal(record.pk, sent.pk, by=reviewer, at=timezone.now())

        answer = client_of(reviewer).post(
            reverse("admin:agreement_decline_seal", args=[record.pk, sent.pk]), {"reason": "No."}, follow=True
        )

        assert "Somebody has decided about this seal already" in answer.content.decode()

    def test_of_a_withdrawn_record_is_refused_and_the_page_says_so(
        self, sent: OtherSeal, record: Agreement, reviewer: User
    ) -> None:
        withdraw_agreement(record.pk, by=reviewer, at=timezone.now(), reason=LocalisedText(en="A mistake."))
        client = client_of(reviewer)

        page = client.get(reverse("admin:agreement_seal", args=[record.pk, sent.pk])).content.decode()
        client.post(reverse("admin:agreement_accept_seal", args=[record.pk, sent.pk]))

        assert "The record is withdrawn" in page
        assert not OtherSeal.objects.filter(decision__isnull=False).exists()

    def test_a_newer_one_takes_the_place_of_the_first_and_both_stay(
        self, sent: OtherSeal, record: Agreement, reviewer: User, asked: MadeLink[SealLink], office: Office
    ) -> None:
        send(asked, office.sign_pdf(download(asked)))
        second = OtherSeal.objects.latest("pk")
        for one in (sent, second):
            accept_seal(record.pk, one.pk, by=reviewer, at=timezone.now())

        page = public_page(record)

        assert second.sha256 in page
        assert sent.sha256 not in page
        assert Client().get(f"/seals/{sent.sha256}/{sent.file_name}").status_code == 200

    def test_begins_a_new_generation_of_public_pages(self, sent: OtherSeal, record: Agreement, reviewer: User) -> None:
        before = read_head(connection)
        accept_seal(record.pk, sent.pk, by=reviewer, at=timezone.now())

        assert read_head(connection).place > before.place

    def test_waits_on_the_first_page_of_a_reviewer(
        self, sent: OtherSeal, record: Agreement, reviewer: User, editor: User
    ) -> None:
        there = reverse("admin:agreement_seal", args=[record.pk, sent.pk])

        assert there in client_of(reviewer).get("/en/admin/").content.decode()
        assert there not in client_of(editor).get("/en/admin/").content.decode()
        accept_seal(record.pk, sent.pk, by=reviewer, at=timezone.now())
        assert there not in client_of(reviewer).get("/en/admin/").content.decode()

    def test_of_a_withdrawn_record_the_file_is_gone(self, sent: OtherSeal, record: Agreement, reviewer: User) -> None:
        accept_seal(record.pk, sent.pk, by=reviewer, at=timezone.now())
        withdraw_agreement(record.pk, by=reviewer, at=timezone.now(), reason=LocalisedText(en="A mistake."))

        assert Client().get(f"/seals/{sent.sha256}/{sent.file_name}").status_code == 410

    @pytest.mark.parametrize(
        "statement", ["UPDATE agreements_otherseal SET officer = ''", "DELETE FROM agreements_otherseal"]
    )
    def test_nobody_changes_what_was_received(self, sent: OtherSeal, statement: str) -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


class TestPublicFiles:
    def test_what_a_signature_beside_was_made_for_can_be_had_and_checked_with_openssl(
        self, asked: MadeLink[SealLink], record: Agreement, reviewer: User, office: Office, tmp_path: Path
    ) -> None:
        send(asked, office.sign_beside(download(asked, "ar")))
        seal = OtherSeal.objects.get()
        accept_seal(record.pk, seal.pk, by=reviewer, at=timezone.now())
        signed = Client().get(f"/seals/{seal.sha256}/signed/{seal.signed_name}").content
        signature = Client().get(f"/seals/{seal.sha256}/{seal.file_name}").content
        for name, content in (("f", signed), ("s", signature), ("r", office.root.public_bytes(Encoding.PEM))):
            (tmp_path / name).write_bytes(content)

        command = [
            "openssl",
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            "s",
            "-content",
            "f",
            "-CAfile",
            "r",
            "-purpose",
            "any",
            "-out",
            "/dev/null",
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

        assert f"/seals/{seal.sha256}/signed/" in public_page(record)
        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_verifier_knows_them(self, sent: OtherSeal, record: Agreement, reviewer: User, language: str) -> None:
        accept_seal(record.pk, sent.pk, by=reviewer, at=timezone.now())
        content = Client().get(f"/seals/{sent.sha256}/{sent.file_name}").content

        answer = Client().post(f"/{language}/verify/", {"file": SimpleUploadedFile("x.pdf", content)})

        page = answer.content.decode()
        assert 'data-finding="other_side"' in page
        assert 'data-genuine="yes"' in page
        name = {"en": "International Organization", "ar": "المنظمة الدولية", "ckb": "ڕێکخراوی"}
        assert name[language] in page or "Iraq" in page or "العراق" in page

    def test_are_named_by_the_api_and_held_by_a_static_copy(
        self, sent: OtherSeal, record: Agreement, reviewer: User
    ) -> None:
        edition = f"/api/v1/agreements/{record.register_number}/editions/1"
        assert Client().get(edition).json()["other_seals"] == []
        accept_seal(record.pk, sent.pk, by=reviewer, at=timezone.now())

        (told,) = Client().get(edition).json()["other_seals"]

        assert (told["sha256"], told["form"], told["language"]) == (sent.sha256, "pdf", "en")
        assert told["party"]["name"]["en"] == sent.organization_en
        assert told["signatures"][0]["certificate_of"] == "Ministry of Tests"
        path = told["address"].partition("//")[2].partition("/")[2]
        assert Client().get(f"/{path}").status_code == 200
        assert is_kept(f"/{path}")
