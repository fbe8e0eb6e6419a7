"""The log: append-only in the database, and recomputed against what was changed behind its back."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from agreements.editions.models import Edition, LogEntry
from agreements.editions.verify_log import Fault, verify_log
from agreements.register.models.agreements import Agreement
from tests.conftest import NOON
from tests.published import first_agreement, publish

pytestmark = pytest.mark.django_db

WAYS = ["UPDATE {} SET register_number = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"]

FIRST_DROPPED = """
    DELETE FROM agreements_treeleaf WHERE entry_id = 1;
    DELETE FROM agreements_edition WHERE number = 1;
    DELETE FROM agreements_logentry WHERE sequence = 1
"""


@pytest.fixture(scope="module")
def two_editions(one_for_all_tests: None) -> Edition:
    agreement = first_agreement()
    publish(agreement, at=NOON)
    Agreement.objects.filter(pk=agreement.pk).update(title_en="A corrected title")
    return publish(agreement, at=NOON)


def behind_its_back(statement: str) -> None:
    """What a superuser can do: switch the triggers off, and write."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


@pytest.mark.usefixtures("two_editions")
class TestVerifyLog:
    def test_finds_an_untouched_log_whole(self) -> None:
        report = verify_log()

        assert (report.entries, report.editions, report.broken) == (2, 2, None)

    @pytest.mark.parametrize(
        ("statement", "entry", "fault"),
        [
            ("UPDATE agreements_edition SET canonical = canonical || ' ' WHERE number = 1", 1, Fault.CONTENT),
            ("UPDATE agreements_edition SET published_at = now() WHERE number = 2", 2, Fault.EDITION),
            ("UPDATE agreements_edition SET code = 'X' WHERE number = 2", 2, Fault.EDITION),
            ("UPDATE agreements_logentry SET by = 'staff:99' WHERE sequence = 1", 1, Fault.ENTRY),
            ("UPDATE agreements_logentry SET note_en = 'x' WHERE sequence = 2", 2, Fault.ENTRY),
            ("DELETE FROM agreements_edition WHERE number = 1", 1, Fault.NO_EDITION),
            (
                FIRST_DROPPED,
                2,
                Fault.SEQUENCE,
            ),
        ],
    )
    def test_names_the_first_broken_entry(self, statement: str, entry: int, fault: Fault) -> None:
        behind_its_back(statement)

        broken = verify_log().broken

        assert broken is not None
        assert (broken.sequence, broken.fault) == (entry, fault)

    def test_the_command_fails_and_says_where(self) -> None:
        behind_its_back("UPDATE agreements_logentry SET by = 'staff:99' WHERE sequence = 2")

        with pytest.raises(CommandError, match="Broken at entry 2"):
            call_command("verify_log")

    def test_a_head_kept_elsewhere_finds_an_end_that_was_cut_off(self) -> None:
        head = verify_log().head
        behind_its_back("DELETE FROM agreements_edition WHERE number = 2")
        behind_its_back("DELETE FROM agreements_treeleaf WHERE entry_id = 2")
        behind_its_back("DELETE FROM agreements_logentry WHERE sequence = 2")

        with pytest.raises(CommandError, match="cut off"):
            call_command("verify_log", head=head)


@pytest.mark.usefixtures("two_editions")
class TestAppendOnly:
    @pytest.mark.parametrize("model", [Edition, LogEntry])
    @pytest.mark.parametrize("statement", WAYS)
    def test_the_database_refuses(self, model: type[Edition | LogEntry], statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(DatabaseError, match=r"append-only|pgtrigger"), transaction.atomic():
                cursor.execute(statement.format(model._meta.db_table))
