"""Keeps the state of every text by triggers, and works it out once for what is there already."""

from typing import ClassVar, Final

from django.db import migrations

PARTS: Final = {
    "agreements_agreement": "agreement",
    "agreements_agreementdate": "dates",
    "agreements_participation": "participations",
    "agreements_signatory": "signatories",
    "agreements_funding": "funding",
    "agreements_activity": "activities",
    "agreements_obligation": "obligations",
    "agreements_frameworklink": "framework_links",
    "agreements_statement": "statements",
    "agreements_announcement": "announcement",
    "agreements_document": "documents",
    "agreements_contact": "contacts",
}

# A text is whatever has a column that ends with "_en", so that a text that a later migration adds is kept too;
# of the agreement's own, the note for the next edition and the standing of its texts are none.
# Every change of one transaction has one moment: a text and its translation that are saved together are as old.
FUNCTIONS = r"""
CREATE FUNCTION is_text_of_record(part text, column_name text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN column_name LIKE '%\_en' AND NOT (part = 'agreement' AND column_name IN ('change_note_en', 'standing_en'));

CREATE FUNCTION keep_text_states() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind text := TG_ARGV[0];
    owner_id bigint;
    language text;
    was jsonb := '{}';
    is_now jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM agreements_textstate WHERE part = kind AND row_id = OLD.id;
        RETURN NULL;
    END IF;
    is_now := to_jsonb(NEW);
    IF kind = 'agreement' THEN
        owner_id := NEW.id;
        language := is_now ->> 'written_in';
    ELSE
        owner_id := (is_now ->> 'agreement_id')::bigint;
        SELECT written_in INTO language FROM agreements_agreement WHERE id = owner_id;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        was := to_jsonb(OLD);
        IF kind = 'agreement' AND was ->> 'written_in' <> language THEN
            UPDATE agreements_textstate SET source = language WHERE agreement_id = owner_id;
        ELSIF was ->> 'agreement_id' <> is_now ->> 'agreement_id' THEN
            UPDATE agreements_textstate SET agreement_id = owner_id, source = language
            WHERE part = kind AND row_id = NEW.id;
        END IF;
    END IF;
    INSERT INTO agreements_textstate (agreement_id, part, row_id, stem, source, en_at, ar_at, ckb_at)
    SELECT owner_id, kind, NEW.id, text.stem, language,
        CASE WHEN text.en = '' THEN NULL WHEN text.en = text.en_was THEN coalesce(known.en_at, now()) ELSE now() END,
        CASE WHEN text.ar = '' THEN NULL WHEN text.ar = text.ar_was THEN coalesce(known.ar_at, now()) ELSE now() END,
        CASE WHEN text.ckb = '' THEN NULL WHEN text.ckb = text.ckb_was THEN coalesce(known.ckb_at, now()) ELSE now() END
    FROM (
        SELECT left(key, -3) AS stem, value AS en, was ->> key AS en_was,
            is_now ->> (left(key, -2) || 'ar') AS ar, was ->> (left(key, -2) || 'ar') AS ar_was,
            is_now ->> (left(key, -2) || 'ckb') AS ckb, was ->> (left(key, -2) || 'ckb') AS ckb_was
        FROM jsonb_each_text(is_now) WHERE is_text_of_record(kind, key)
    ) text
    LEFT JOIN agreements_textstate known
        ON known.agreement_id = owner_id AND known.part = kind AND known.row_id = NEW.id AND known.stem = text.stem
    WHERE (text.en, text.ar, text.ckb) IS DISTINCT FROM (text.en_was, text.ar_was, text.ckb_was)
        AND (known.id IS NOT NULL OR text.en <> '' OR text.ar <> '' OR text.ckb <> '')
    ON CONFLICT (agreement_id, part, row_id, stem) DO UPDATE
        SET en_at = excluded.en_at, ar_at = excluded.ar_at, ckb_at = excluded.ckb_at;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER keep_text_states AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION keep_text_states('{part}');
"""
UNDO = """
DROP FUNCTION keep_text_states() CASCADE;
DROP FUNCTION is_text_of_record(text, text);
"""

# Since when a text is as it is: the newest of its events that differs from the one before.
BACKFILL = r"""
INSERT INTO agreements_textstate (agreement_id, part, row_id, stem, source, en_at, ar_at, ckb_at)
WITH events AS (
    SELECT event.pgh_obj_id AS row_id, event.pgh_id, event.pgh_created_at AS at, left(pair.key, -3) AS stem,
        pair.value AS en, to_jsonb(event) ->> (left(pair.key, -2) || 'ar') AS ar,
        to_jsonb(event) ->> (left(pair.key, -2) || 'ckb') AS ckb
    FROM {table}event event, jsonb_each_text(to_jsonb(event)) pair WHERE is_text_of_record('{part}', pair.key)
), steps AS (
    SELECT *, lag(en, 1, '') OVER history AS en_was, lag(ar, 1, '') OVER history AS ar_was,
        lag(ckb, 1, '') OVER history AS ckb_was
    FROM events WINDOW history AS (PARTITION BY row_id, stem ORDER BY pgh_id)
), moments AS (
    SELECT row_id, stem, max(at) FILTER (WHERE en <> en_was) AS en_at, max(at) FILTER (WHERE ar <> ar_was) AS ar_at,
        max(at) FILTER (WHERE ckb <> ckb_was) AS ckb_at
    FROM steps GROUP BY row_id, stem
)
SELECT agreement.id, '{part}', written.id, left(pair.key, -3), agreement.written_in,
    CASE WHEN pair.value <> '' THEN coalesce(moments.en_at, now()) END,
    CASE WHEN to_jsonb(written) ->> (left(pair.key, -2) || 'ar') <> '' THEN coalesce(moments.ar_at, now()) END,
    CASE WHEN to_jsonb(written) ->> (left(pair.key, -2) || 'ckb') <> '' THEN coalesce(moments.ckb_at, now()) END
FROM {table} written
JOIN agreements_agreement agreement ON agreement.id = written.{owner}
CROSS JOIN LATERAL jsonb_each_text(to_jsonb(written)) pair
LEFT JOIN moments ON moments.row_id = written.id AND moments.stem = left(pair.key, -3)
WHERE is_text_of_record('{part}', pair.key)
    AND (pair.value <> '' OR to_jsonb(written) ->> (left(pair.key, -2) || 'ar') <> ''
        OR to_jsonb(written) ->> (left(pair.key, -2) || 'ckb') <> '');
"""


def _backfill(table: str, part: str) -> str:
    return BACKFILL.format(table=table, part=part, owner="id" if part == "agreement" else "agreement_id")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agreements", "0009_editorial_desk")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTIONS, UNDO),
        *(migrations.RunSQL(TRIGGER.format(table=table, part=part), "") for table, part in PARTS.items()),
        *(migrations.RunSQL(_backfill(table, part), "") for table, part in PARTS.items()),
    ]
