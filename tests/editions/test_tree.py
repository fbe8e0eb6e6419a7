"""The log's tree and checkpoints: grown with each publication, signed, append-only, and provable to anyone."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string

from agreements.editions.checkpoint_key import verifier_keys
from agreements.editions.checkpoints import checkpoint_with, newest_checkpoint, sign_todays_checkpoint
from agreements.editions.checks import check_checkpoint_key
from agreements.editions.models import Edition, LogEntry
from agreements.editions.notes import open_checkpoint
from agreements.editions.proofs import consistency_proof, inclusion_proof
from agreements.editions.tree_models import Checkpoint, TreeLeaf
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import LocalisedText
from moc_portal import settings as portal
from tests.conftest import NOON
from tests.offline import run_verify_moc
from tests.people import make_user
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def edition(one_for_all_tests: None) -> Edition:
    """The first of three entries: published, published again, withdrawn."""
    agreement = first_agreement()
    first = publish(agreement, at=NOON)
    Agreement.objects.filter(pk=agreement.pk).update(title_en="A corrected title")
    publish(agreement, at=NOON)
    reason = LocalisedText(en="Published by mistake.")
    withdraw_agreement(agreement.pk, by=make_user("reviewer"), at=NOON, reason=reason)
    return first


def behind_its_back(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


@pytest.mark.usefixtures("edition")
class TestCheckpoints:
    def test_each_publication_and_withdrawal_is_signed_with_all_before_it(self) -> None:
        opened = [open_checkpoint(one.text, verifier_keys()) for one in Checkpoint.objects.all()]

        assert [(one.origin, one.size, one.at) for one in opened] == [
            ("development.invalid/log", size, NOON) for size in (1, 2, 3)
        ]
        assert [one.root.hex() for one in opened] == [one.root for one in Checkpoint.objects.all()]

    def test_the_day_after_is_signed_once_without_a_change(self) -> None:
        tomorrow = NOON + timedelta(days=1)

        assert not sign_todays_checkpoint(at=NOON + timedelta(hours=3))
        assert sign_todays_checkpoint(at=tomorrow)
        assert not sign_todays_checkpoint(at=tomorrow)
        assert [(one.size, one.at) for one in Checkpoint.objects.all()][2:] == [(3, NOON), (3, tomorrow)]

    def test_a_worker_asks_about_it(self) -> None:
        assert sign_todays_checkpoint in [import_string(path) for path in portal.PERIODIC]

    def test_a_log_older_than_its_tree_gets_the_same_tree(self) -> None:
        before = list(TreeLeaf.objects.values_list("pk", "hashes"))
        behind_its_back("DELETE FROM agreements_treeleaf; DELETE FROM agreements_checkpoint")

        assert sign_todays_checkpoint(at=NOON)
        assert list(TreeLeaf.objects.values_list("pk", "hashes")) == before

    def test_nothing_that_denies_the_past_is_signed(self, caplog: pytest.LogCaptureFixture) -> None:
        behind_its_back("UPDATE agreements_treeleaf SET hashes[1] = repeat('a', 64) WHERE entry_id = 3")

        assert not sign_todays_checkpoint(at=NOON + timedelta(days=1))
        assert "failed=CheckpointRefused" in caplog.text

    @pytest.mark.parametrize("damaged", ["hashes[1:1]", "ARRAY['x', 'x']"])
    def test_a_leaf_that_can_not_be_read_keeps_nobody_from_publishing(
        self, caplog: pytest.LogCaptureFixture, damaged: str
    ) -> None:
        behind_its_back(f"UPDATE agreements_treeleaf SET hashes = {damaged} WHERE entry_id = 2")

        assert publish(Agreement.objects.get(), at=NOON + timedelta(hours=1)).number == 3
        assert "failed=NotInTree" in caplog.text

    @pytest.mark.parametrize("table", ["treeleaf", "checkpoint"])
    @pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
    def test_the_database_refuses_to_change_them(self, table: str, statement: str) -> None:
        column = {"treeleaf": "entry_id", "checkpoint": "size"}[table]
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(DatabaseError, match=r"append-only|pgtrigger"), transaction.atomic():
                cursor.execute(statement.format(f"agreements_{table}", column, column))


class TestCheckpointKey:
    def test_without_one_the_log_grows_unsigned_and_the_check_says_so(
        self, settings: LazySettings, edition: Edition
    ) -> None:
        settings.DEVELOPMENT = False

        assert not sign_todays_checkpoint(at=NOON + timedelta(days=1))
        assert "agreements.W010" in [one.id for one in check_checkpoint_key()]

    @pytest.mark.parametrize("name", ["CHECKPOINT_KEY", "CHECKPOINT_FORMER_KEYS"])
    def test_one_that_can_not_be_read_is_named_and_not_shown(self, settings: LazySettings, name: str) -> None:
        setattr(settings, name, {"CHECKPOINT_KEY": "hush"}.get(name, ["hush"]))

        found = {one.id: one.msg for one in check_checkpoint_key()}

        assert f"MOC_{name}" in found["agreements.E010"]
        assert name != "CHECKPOINT_KEY" or "hush" not in found["agreements.E010"]


class TestProofs:
    def test_anyone_can_check_them_offline(self, edition: Edition, tmp_path: Path) -> None:
        """An edition under the newest checkpoint, and that this continues the first, by the script alone."""
        newest, first = newest_checkpoint(), checkpoint_with(edition.entry)
        assert newest is not None
        assert first is not None
        proof = inclusion_proof(edition.entry, checkpoint=newest)
        wrong = proof.model_copy(update={"entry": proof.entry.replace("publication", "withdrawal")})
        files = {
            "key": "".join(f"{one}\n" for one in verifier_keys()).encode(),
            "edition": bytes(edition.canonical),
            "altered": bytes(edition.canonical) + b" ",
            "proof": proof.canonical(),
            "wrong": wrong.canonical(),
            "withdrawn": inclusion_proof(LogEntry.objects.get(sequence=3), checkpoint=newest).canonical(),
            "old": first.text.encode(),
            "new": newest.text.encode(),
            "forged": newest.text.replace("\n3\n", "\n4\n").encode(),
            "grown": json.dumps(consistency_proof(first, newest).model_dump()).encode(),
        }
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)

        def says(*arguments: str) -> str:
            code, said = run_verify_moc(*arguments, "--key", "key", folder=tmp_path)
            assert (code == 0) == said.endswith("HOLDS.\n") == ("NOT" not in said)
            return said

        assert f"edition 1, at {edition.published_at:%Y-%m-%dT09:00}" in says("edition", "edition", "proof")
        assert "holds that of 1 entries" in says("log", "old", "new", "grown")
        assert "This is not the content that was published" in says("edition", "altered", "proof")
        assert "The proof is of a withdrawal" in says("edition", "edition", "withdrawn")
        assert "does not lead to the checkpoint's root" in says("edition", "edition", "wrong")
        assert "is not that of its text" in says("log", "old", "forged", "grown")
        assert "fewer entries" in says("log", "new", "old", "grown")
        assert "can't be read" in says("log", "edition", "missing", "grown")

    def test_every_entry_of_the_log_has_one(self, edition: Edition) -> None:
        newest = newest_checkpoint()
        assert newest is not None

        paths = [inclusion_proof(one, checkpoint=newest).path for one in LogEntry.objects.order_by("sequence")]

        assert [len(path) for path in paths] == [2, 2, 1]
