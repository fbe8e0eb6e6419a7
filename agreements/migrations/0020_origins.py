"""Files that are brought in from another portal or from IATI, and where drafts came from."""

from typing import ClassVar

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import agreements.intake.contents.models
from agreements.migrations._at_once import AtOnceMigration


class Migration(AtOnceMigration):
    dependencies: ClassVar = [
        ("agreements", "0019_intake"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("edition", "Editions of a portal"), ("iati", "IATI activities")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=agreements.intake.contents.models.stored_name,
                        verbose_name="file",
                    ),
                ),
                ("file_name", models.CharField(max_length=255, verbose_name="file name")),
                ("file_hash", models.CharField(max_length=64, verbose_name="hash of the file")),
                ("size_bytes", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("wishes", models.JSONField(default=dict, verbose_name="choices")),
                ("at", models.DateTimeField(verbose_name="received")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="written")),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                (
                    "applied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "file that is brought in",
                "verbose_name_plural": "files that are brought in",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="DeliveryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("edition", "Editions of a portal"), ("iati", "IATI activities")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=agreements.intake.contents.models.stored_name,
                        verbose_name="file",
                    ),
                ),
                ("file_name", models.CharField(max_length=255, verbose_name="file name")),
                ("file_hash", models.CharField(max_length=64, verbose_name="hash of the file")),
                ("size_bytes", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("wishes", models.JSONField(default=dict, verbose_name="choices")),
                ("at", models.DateTimeField(verbose_name="received")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="written")),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                (
                    "applied_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.delivery",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("edition", "Editions of a portal"), ("iati", "IATI activities")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("authority", models.CharField(blank=True, max_length=255, verbose_name="given by")),
                ("reference", models.CharField(max_length=255, verbose_name="reference there")),
                ("edition_number", models.PositiveIntegerField(blank=True, null=True, verbose_name="edition there")),
                ("address", models.CharField(blank=True, max_length=500, verbose_name="permanent address")),
                ("content_hash", models.CharField(max_length=64, verbose_name="content hash")),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="file name")),
                ("file_hash", models.CharField(max_length=64, verbose_name="hash of the file")),
                ("at", models.DateTimeField(verbose_name="moment")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origins",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "origin",
                "verbose_name_plural": "origins",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="OriginEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("edition", "Editions of a portal"), ("iati", "IATI activities")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("authority", models.CharField(blank=True, max_length=255, verbose_name="given by")),
                ("reference", models.CharField(max_length=255, verbose_name="reference there")),
                ("edition_number", models.PositiveIntegerField(blank=True, null=True, verbose_name="edition there")),
                ("address", models.CharField(blank=True, max_length=500, verbose_name="permanent address")),
                ("content_hash", models.CharField(max_length=64, verbose_name="content hash")),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="file name")),
                ("file_hash", models.CharField(max_length=64, verbose_name="hash of the file")),
                ("at", models.DateTimeField(verbose_name="moment")),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.origin",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["edition", "iati"])), name="delivery_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("file_hash__regex", "^[0-9a-f]{64}$")), name="delivery_hash"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("applied_at__isnull", True), ("applied_by__isnull", True)),
                    models.Q(("applied_at__isnull", False), ("applied_by__isnull", False)),
                    _connector="OR",
                ),
                name="delivery_applied_by_someone",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_deliveryevent" ("applied_at", "applied_by_id", "at", "by_id", "counts", "file", "file_hash", "file_name", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "size_bytes", "wishes") VALUES (NEW."applied_at", NEW."applied_by_id", NEW."at", NEW."by_id", NEW."counts", NEW."file", NEW."file_hash", NEW."file_name", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."size_bytes", NEW."wishes"); RETURN NULL;',
                    hash="eeb785c46d9455ac1d07b8b839dbf24d4a984cc2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_869d6",
                    table="agreements_delivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_deliveryevent" ("applied_at", "applied_by_id", "at", "by_id", "counts", "file", "file_hash", "file_name", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "size_bytes", "wishes") VALUES (NEW."applied_at", NEW."applied_by_id", NEW."at", NEW."by_id", NEW."counts", NEW."file", NEW."file_hash", NEW."file_name", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."size_bytes", NEW."wishes"); RETURN NULL;',
                    hash="9314f9951cfc8cd1c0472577994ce6ffa262d010",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_456c8",
                    table="agreements_delivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_deliveryevent" ("applied_at", "applied_by_id", "at", "by_id", "counts", "file", "file_hash", "file_name", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "size_bytes", "wishes") VALUES (OLD."applied_at", OLD."applied_by_id", OLD."at", OLD."by_id", OLD."counts", OLD."file", OLD."file_hash", OLD."file_name", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."size_bytes", OLD."wishes"); RETURN NULL;',
                    hash="7db80dd0dda12b8de98878a90db3aebb2be9f439",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c8e64",
                    table="agreements_delivery",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7b6a285f10e9586df4502703a88e6708c4de31eb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_85c0b",
                    table="agreements_deliveryevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="origin",
            index=models.Index(fields=["kind", "reference", "authority"], name="origin_by_reference"),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["edition", "iati"])), name="origin_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True), name="origin_has_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_hash__regex", "^[0-9a-f]{64}$"), ("file_hash__regex", "^[0-9a-f]{64}$")),
                name="origin_hashes",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="origin",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_originevent" ("address", "agreement_id", "at", "authority", "by_id", "content_hash", "edition_number", "file_hash", "file_name", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (NEW."address", NEW."agreement_id", NEW."at", NEW."authority", NEW."by_id", NEW."content_hash", NEW."edition_number", NEW."file_hash", NEW."file_name", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference"); RETURN NULL;',
                    hash="1465cd1215249dffc146b0a5c2cc266a00dc4d33",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a9e4c",
                    table="agreements_origin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="origin",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_originevent" ("address", "agreement_id", "at", "authority", "by_id", "content_hash", "edition_number", "file_hash", "file_name", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (NEW."address", NEW."agreement_id", NEW."at", NEW."authority", NEW."by_id", NEW."content_hash", NEW."edition_number", NEW."file_hash", NEW."file_name", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference"); RETURN NULL;',
                    hash="5a033e1f2324385f23bc55c5b7fe8ecfd53c621f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_11ca9",
                    table="agreements_origin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="origin",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_originevent" ("address", "agreement_id", "at", "authority", "by_id", "content_hash", "edition_number", "file_hash", "file_name", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (OLD."address", OLD."agreement_id", OLD."at", OLD."authority", OLD."by_id", OLD."content_hash", OLD."edition_number", OLD."file_hash", OLD."file_name", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference"); RETURN NULL;',
                    hash="d420329c08f6717a27a1e7ea145b0515180ca9dd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b0d14",
                    table="agreements_origin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="originevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e7ce2512afcef2fe6a92e29b5532d498d375d09f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e627f",
                    table="agreements_originevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
