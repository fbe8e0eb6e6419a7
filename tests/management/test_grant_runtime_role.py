"""The serving role against a real server: what it may do, and each way round that it is refused."""

from collections.abc import Iterator

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from agreements.management.commands.grant_runtime_role import append_only_tables
from tests.databases import database_url, run_sql


@pytest.fixture
def serving(committed_db: str) -> Iterator[str]:
    """The address of a database of this test's own, as a role with just what serving needs."""
    role = f"serve_{committed_db}"
    run_sql("CREATE ROLE {} LOGIN PASSWORD 'serve'", role)
    call_command("grant_runtime_role", role, verbosity=0)
    yield database_url(user=role, password="serve")
    run_sql("DROP OWNED BY {}", role, url=database_url())
    run_sql("DROP ROLE {}", role)


class TestGrantRuntimeRole:
    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT count(*) FROM agreements_edition",
            "INSERT INTO agreements_principle (key, name_en, name_ar, name_ckb) VALUES ('a', 'A', '', '')",
            "UPDATE agreements_agreement SET duration_en = 'a year'",
            "DELETE FROM django_session",
            "SELECT nextval('agreements_register_number')",
            "LISTEN moc_jobs",
            "LISTEN moc_log",
        ],
    )
    def test_the_role_can_serve(self, serving: str, statement: str) -> None:
        run_sql(statement, url=serving)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE agreements_edition SET number = 9",
            "DELETE FROM agreements_edition",
            "TRUNCATE agreements_edition CASCADE",
            "UPDATE agreements_logentry SET by = 'someone else'",
            "DELETE FROM agreements_agreementevent",
            "UPDATE agreements_agreementevent SET pgh_label = 'x'",
            "DELETE FROM pghistory_context",
            "ALTER TABLE agreements_edition DISABLE TRIGGER ALL",
            "DROP TABLE agreements_edition",
            "DROP TRIGGER pgtrigger_no_change_00000 ON agreements_edition",
            "SET session_replication_role = replica",
            "CREATE TABLE public.mine (id integer)",
            "SELECT setval('agreements_register_number', 1)",
            "DELETE FROM django_migrations",
        ],
    )
    def test_the_role_can_not_change_the_record(self, serving: str, statement: str) -> None:
        with pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.UndefinedObject)):
            run_sql(statement, url=serving)

    @pytest.mark.parametrize("table", ["agreements_edition", "agreements_logentry", "agreements_agreementevent"])
    def test_knows_the_append_only_tables_by_their_triggers(self, table: str) -> None:
        assert table in append_only_tables()

    def test_can_be_repeated(self, serving: str, committed_db: str) -> None:
        call_command("grant_runtime_role", f"serve_{committed_db}", verbosity=0)

        run_sql("SELECT count(*) FROM agreements_edition", url=serving)

    def test_refuses_a_role_that_does_not_exist(self, db: None) -> None:
        with pytest.raises(CommandError, match="There is no role nobody_at_all"):
            call_command("grant_runtime_role", "nobody_at_all")

    def test_refuses_a_role_to_which_nothing_can_be_refused(self, db: None) -> None:
        with pytest.raises(CommandError, match="owns tables"):
            call_command("grant_runtime_role", connection.settings_dict["USER"])

    def test_refuses_what_is_no_role_name(self, db: None) -> None:
        with pytest.raises(CommandError, match="no plain role name"):
            call_command("grant_runtime_role", 'x"; DROP TABLE agreements_edition; --')
