"""The log's checkpoints and proofs as the API answers them, checked by what readers check them with."""

import pytest
from django.test import Client

from agreements.editions.models import Edition
from agreements.register.models.agreements import Agreement
from tests.conftest import NOON
from tests.offline import verify_moc
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    """The second of two editions."""
    agreement = first_agreement()
    publish(agreement, at=NOON)
    Agreement.objects.filter(pk=agreement.pk).update(title_en="A corrected title")
    return publish(agreement, at=NOON)


@pytest.mark.usefixtures("edition")
class TestLogProofs:
    def test_an_entry_and_the_log_s_growth_can_be_proved_with_the_published_key(
        self, client: Client, edition: Edition
    ) -> None:
        keys = verify_moc.read_keys(client.get("/log/key.txt").content.decode())
        signed = client.get("/api/v1/log/checkpoint").json()["checkpoint"]
        grown = client.get("/api/v1/log/proof/consistency", {"from": 1, "to": 2}).json()

        entry = verify_moc.check_proof(client.get("/api/v1/log/proof/inclusion", {"sequence": 2}).json(), keys)
        verify_moc.check_log(grown["older"], grown["newer"], grown, keys)

        assert (entry["sequence"], entry["content_sha256"]) == (2, edition.content_hash)
        assert verify_moc.open_checkpoint(signed["text"], keys)[:2] == (2, bytes.fromhex(signed["root"]))
        assert client.get("/log/checkpoint.txt").content.decode() == signed["text"]

    def test_checkpoints_are_listed_page_by_page(self, client: Client) -> None:
        first = client.get("/api/v1/log/checkpoints", {"limit": 1}).json()
        second = client.get(first["links"]["next"]).json()

        assert [one["size"] for page in (first, second) for one in page["items"]] == [1, 2]
        assert second["links"]["next"] is None

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("inclusion?sequence=3", 404),
            ("inclusion?sequence=2&size=1", 404),
            ("inclusion?sequence=1&size=7", 404),
            ("inclusion?sequence=0", 400),
            ("inclusion?sequence=9999999999999999999", 400),
            ("inclusion", 400),
            ("consistency?from=2&to=1", 404),
            ("consistency?from=1&to=9", 404),
            ("consistency?from=1", 400),
            ("consistency?older=1&newer=2", 400),
            ("consistency?from=%00&to=2", 400),
        ],
    )
    def test_what_can_not_be_proved_is_refused(self, client: Client, path: str, status: int) -> None:
        answer = client.get(f"/api/v1/log/proof/{path}")

        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")

    @pytest.mark.parametrize("name", ["verify_moc.py", "verify-it-yourself.md"])
    def test_the_script_and_its_guide_are_handed_out_as_they_lie(self, client: Client, name: str) -> None:
        answer = client.get(f"/log/{name}")

        assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
        assert b"RFC" in answer.content
