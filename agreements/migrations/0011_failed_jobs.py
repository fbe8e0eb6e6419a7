"""Finds failed jobs for the desk's first page without reading all that ever ran."""

from typing import ClassVar

from django.db import migrations

INDEX = """
CREATE INDEX moc_failed_jobs ON django_tasks_database_dbtaskresult (finished_at DESC) WHERE status = 'FAILED';
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agreements", "0010_text_states"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]
    operations: ClassVar = [migrations.RunSQL(INDEX, "DROP INDEX moc_failed_jobs")]
