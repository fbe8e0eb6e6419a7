"""Keeps who signed a document electronically, what was taken out of it, and what is to be known of it."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from agreements.migrations._at_once import AtOnceMigration


class Migration(AtOnceMigration):
    dependencies = [
        ("agreements", "0022_renewed_seals"),
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
            name="remarks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("location", "The picture says where it was taken (GPS): readers of the file will see that."),
                        (
                            "formulas",
                            "Some cells begin like a formula (= + - @), which a spreadsheet may compute. The file is kept byte for byte: its text is what was handed in.",
                        ),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="to be known of it",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="signatures",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="electronic signatures"),
        ),
        migrations.AddField(
            model_name="document",
            name="taken_out",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("script", "JavaScript"),
                        ("launch", "an action that starts a program"),
                        ("submit", "an action that sends or fetches form data"),
                        ("other_file", "an action that opens another file"),
                        ("link", "a link that leads neither to the web nor to an e-mail address"),
                        ("media", "sound, film or 3D"),
                        ("form", "a form in the XFA format"),
                        ("attached", "an attached file that is no plain data or picture"),
                        ("macros", "macros or event handlers"),
                        ("embedded", "an embedded object or file"),
                        ("controls", "ActiveX controls or add-ins"),
                        ("external", "content or a template that is fetched from elsewhere"),
                        ("dde", "a field that asks other programs for data (DDE)"),
                        ("trailing", "something behind the end of the picture"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="taken out when it was uploaded",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="uploaded_sha256",
            field=models.CharField(
                blank=True, editable=False, max_length=64, verbose_name="SHA-256 as it was uploaded"
            ),
        ),
        migrations.AddField(
            model_name="documentevent",
            name="remarks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("location", "The picture says where it was taken (GPS): readers of the file will see that."),
                        (
                            "formulas",
                            "Some cells begin like a formula (= + - @), which a spreadsheet may compute. The file is kept byte for byte: its text is what was handed in.",
                        ),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="to be known of it",
            ),
        ),
        migrations.AddField(
            model_name="documentevent",
            name="signatures",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="electronic signatures"),
        ),
        migrations.AddField(
            model_name="documentevent",
            name="taken_out",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("script", "JavaScript"),
                        ("launch", "an action that starts a program"),
                        ("submit", "an action that sends or fetches form data"),
                        ("other_file", "an action that opens another file"),
                        ("link", "a link that leads neither to the web nor to an e-mail address"),
                        ("media", "sound, film or 3D"),
                        ("form", "a form in the XFA format"),
                        ("attached", "an attached file that is no plain data or picture"),
                        ("macros", "macros or event handlers"),
                        ("embedded", "an embedded object or file"),
                        ("controls", "ActiveX controls or add-ins"),
                        ("external", "content or a template that is fetched from elsewhere"),
                        ("dde", "a field that asks other programs for data (DDE)"),
                        ("trailing", "something behind the end of the picture"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                editable=False,
                size=None,
                verbose_name="taken out when it was uploaded",
            ),
        ),
        migrations.AddField(
            model_name="documentevent",
            name="uploaded_sha256",
            field=models.CharField(
                blank=True, editable=False, max_length=64, verbose_name="SHA-256 as it was uploaded"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_documentevent" ("agreement_id", "examined_at", "file", "file_name", "id", "is_encrypted", "is_public", "is_signed", "is_unsigned", "kind", "language", "media_type", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "remarks", "scan_found", "scan_result", "scanned_at", "sha256", "signatures", "size_bytes", "taken_out", "title_ar", "title_ckb", "title_en", "uploaded_sha256", "version") VALUES (NEW."agreement_id", NEW."examined_at", NEW."file", NEW."file_name", NEW."id", NEW."is_encrypted", NEW."is_public", NEW."is_signed", NEW."is_unsigned", NEW."kind", NEW."language", NEW."media_type", NEW."pages", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."remarks", NEW."scan_found", NEW."scan_result", NEW."scanned_at", NEW."sha256", NEW."signatures", NEW."size_bytes", NEW."taken_out", NEW."title_ar", NEW."title_ckb", NEW."title_en", NEW."uploaded_sha256", NEW."version"); RETURN NULL;',
                    hash="09970ddad09733570c1edaee2d59885701886938",
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
                    func='INSERT INTO "agreements_documentevent" ("agreement_id", "examined_at", "file", "file_name", "id", "is_encrypted", "is_public", "is_signed", "is_unsigned", "kind", "language", "media_type", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "remarks", "scan_found", "scan_result", "scanned_at", "sha256", "signatures", "size_bytes", "taken_out", "title_ar", "title_ckb", "title_en", "uploaded_sha256", "version") VALUES (NEW."agreement_id", NEW."examined_at", NEW."file", NEW."file_name", NEW."id", NEW."is_encrypted", NEW."is_public", NEW."is_signed", NEW."is_unsigned", NEW."kind", NEW."language", NEW."media_type", NEW."pages", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."remarks", NEW."scan_found", NEW."scan_result", NEW."scanned_at", NEW."sha256", NEW."signatures", NEW."size_bytes", NEW."taken_out", NEW."title_ar", NEW."title_ckb", NEW."title_en", NEW."uploaded_sha256", NEW."version"); RETURN NULL;',
                    hash="d69b318dceb3cd7da7d015bdf0d43b5bb614d79a",
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
                    func='INSERT INTO "agreements_documentevent" ("agreement_id", "examined_at", "file", "file_name", "id", "is_encrypted", "is_public", "is_signed", "is_unsigned", "kind", "language", "media_type", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "remarks", "scan_found", "scan_result", "scanned_at", "sha256", "signatures", "size_bytes", "taken_out", "title_ar", "title_ckb", "title_en", "uploaded_sha256", "version") VALUES (OLD."agreement_id", OLD."examined_at", OLD."file", OLD."file_name", OLD."id", OLD."is_encrypted", OLD."is_public", OLD."is_signed", OLD."is_unsigned", OLD."kind", OLD."language", OLD."media_type", OLD."pages", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."remarks", OLD."scan_found", OLD."scan_result", OLD."scanned_at", OLD."sha256", OLD."signatures", OLD."size_bytes", OLD."taken_out", OLD."title_ar", OLD."title_ckb", OLD."title_en", OLD."uploaded_sha256", OLD."version"); RETURN NULL;',
                    hash="f17dde10a5b39e376a3e9f27f9d099498ebd2aee",
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
                    models.Q(("taken_out", []), ("uploaded_sha256", "")),
                    models.Q(models.Q(("taken_out", []), _negated=True), ("uploaded_sha256__regex", "^[0-9a-f]{64}$")),
                    _connector="OR",
                ),
                name="document_taken_out_of_what",
            ),
        ),
    ]
