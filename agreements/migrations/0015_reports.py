"""Readers' reports of mistakes, and the dated public notes that come of them."""

from typing import ClassVar

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agreements.migrations._at_once import AtOnceMigration

KEEP_TEXT_STATES = """
CREATE TRIGGER keep_text_states AFTER INSERT OR UPDATE OR DELETE ON agreements_correctionnote
    FOR EACH ROW EXECUTE FUNCTION keep_text_states('correction_notes');
"""
"""As migration 0010 makes it for the parts that were there."""


class Migration(AtOnceMigration):
    dependencies: ClassVar = [
        ("agreements", "0012_quicker_lists"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CorrectionNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_en", models.TextField(blank=True, verbose_name="text in English")),
                ("text_ar", models.TextField(blank=True, verbose_name="text in Arabic")),
                ("text_ckb", models.TextField(blank=True, verbose_name="text in Kurdish")),
                ("noted_on", models.DateField(verbose_name="noted on")),
                (
                    "section",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("titles", "Titles"),
                            ("summary", "Summary"),
                            ("terms", "Terms"),
                            ("dates", "Dates"),
                            ("participations", "Participants"),
                            ("signatories", "Signatories"),
                            ("funding", "Funding"),
                            ("activities", "Activities"),
                            ("obligations", "Obligations"),
                            ("frameworks", "Frameworks"),
                            ("relations", "Relations"),
                            ("sources", "Sources"),
                            ("statements", "Statements"),
                            ("announcement", "Announcement"),
                            ("documents", "Documents"),
                            ("contacts", "Contacts"),
                            ("correction_notes", "Correction notes"),
                        ],
                        help_text="Empty where it concerns the whole record.",
                        max_length=20,
                        verbose_name="what it is about",
                    ),
                ),
                ("report", models.CharField(blank=True, editable=False, max_length=20, verbose_name="reader’s report")),
            ],
            options={
                "verbose_name": "correction note",
                "verbose_name_plural": "correction notes",
                "ordering": ("-agreement_id", "noted_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CorrectionNoteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("text_en", models.TextField(blank=True, verbose_name="text in English")),
                ("text_ar", models.TextField(blank=True, verbose_name="text in Arabic")),
                ("text_ckb", models.TextField(blank=True, verbose_name="text in Kurdish")),
                ("noted_on", models.DateField(verbose_name="noted on")),
                (
                    "section",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("titles", "Titles"),
                            ("summary", "Summary"),
                            ("terms", "Terms"),
                            ("dates", "Dates"),
                            ("participations", "Participants"),
                            ("signatories", "Signatories"),
                            ("funding", "Funding"),
                            ("activities", "Activities"),
                            ("obligations", "Obligations"),
                            ("frameworks", "Frameworks"),
                            ("relations", "Relations"),
                            ("sources", "Sources"),
                            ("statements", "Statements"),
                            ("announcement", "Announcement"),
                            ("documents", "Documents"),
                            ("contacts", "Contacts"),
                            ("correction_notes", "Correction notes"),
                        ],
                        help_text="Empty where it concerns the whole record.",
                        max_length=20,
                        verbose_name="what it is about",
                    ),
                ),
                ("report", models.CharField(blank=True, editable=False, max_length=20, verbose_name="reader’s report")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="reviewcomment",
            name="review_comment_section",
        ),
        migrations.AlterField(
            model_name="reviewcomment",
            name="section",
            field=models.CharField(
                choices=[
                    ("titles", "Titles"),
                    ("summary", "Summary"),
                    ("terms", "Terms"),
                    ("dates", "Dates"),
                    ("participations", "Participants"),
                    ("signatories", "Signatories"),
                    ("funding", "Funding"),
                    ("activities", "Activities"),
                    ("obligations", "Obligations"),
                    ("frameworks", "Frameworks"),
                    ("relations", "Relations"),
                    ("sources", "Sources"),
                    ("statements", "Statements"),
                    ("announcement", "Announcement"),
                    ("documents", "Documents"),
                    ("contacts", "Contacts"),
                    ("correction_notes", "Correction notes"),
                ],
                max_length=20,
                verbose_name="section",
            ),
        ),
        migrations.AlterField(
            model_name="reviewcommentevent",
            name="section",
            field=models.CharField(
                choices=[
                    ("titles", "Titles"),
                    ("summary", "Summary"),
                    ("terms", "Terms"),
                    ("dates", "Dates"),
                    ("participations", "Participants"),
                    ("signatories", "Signatories"),
                    ("funding", "Funding"),
                    ("activities", "Activities"),
                    ("obligations", "Obligations"),
                    ("frameworks", "Frameworks"),
                    ("relations", "Relations"),
                    ("sources", "Sources"),
                    ("statements", "Statements"),
                    ("announcement", "Announcement"),
                    ("documents", "Documents"),
                    ("contacts", "Contacts"),
                    ("correction_notes", "Correction notes"),
                ],
                max_length=20,
                verbose_name="section",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewcomment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "section__in",
                        [
                            "titles",
                            "summary",
                            "terms",
                            "dates",
                            "participations",
                            "signatories",
                            "funding",
                            "activities",
                            "obligations",
                            "frameworks",
                            "relations",
                            "sources",
                            "statements",
                            "announcement",
                            "documents",
                            "contacts",
                            "correction_notes",
                        ],
                    )
                ),
                name="review_comment_section",
            ),
        ),
        migrations.AddField(
            model_name="correctionnote",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="correction_notes",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="correctionnoteevent",
            name="agreement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="correctionnoteevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="correctionnoteevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="agreements.correctionnote",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("text_ar", ""), ("text_ckb", ""), ("text_en", ""), _negated=True),
                name="correction_note_has_text",
                violation_error_message="Write the text in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "section__in",
                        [
                            "",
                            "titles",
                            "summary",
                            "terms",
                            "dates",
                            "participations",
                            "signatories",
                            "funding",
                            "activities",
                            "obligations",
                            "frameworks",
                            "relations",
                            "sources",
                            "statements",
                            "announcement",
                            "documents",
                            "contacts",
                            "correction_notes",
                        ],
                    )
                ),
                name="correction_note_section",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("report__regex", "^(R-[1-9][0-9]*)?$")), name="correction_note_report"
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionnote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("report", ""), _negated=True),
                fields=("report",),
                name="correction_note_once_a_report",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_correctionnoteevent" ("agreement_id", "id", "noted_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report", "section", "text_ar", "text_ckb", "text_en") VALUES (NEW."agreement_id", NEW."id", NEW."noted_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report", NEW."section", NEW."text_ar", NEW."text_ckb", NEW."text_en"); RETURN NULL;',
                    hash="31a9b12de9736d17a2937dee4f6eae89711e5529",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a14c8",
                    table="agreements_correctionnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_correctionnoteevent" ("agreement_id", "id", "noted_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report", "section", "text_ar", "text_ckb", "text_en") VALUES (NEW."agreement_id", NEW."id", NEW."noted_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report", NEW."section", NEW."text_ar", NEW."text_ckb", NEW."text_en"); RETURN NULL;',
                    hash="6f5cb54bab68bd589760159ff75209172ac21f8f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a888f",
                    table="agreements_correctionnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_correctionnoteevent" ("agreement_id", "id", "noted_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report", "section", "text_ar", "text_ckb", "text_en") VALUES (OLD."agreement_id", OLD."id", OLD."noted_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report", OLD."section", OLD."text_ar", OLD."text_ckb", OLD."text_en"); RETURN NULL;',
                    hash="6544025c406f6f802556af41371934a3fdc64d68",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_56bdc",
                    table="agreements_correctionnote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3f64429e747543637557fb9fd744657c2f74795a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8f85f",
                    table="agreements_correctionnoteevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(KEEP_TEXT_STATES, "DROP TRIGGER keep_text_states ON agreements_correctionnote"),
    ]
