"""What the tables need in PostgreSQL before they are made."""

from typing import ClassVar

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

# A date as far as it is known: "2021", "2021-02" or "2021-02-05". make_date() refuses days
# that the calendar does not have, so that no writer can store one, not even in SQL.
PARTIAL_DATE = r"""
CREATE DOMAIN partial_date AS varchar(10) CHECK (
    VALUE IS NULL
    OR VALUE ~ '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'
       AND make_date(left(VALUE, 4)::int,
                     coalesce(nullif(substr(VALUE, 6, 2), ''), '1')::int,
                     coalesce(nullif(substr(VALUE, 9, 2), ''), '1')::int) IS NOT NULL
)
"""

# ISO dates sort as text, so cutting both to the shorter one's precision compares what both say.
PARTIAL_DATES_IN_ORDER = """
CREATE FUNCTION partial_dates_in_order(start_on text, end_on text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN start_on IS NULL OR end_on IS NULL
    OR left(start_on, least(length(start_on), length(end_on)))
       <= left(end_on, least(length(start_on), length(end_on)))
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        TrigramExtension(),
        migrations.RunSQL(PARTIAL_DATE, "DROP DOMAIN partial_date"),
        migrations.RunSQL(PARTIAL_DATES_IN_ORDER, "DROP FUNCTION partial_dates_in_order(text, text)"),
        migrations.RunSQL("CREATE SEQUENCE agreements_register_number", "DROP SEQUENCE agreements_register_number"),
    ]
