"""What the checks of names and titles need in PostgreSQL, and the names that are there brought in line."""

from typing import ClassVar

from django.db import migrations

from agreements.vocabulary.texts import REFUSED_IN_LINES

# As Python's str.strip() has it, which forms use.
BLANKS = r" \t\n\r\f\v\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
TRIMMED = rf"^[{BLANKS}]+|[{BLANKS}]+$"

# Written out here as it was on the day: a later rule is a later migration.
IS_TIDY_LINE = f"""
CREATE FUNCTION is_tidy_line(line text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN line IS NULL OR (line IS NFC NORMALIZED AND line !~ '{REFUSED_IN_LINES}' AND line !~ '{TRIMMED}')
"""

COLUMNS = {
    "organization": ("name", "short_name"),
    "place": ("name",),
    "framework": ("name",),
    "principle": ("name",),
    "signatory": ("name",),
    "contact": ("name",),
    "objective": ("title",),
    "source": ("title",),
    "agreement": ("title",),
    "document": ("title",),
    "activity": ("title",),
    "statement": ("speaker",),
    "announcement": ("headline",),
}
COLUMN_NAMES = [
    ("organizationalias", "name"),
    *((t, f"{stem}_{language}") for t, stems in COLUMNS.items() for stem in stems for language in ("en", "ar", "ckb")),
]


def tidied(table, column):
    """What a form would have made of the line; a joiner goes, its neighbour stays."""
    kept_neighbour = REFUSED_IN_LINES.replace("(?:^|", "(^|")
    statement = f"""
    UPDATE agreements_{table} SET {column} = regexp_replace(regexp_replace(normalize({column}, NFC),
        '{kept_neighbour}', '\\1', 'g'), '{TRIMMED}', '', 'g')
    WHERE NOT is_tidy_line({column})
    """  # noqa: S608  # of constants
    return statement.strip()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agreements", "0007_editorial_life")]
    operations: ClassVar = [
        migrations.RunSQL(IS_TIDY_LINE, "DROP FUNCTION is_tidy_line(text)"),
        *(migrations.RunSQL(tidied(*one), migrations.RunSQL.noop) for one in COLUMN_NAMES),
    ]
