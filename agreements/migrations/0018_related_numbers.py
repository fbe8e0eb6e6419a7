"""Finds the editions that name an agreement in their relations by an index instead of reading them all."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from agreements.editions.models import RelatedNumbers

# Said to be immutable, which only its argument makes it: an index needs that of PostgreSQL's own convert_from().
RELATED_NUMBERS = """
CREATE FUNCTION agreements_related_numbers(canonical bytea) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT number #>> '{}'
    FROM jsonb_path_query(convert_from(canonical, 'UTF8')::jsonb, 'lax $.relations[*].register_number') number
)
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agreements", "0017_document_facts")]
    operations: ClassVar = [
        migrations.RunSQL(RELATED_NUMBERS, "DROP FUNCTION agreements_related_numbers(bytea)"),
        migrations.AddIndex("edition", GinIndex(RelatedNumbers("canonical"), name="edition_related_numbers")),
    ]
