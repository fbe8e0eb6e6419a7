"""Finds the editions that name a file by its hash by an index instead of reading them all."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from agreements.editions.models import DocumentHashes

# As costly, and as immutable, as what migration 0018 reads of a content.
DOCUMENT_HASHES = """
CREATE FUNCTION agreements_document_hashes(canonical bytea) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
RETURN ARRAY(
    SELECT hash #>> '{}'
    FROM jsonb_path_query(convert_from(canonical, 'UTF8')::jsonb, 'lax $.documents[*].sha256') hash
)
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agreements", "0024_document_inside")]
    operations: ClassVar = [
        migrations.RunSQL(DOCUMENT_HASHES, "DROP FUNCTION agreements_document_hashes(bytea)"),
        migrations.AddIndex("edition", GinIndex(DocumentHashes("canonical"), name="edition_document_hashes")),
    ]
