"""What current editions name: organisations, frameworks, objectives, places, and the dates to come."""

from typing import ClassVar

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from agreements.migrations._at_once import AtOnceMigration


class Migration(AtOnceMigration):
    dependencies: ClassVar = [
        ("agreements", "0013_search"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="NotedEdition",
            fields=[
                ("register_number", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("sequence", models.PositiveBigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("memorandum_of_cooperation", "Memorandum of Cooperation"),
                            ("memorandum_of_understanding", "Memorandum of Understanding"),
                            ("letter_of_intent", "Letter of Intent"),
                            ("framework_agreement", "Framework Agreement"),
                            ("protocol", "Protocol"),
                            ("amendment", "Amendment"),
                            ("other", "Other"),
                        ],
                        max_length=40,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("activities", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ("register_number",),
            },
        ),
        migrations.CreateModel(
            name="ComingDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register_number", models.CharField(db_index=True, max_length=20)),
                ("sequence", models.PositiveBigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("obligation", "Obligation due"),
                            ("activity_start", "Activity starts"),
                            ("activity_end", "Activity ends"),
                            ("renewal", "Tacit renewal"),
                            ("in_force", "In force from"),
                            ("planned_end", "Planned end"),
                            ("ended", "Ends"),
                            ("terminated", "Terminated"),
                            ("suspended", "Suspended from"),
                            ("resumed", "Resumed"),
                            ("review", "Review"),
                        ],
                        max_length=16,
                    ),
                ),
                ("status", models.CharField(blank=True, max_length=16)),
                ("earliest", models.DateField()),
                ("latest", models.DateField()),
                ("shown_from", models.DateField(blank=True, null=True)),
                ("title", models.JSONField()),
                ("what", models.JSONField(blank=True, null=True)),
            ],
            options={
                "ordering": ("latest", "pk"),
                "indexes": [models.Index(fields=["latest", "id"], name="coming_date_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("latest__gte", models.F("earliest"))), name="coming_date_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "obligation",
                                    "activity_start",
                                    "activity_end",
                                    "renewal",
                                    "in_force",
                                    "planned_end",
                                    "ended",
                                    "terminated",
                                    "suspended",
                                    "resumed",
                                    "review",
                                ],
                            )
                        ),
                        name="coming_date_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Thing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organization", "Organisation"),
                            ("framework", "Framework"),
                            ("objective", "Objective"),
                            ("place", "Place"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("name_en", models.TextField(blank=True)),
                ("name_ar", models.TextField(blank=True)),
                ("name_ckb", models.TextField(blank=True)),
                ("part", models.JSONField(blank=True, default=dict)),
                ("parent", models.CharField(blank=True, max_length=120)),
                ("sequence", models.PositiveBigIntegerField()),
                ("sort_en", models.TextField(blank=True, db_collation="C")),
                ("sort_ar", models.TextField(blank=True, db_collation="C")),
                ("sort_ckb", models.TextField(blank=True, db_collation="C")),
                ("found_by", models.TextField(blank=True)),
            ],
            options={
                "ordering": ("kind", "sort_en"),
                "indexes": [
                    models.Index(fields=["kind", "sort_en"], name="thing_in_english_order"),
                    models.Index(fields=["kind", "sort_ar"], name="thing_in_arabic_order"),
                    models.Index(fields=["kind", "sort_ckb"], name="thing_in_kurdish_order"),
                    models.Index(
                        condition=models.Q(("parent", ""), _negated=True),
                        fields=["kind", "parent"],
                        name="thing_by_parent",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("found_by", name="gin_trgm_ops"), name="thing_by_name"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="thing_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["organization", "framework", "objective", "place"])),
                        name="thing_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MentionCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("party", "Party"),
                            ("funder", "Funder"),
                            ("implementing_partner", "Implementing partner"),
                            ("beneficiary", "Beneficiary"),
                            ("witness", "Witness"),
                            ("acting_through", "A party acts through it"),
                            ("signed_for", "Signatory’s party"),
                            ("recipient", "Recipient of funds"),
                            ("responsible", "Responsible for an activity"),
                            ("bearer", "Bears an obligation"),
                            ("speaker", "Made a statement"),
                            ("agency", "Agency of the announcement"),
                            ("served", "Served by the agreement"),
                            ("served_by_activity", "Served by an activity"),
                            ("place", "Named as a place"),
                            ("activity_place", "Place of an activity"),
                            ("event_place", "Signed or announced there"),
                        ],
                        max_length=24,
                    ),
                ),
                ("agreements", models.IntegerField()),
                (
                    "thing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="counts", to="agreements.thing"
                    ),
                ),
            ],
            options={
                "ordering": ("thing", "role"),
                "constraints": [
                    models.UniqueConstraint(fields=("thing", "role"), name="mention_count_once"),
                    models.CheckConstraint(condition=models.Q(("agreements__gte", 0)), name="mention_count_from_zero"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("party", "Party"),
                            ("funder", "Funder"),
                            ("implementing_partner", "Implementing partner"),
                            ("beneficiary", "Beneficiary"),
                            ("witness", "Witness"),
                            ("acting_through", "A party acts through it"),
                            ("signed_for", "Signatory’s party"),
                            ("recipient", "Recipient of funds"),
                            ("responsible", "Responsible for an activity"),
                            ("bearer", "Bears an obligation"),
                            ("speaker", "Made a statement"),
                            ("agency", "Agency of the announcement"),
                            ("served", "Served by the agreement"),
                            ("served_by_activity", "Served by an activity"),
                            ("place", "Named as a place"),
                            ("activity_place", "Place of an activity"),
                            ("event_place", "Signed or announced there"),
                        ],
                        max_length=24,
                    ),
                ),
                ("register_number", models.CharField(db_index=True, max_length=20)),
                ("sequence", models.PositiveBigIntegerField()),
                (
                    "thing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="agreements.thing"
                    ),
                ),
            ],
            options={
                "ordering": ("-sequence", "role"),
                "indexes": [models.Index(fields=["thing", "-sequence", "role"], name="mention_newest_first")],
                "constraints": [
                    models.UniqueConstraint(fields=("thing", "role", "sequence"), name="mention_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "party",
                                    "funder",
                                    "implementing_partner",
                                    "beneficiary",
                                    "witness",
                                    "acting_through",
                                    "signed_for",
                                    "recipient",
                                    "responsible",
                                    "bearer",
                                    "speaker",
                                    "agency",
                                    "served",
                                    "served_by_activity",
                                    "place",
                                    "activity_place",
                                    "event_place",
                                ],
                            )
                        ),
                        name="mention_role",
                    ),
                ],
            },
        ),
    ]
