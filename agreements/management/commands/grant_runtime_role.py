"""Least privilege: what the serving role may do in the database."""

import re
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.models import Model
from pghistory.models import Event

from agreements.editions.models import Edition, LogEntry


def is_append_only(model: type[Model]) -> bool:
    """Whether rows of this table may only ever be added: the published record and the audit trail."""
    return model in (Edition, LogEntry) or issubclass(model, Event)


class Command(BaseCommand):
    help = "Give a PostgreSQL role what the portal needs to serve, and no more; run it as the tables' owner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="an existing role that does not own the tables")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role):
            raise CommandError(f"{role!r} is no plain role name: use small letters, digits and underscores.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                raise CommandError(f"There is no role {role}: make it first, as in CREATE ROLE {role} LOGIN.")
            quoted = connection.ops.quote_name(role)
            cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
            cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}")
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
            append_only = [model._meta.db_table for model in apps.get_models() if is_append_only(model)]
            for table in [*append_only, "django_migrations"]:
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM {quoted}")
            cursor.execute(f"REVOKE INSERT ON django_migrations FROM {quoted}")
        self.stdout.write(f"{role} may add to {len(append_only)} append-only tables and serve the rest")
