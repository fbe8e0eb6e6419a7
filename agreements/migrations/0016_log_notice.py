"""Wakes the page stores when something was published or withdrawn: NOTIFY reaches them at commit."""

from typing import ClassVar

from django.db import migrations

NOTIFY = """
CREATE FUNCTION notify_moc_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('moc_log', '');
    RETURN NULL;
END $$;
CREATE TRIGGER notify_moc_log AFTER INSERT ON agreements_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION notify_moc_log();
"""
UNDO = """
DROP TRIGGER notify_moc_log ON agreements_logentry;
DROP FUNCTION notify_moc_log();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agreements", "0015_reports")]
    operations: ClassVar = [migrations.RunSQL(NOTIFY, UNDO)]
