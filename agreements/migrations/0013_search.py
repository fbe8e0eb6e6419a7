"""The search index; trigrams find words that are alike."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0012_quicker_lists"),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="FacetValue",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "facet",
                    models.CharField(
                        choices=[
                            ("kind", "Kind"),
                            ("status", "Legal status"),
                            ("party", "Party"),
                            ("funder", "Funder"),
                            ("framework", "Framework"),
                            ("objective", "Objective"),
                            ("place", "Place"),
                            ("year", "Year"),
                            ("language", "Language"),
                            ("character", "Legal character"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("name_en", models.TextField(blank=True)),
                ("name_ar", models.TextField(blank=True)),
                ("name_ckb", models.TextField(blank=True)),
                ("entries", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("facet", "key"),
                "indexes": [models.Index(fields=["facet", "-entries"], name="facet_value_by_entries")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "facet__in",
                                [
                                    "kind",
                                    "status",
                                    "party",
                                    "funder",
                                    "framework",
                                    "objective",
                                    "place",
                                    "year",
                                    "language",
                                    "character",
                                ],
                            )
                        ),
                        name="facet_value_facet",
                    ),
                    models.UniqueConstraint(fields=("facet", "key"), name="facet_value_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "register_number",
                    models.CharField(max_length=20, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("sort_key", models.BigIntegerField(unique=True)),
                ("edition_number", models.PositiveIntegerField()),
                ("sequence", models.PositiveBigIntegerField()),
                ("published_at", models.DateTimeField()),
                ("analysis", models.PositiveSmallIntegerField()),
                ("date", models.CharField(blank=True, max_length=10)),
                ("status", models.CharField(max_length=20)),
                ("changes_on", models.DateField(blank=True, null=True)),
                ("coming", models.JSONField(default=list)),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                ("title_en", models.TextField(blank=True)),
                ("title_ar", models.TextField(blank=True)),
                ("title_ckb", models.TextField(blank=True)),
                ("body", models.JSONField(default=dict)),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "ordering": ("-sort_key",),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["vector", "facets"], name="search_words_and_facets"
                    ),
                    models.Index(
                        condition=models.Q(("changes_on__isnull", False)),
                        fields=["changes_on"],
                        name="search_status_changes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "folded",
                    models.CharField(max_length=40, primary_key=True, serialize=False),
                ),
                ("word", models.CharField(max_length=40)),
                ("entries", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("folded",),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("folded", name="gin_trgm_ops"),
                        fastupdate=False,
                        name="search_word_alike",
                    )
                ],
            },
        ),
        # Long columns lie apart, uncompressed where each word is looked up: rows that are only counted stay small.
        migrations.RunSQL(
            "ALTER TABLE agreements_searchentry SET (toast_tuple_target = 128);"
            "ALTER TABLE agreements_searchentry ALTER vector SET STORAGE EXTERNAL, ALTER facets SET STORAGE MAIN",
            migrations.RunSQL.noop,
        ),
    ]
