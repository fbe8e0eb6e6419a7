"""Databases for tests: the throw-away server, and copies of the migrated test database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg2
from django.db import connection, transaction
from psycopg2 import sql

_numbers = count(1)


def database_url(*, user: str | None = None, password: str | None = None, name: str | None = None) -> str:
    """The address of Django's database, or of another one or another role on the same server."""
    known = connection.settings_dict
    return (
        f"postgresql://{user or known['USER']}:{password or known['PASSWORD']}"
        f"@{known['HOST']}:{known['PORT']}/{name or known['NAME']}"
    )


def run_sql(statement: str, *names: str, values: tuple[Any, ...] = (), url: str | None = None) -> list[tuple[Any, ...]]:
    """One statement in a connection of its own, on the maintenance database by default.

    Args:
        names: identifiers for the statement's ``{}``.
    """
    own = psycopg2.connect(url or database_url(name="postgres"))
    own.autocommit = True
    try:
        with own.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)), values)
            return cursor.fetchall() if cursor.description else []
    finally:
        own.close()


def leave_database() -> str:
    """End every connection to Django's database; its name.

    Those of threads that have ended may not have been collected yet, and one that was made while a browser's event
    loop ran is out of Django's reach outside of it.
    """
    connection.close()
    name: str = connection.settings_dict["NAME"]
    run_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", values=(name,))
    return name


@contextmanager
def copied_database() -> Iterator[str]:
    """A copy of the migrated test database; its name. Commits there are real, and gone afterwards."""
    name = f"moc_copy_{os.getpid()}_{next(_numbers)}"
    template = leave_database()  # PostgreSQL copies only what nobody is connected to
    run_sql("CREATE DATABASE {} TEMPLATE {}", name, template)
    # Numbers are never given back, also not by tests that were rolled back: here they start anew.
    run_sql("ALTER SEQUENCE {} RESTART", "agreements_register_number", url=database_url(name=name))
    try:
        yield name
    finally:
        run_sql("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that is written in the block stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
