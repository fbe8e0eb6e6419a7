"""Wakes the workers when a job is queued, whoever queues it: NOTIFY reaches them at commit."""

from typing import ClassVar

from django.db import migrations

NOTIFY = """
CREATE FUNCTION notify_moc_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('moc_jobs', '');
    RETURN NULL;
END $$;
CREATE TRIGGER notify_moc_jobs AFTER INSERT ON django_tasks_database_dbtaskresult
    FOR EACH STATEMENT EXECUTE FUNCTION notify_moc_jobs();
"""
UNDO = """
DROP TRIGGER notify_moc_jobs ON django_tasks_database_dbtaskresult;
DROP FUNCTION notify_moc_jobs();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("agreements", "0002_register"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]
    operations: ClassVar = [migrations.RunSQL(NOTIFY, UNDO)]
