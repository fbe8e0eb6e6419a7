"""Least privilege: what the serving role may do in the database."""

import re
from typing import Any

import pgtrigger
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper


def append_only_tables() -> list[str]:
    """Tables whose own triggers refuse every change: the published record and the audit trail.

    Read off the models' triggers, so that triggers and privileges can't disagree.
    """
    return sorted(
        {
            model._meta.db_table
            for model, trigger in pgtrigger.registered()
            if isinstance(trigger, pgtrigger.Protect)
            and {pgtrigger.Update, pgtrigger.Delete} <= set(getattr(trigger.operation, "operations", ()))
        }
    )


class Command(BaseCommand):
    help = "Give a PostgreSQL role what the portal needs to serve, and no more; run it as the tables' owner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="an existing role that does not own the tables")

    @transaction.atomic
    def handle(self, *args: Any, role: str, **options: Any) -> None:
        append_only = append_only_tables()
        with connection.cursor() as cursor:
            _check(cursor, role)
            grants = [
                "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
                "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
                "GRANT USAGE ON SCHEMA public TO {role}",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
                # pghistory completes the row of who and where within a request, so it is updated.
                "REVOKE DELETE ON pghistory_context FROM {role}",
                "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
                *(f'REVOKE UPDATE, DELETE ON "{table}" FROM {{role}}' for table in append_only),
            ]
            for grant in grants:
                cursor.execute(grant.format(role=connection.ops.quote_name(role)))
        self.stdout.write(f"{role} may add to {len(append_only)} append-only tables and serve the rest")


def _check(cursor: CursorWrapper, role: str) -> None:
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role):
        raise CommandError(f"{role!r} is no plain role name: use small letters, digits and underscores.")
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None:
        raise CommandError(f"There is no role {role}: make it first, as in CREATE ROLE {role} LOGIN.")
    cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s", [role])
    if found[0] or cursor.fetchone()[0]:
        raise CommandError(f"{role} is a superuser or owns tables, so nothing can be refused to it: name another role.")
