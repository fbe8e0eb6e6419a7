"""At the desk a file is looked into before anything of it is written."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from agreements.intake.contents.deliver import erase_old_deliveries
from agreements.intake.contents.models import Delivery, Origin
from agreements.register.models.agreements import Agreement
from tests.intake.iati.activities import MEMORANDUM, WORK, iati_file
from tests.people import make_user
from tests.staff.desk import client_of

PLACE = "/en/admin/imports/files/"
EDITION = Path(__file__).parents[1] / "editions" / "frozen" / "version-2.json"


@pytest.fixture(autouse=True)
def storage(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]  # pytest-django's


def send(client: Client, kind: str, data: bytes, **choices: str) -> HttpResponse:
    file = SimpleUploadedFile("a file.json", data)
    return client.post(f"{PLACE}{kind}/", {"file": file, "kind": "other", "language": "en", **choices})  # type: ignore[return-value]


@pytest.mark.django_db
class TestBringIn:
    def test_an_editor_sees_what_a_file_would_do_and_then_has_it_done(self, editor: User) -> None:
        client = client_of(editor)
        for kind, data in (("edition", EDITION.read_bytes()), ("iati", iati_file(WORK, MEMORANDUM).getvalue())):
            page = client.get(send(client, kind, data)["Location"])
            report = page.context["report"]
            assert [one.outcome.value for one in report.results] == ["added"]
            assert not Agreement.objects.filter(origins__isnull=False, origins__kind=kind).exists()
            whole = client.get(f"{page.request['PATH_INFO']}1/")
            assert "diff-section" in whole.content.decode()

            done = client.post(page.request["PATH_INFO"], {"fingerprint": report.fingerprint}, follow=True)

            assert "Nothing of it is public yet." in done.content.decode()
            agreement = Agreement.objects.get(origins__kind=kind)
            assert str(agreement) in done.content.decode()
            assert (agreement.working_state, agreement.last_edited_by) == ("draft", editor)
        again = client.get(send(client, "iati", data)["Location"])
        assert "There is nothing to write." in again.content.decode()

    def test_what_was_changed_meanwhile_is_shown_again_instead_of_written(self, editor: User) -> None:
        client = client_of(editor)
        address = send(client, "edition", EDITION.read_bytes())["Location"]

        for fingerprint in ("0" * 64, "", "\x00" * 10_000):
            page = client.post(address, {"fingerprint": fingerprint}, follow=True)
            assert "nothing is written" in page.content.decode()

        assert not Origin.objects.exists()

    def test_a_file_that_cannot_be_read_is_refused_at_its_field_and_not_kept(self, editor: User) -> None:
        client = client_of(editor)

        for kind, data, words in (
            ("edition", b"", "The file is empty"),
            ("edition", b"{", "is not JSON"),
            ("edition", b"<xml/>", "is not JSON"),
            ("iati", b"<iati-activities version='1.04'/>", "2.01, 2.02 and 2.03"),
            ("iati", iati_file(before="<!DOCTYPE x [<!ENTITY a 'b'>]>").getvalue(), "entities"),
            ("iati", b"%PDF-1.7", "not well-formed"),
        ):
            assert words in send(client, kind, data).content.decode()
        for language in ("ar", "ckb"):
            page = client.post(f"/{language}/admin/imports/files/iati/", {})
            assert page.status_code == 200
        assert not Delivery.objects.exists()
        assert client.get(f"{PLACE}nothing/").status_code == 404

    def test_an_auditor_reads_and_writes_nothing(self, editor: User, auditor: User) -> None:
        address = send(client_of(editor), "edition", EDITION.read_bytes())["Location"]
        client = client_of(auditor)

        assert client.get(PLACE).status_code == client.get(address).status_code == 200
        assert "Write it as drafts" not in client.get(address).content.decode()
        assert client.post(address, {"fingerprint": "0"}).status_code == 403
        assert send(client, "edition", EDITION.read_bytes()).status_code == 403
        assert client_of(make_user()).get(PLACE).status_code == 403

    def test_a_file_that_the_storage_has_lost_is_asked_for_again(self, editor: User) -> None:
        client = client_of(editor)
        address = send(client, "edition", EDITION.read_bytes())["Location"]
        Path(Delivery.objects.get().file.path).unlink()

        pages = (client.get(address), client.post(address, {"fingerprint": "0"}, follow=True))

        assert ["send it again" in page.content.decode() for page in pages] == [True, True]
        assert client.get(f"{address}1/").status_code == 404

    def test_a_file_is_erased_when_nobody_needs_it_any_more(self, editor: User) -> None:
        client = client_of(editor)
        address = send(client, "edition", EDITION.read_bytes())["Location"]
        delivery = Delivery.objects.get()
        path = Path(delivery.file.path)
        moments = [delivery.at.replace(year=delivery.at.year + one) for one in (0, 1)]

        assert [erase_old_deliveries(at=moment) for moment in (*moments, moments[1])] == [0, 1, 0]

        assert not path.exists()
        assert client.get(address).status_code == 200
        assert "erased" in client.get(PLACE).content.decode()
        assert client.post(address, {"fingerprint": "0"}, follow=True).status_code == 200
