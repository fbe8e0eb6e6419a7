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
        ("agreements", "0014_things"),
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
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code_hash",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="hash of the code"),
                ),
                ("register_number", models.CharField(db_index=True, max_length=20, verbose_name="register number")),
                ("edition_number", models.PositiveIntegerField(verbose_name="edition")),
                ("content_hash", models.CharField(editable=False, max_length=64, verbose_name="content hash")),
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
                        max_length=20,
                        verbose_name="what it is about",
                    ),
                ),
                ("wrong", models.CharField(max_length=4000, verbose_name="what is wrong")),
                ("right", models.CharField(blank=True, max_length=4000, verbose_name="what would be right")),
                ("source", models.CharField(blank=True, max_length=2000, verbose_name="where that can be read")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "العربية"), ("ckb", "کوردی")],
                        max_length=3,
                        verbose_name="language",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("seen", "Looked at"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="new",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("answer", models.CharField(blank=True, max_length=4000, verbose_name="answer")),
                (
                    "erased_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="name and e-mail erased at"
                    ),
                ),
            ],
            options={
                "verbose_name": "reader’s report",
                "verbose_name_plural": "readers’ reports",
                "ordering": ("-received_at", "-pk"),
                "permissions": (("answer_report", "Can answer readers’ reports"),),
            },
        ),
        migrations.CreateModel(
            name="ReportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("register_number", models.CharField(max_length=20, verbose_name="register number")),
                ("edition_number", models.PositiveIntegerField(verbose_name="edition")),
                ("content_hash", models.CharField(editable=False, max_length=64, verbose_name="content hash")),
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
                        max_length=20,
                        verbose_name="what it is about",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "العربية"), ("ckb", "کوردی")],
                        max_length=3,
                        verbose_name="language",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("seen", "Looked at"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="new",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("answer", models.CharField(blank=True, max_length=4000, verbose_name="answer")),
                (
                    "erased_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="name and e-mail erased at"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="reviewcomment",
            name="review_comment_section",
        ),
        migrations.RemoveConstraint(
            model_name="timelineentry",
            name="timeline_entry_kind",
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
        migrations.AlterField(
            model_name="timelineentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submitted", "Submitted for review"),
                    ("claimed", "Review claimed"),
                    ("released", "Review given back"),
                    ("returned", "Changes requested"),
                    ("approved", "Approved"),
                    ("edited", "Edited, so that it is a draft again"),
                    ("overridden", "Warning accepted"),
                    ("scheduled", "Scheduled"),
                    ("unscheduled", "Schedule cancelled"),
                    ("not_published", "Not published when it was due"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                    ("link_made", "A party was asked to confirm"),
                    ("link_revoked", "Link revoked"),
                    ("confirmed", "Confirmed by the other side"),
                    ("corrected", "Corrections proposed by the other side"),
                    ("correction_accepted", "Correction accepted"),
                    ("correction_declined", "Correction declined"),
                    ("report_accepted", "A reader’s report accepted"),
                ],
                max_length=20,
                verbose_name="what happened",
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
        migrations.AddConstraint(
            model_name="timelineentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "submitted",
                            "claimed",
                            "released",
                            "returned",
                            "approved",
                            "edited",
                            "overridden",
                            "scheduled",
                            "unscheduled",
                            "not_published",
                            "published",
                            "withdrawn",
                            "link_made",
                            "link_revoked",
                            "confirmed",
                            "corrected",
                            "correction_accepted",
                            "correction_declined",
                            "report_accepted",
                        ],
                    )
                ),
                name="timeline_entry_kind",
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
        migrations.AddField(
            model_name="report",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="seen_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="looked at by",
            ),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="reportevent",
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
            model_name="reportevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="agreements.report",
            ),
        ),
        migrations.AddField(
            model_name="reportevent",
            name="seen_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="looked at by",
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
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["state", "-received_at"], name="report_state_newest"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["received_at"], name="report_received"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("code_hash__regex", "^[0-9a-f]{64}$")), name="report_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_hash__regex", "^[0-9a-f]{64}$")), name="report_content"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(condition=models.Q(("edition_number__gte", 1)), name="report_edition"),
        ),
        migrations.AddConstraint(
            model_name="report",
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
                name="report_section",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ("en", "ar", "ckb"))), name="report_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrong", ""), _negated=True), name="report_says_what_is_wrong"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                    models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                    _connector="OR",
                ),
                name="report_seen_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("seen_at__isnull", True),
                        ("state", "new"),
                    ),
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("seen_at__isnull", False),
                        ("state", "seen"),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ("accepted", "declined")),
                    ),
                    _connector="OR",
                ),
                name="report_decided_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="report_declined_with_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("erased_at__isnull", True), models.Q(("email", ""), ("name", "")), _connector="OR"),
                name="report_erased_is_empty",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_reportevent" ("answer", "content_hash", "decided_at", "decided_by_id", "edition_number", "erased_at", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "register_number", "section", "seen_at", "seen_by_id", "state") VALUES (NEW."answer", NEW."content_hash", NEW."decided_at", NEW."decided_by_id", NEW."edition_number", NEW."erased_at", NEW."id", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_at", NEW."register_number", NEW."section", NEW."seen_at", NEW."seen_by_id", NEW."state"); RETURN NULL;',
                    hash="00c203ee51da7820fc92796ecf830a7495f6bd59",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7f18",
                    table="agreements_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."content_hash" IS DISTINCT FROM (NEW."content_hash") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."edition_number" IS DISTINCT FROM (NEW."edition_number") OR OLD."erased_at" IS DISTINCT FROM (NEW."erased_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."register_number" IS DISTINCT FROM (NEW."register_number") OR OLD."section" IS DISTINCT FROM (NEW."section") OR OLD."seen_at" IS DISTINCT FROM (NEW."seen_at") OR OLD."seen_by_id" IS DISTINCT FROM (NEW."seen_by_id") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                    func='INSERT INTO "agreements_reportevent" ("answer", "content_hash", "decided_at", "decided_by_id", "edition_number", "erased_at", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "register_number", "section", "seen_at", "seen_by_id", "state") VALUES (NEW."answer", NEW."content_hash", NEW."decided_at", NEW."decided_by_id", NEW."edition_number", NEW."erased_at", NEW."id", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_at", NEW."register_number", NEW."section", NEW."seen_at", NEW."seen_by_id", NEW."state"); RETURN NULL;',
                    hash="38e5ae8d98618141aa45be277f0c4ce91bb53335",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2148a",
                    table="agreements_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_reportevent" ("answer", "content_hash", "decided_at", "decided_by_id", "edition_number", "erased_at", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "register_number", "section", "seen_at", "seen_by_id", "state") VALUES (OLD."answer", OLD."content_hash", OLD."decided_at", OLD."decided_by_id", OLD."edition_number", OLD."erased_at", OLD."id", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."received_at", OLD."register_number", OLD."section", OLD."seen_at", OLD."seen_by_id", OLD."state"); RETURN NULL;',
                    hash="4c58a4da56dca1cb082ceb849ab5a62b82cded4d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_72701",
                    table="agreements_report",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="787bb8ce1bc772410d6ad456b3cd94529f67662a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dbfdb",
                    table="agreements_reportevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(KEEP_TEXT_STATES, "DROP TRIGGER keep_text_states ON agreements_correctionnote"),
    ]
