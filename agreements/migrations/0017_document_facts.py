"""Keeps how many pages a document has, and whether it carries an electronic signature."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from agreements.migrations._at_once import AtOnceMigration


class Migration(AtOnceMigration):
    dependencies = [
        ("agreements", "0016_log_notice"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="document",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="document",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="document",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="document",
            name="examined_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="examined at"),
        ),
        migrations.AddField(
            model_name="document",
            name="is_signed",
            field=models.BooleanField(blank=True, editable=False, null=True, verbose_name="electronically signed"),
        ),
        migrations.AddField(
            model_name="document",
            name="pages",
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="pages"),
        ),
        migrations.AddField(
            model_name="documentevent",
            name="examined_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="examined at"),
        ),
        migrations.AddField(
            model_name="documentevent",
            name="is_signed",
            field=models.BooleanField(blank=True, editable=False, null=True, verbose_name="electronically signed"),
        ),
        migrations.AddField(
            model_name="documentevent",
            name="pages",
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="pages"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_documentevent" ("agreement_id", "examined_at", "file", "file_name", "id", "is_encrypted", "is_public", "is_signed", "is_unsigned", "kind", "language", "media_type", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "scan_found", "scan_result", "scanned_at", "sha256", "size_bytes", "title_ar", "title_ckb", "title_en", "version") VALUES (NEW."agreement_id", NEW."examined_at", NEW."file", NEW."file_name", NEW."id", NEW."is_encrypted", NEW."is_public", NEW."is_signed", NEW."is_unsigned", NEW."kind", NEW."language", NEW."media_type", NEW."pages", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."scan_found", NEW."scan_result", NEW."scanned_at", NEW."sha256", NEW."size_bytes", NEW."title_ar", NEW."title_ckb", NEW."title_en", NEW."version"); RETURN NULL;',
                    hash="3842c66b9a3b005e2cb11384e2e2cc88bc2a5385",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_04055",
                    table="agreements_document",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_documentevent" ("agreement_id", "examined_at", "file", "file_name", "id", "is_encrypted", "is_public", "is_signed", "is_unsigned", "kind", "language", "media_type", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "scan_found", "scan_result", "scanned_at", "sha256", "size_bytes", "title_ar", "title_ckb", "title_en", "version") VALUES (NEW."agreement_id", NEW."examined_at", NEW."file", NEW."file_name", NEW."id", NEW."is_encrypted", NEW."is_public", NEW."is_signed", NEW."is_unsigned", NEW."kind", NEW."language", NEW."media_type", NEW."pages", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."scan_found", NEW."scan_result", NEW."scanned_at", NEW."sha256", NEW."size_bytes", NEW."title_ar", NEW."title_ckb", NEW."title_en", NEW."version"); RETURN NULL;',
                    hash="78230edc2cfc1e171ad7104ed6af01a4e2c24828",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_07db2",
                    table="agreements_document",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_documentevent" ("agreement_id", "examined_at", "file", "file_name", "id", "is_encrypted", "is_public", "is_signed", "is_unsigned", "kind", "language", "media_type", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "scan_found", "scan_result", "scanned_at", "sha256", "size_bytes", "title_ar", "title_ckb", "title_en", "version") VALUES (OLD."agreement_id", OLD."examined_at", OLD."file", OLD."file_name", OLD."id", OLD."is_encrypted", OLD."is_public", OLD."is_signed", OLD."is_unsigned", OLD."kind", OLD."language", OLD."media_type", OLD."pages", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."scan_found", OLD."scan_result", OLD."scanned_at", OLD."sha256", OLD."size_bytes", OLD."title_ar", OLD."title_ckb", OLD."title_en", OLD."version"); RETURN NULL;',
                    hash="227758ad638ee1d57156627bf01b78a08e22c8b1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ec1a9",
                    table="agreements_document",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("examined_at__isnull", False),
                    models.Q(("is_signed__isnull", True), ("pages__isnull", True)),
                    _connector="OR",
                ),
                name="document_facts_say_when",
            ),
        ),
    ]
