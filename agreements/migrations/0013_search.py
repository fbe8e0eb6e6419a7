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
                        verbose_name="facet",
                    ),
                ),
                ("key", models.CharField(max_length=200, verbose_name="key")),
                ("name_en", models.TextField(blank=True, verbose_name="name in English")),
                ("name_ar", models.TextField(blank=True, verbose_name="name in Arabic")),
                ("name_ckb", models.TextField(blank=True, verbose_name="name in Kurdish")),
                ("entries", models.PositiveIntegerField(default=0, verbose_name="entries")),
            ],
            options={
                "verbose_name": "value of a facet",
                "verbose_name_plural": "values of facets",
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
                    models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="register number"),
                ),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="number alone")),
                ("sort_key", models.BigIntegerField(unique=True, verbose_name="sort key")),
                ("edition_number", models.PositiveIntegerField(verbose_name="edition")),
                ("sequence", models.PositiveBigIntegerField(verbose_name="sequence in the log")),
                ("published_at", models.DateTimeField(verbose_name="published at")),
                ("analysis", models.PositiveSmallIntegerField(verbose_name="version of the analysis")),
                ("date", models.CharField(blank=True, max_length=10, verbose_name="the agreement’s date")),
                ("status", models.CharField(max_length=20, verbose_name="legal status")),
                ("changes_on", models.DateField(blank=True, null=True, verbose_name="day on which the status changes")),
                ("coming", models.JSONField(default=list, verbose_name="what the status becomes")),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="values of facets"
                    ),
                ),
                ("title_en", models.TextField(blank=True, verbose_name="title in English")),
                ("title_ar", models.TextField(blank=True, verbose_name="title in Arabic")),
                ("title_ckb", models.TextField(blank=True, verbose_name="title in Kurdish")),
                ("body", models.JSONField(default=dict, verbose_name="text for excerpts")),
                ("vector", django.contrib.postgres.search.SearchVectorField(verbose_name="lexemes")),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
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
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="folded word"),
                ),
                ("word", models.CharField(max_length=40, verbose_name="word")),
                ("entries", models.PositiveIntegerField(default=0, verbose_name="entries")),
            ],
            options={
                "verbose_name": "word of the index",
                "verbose_name_plural": "words of the index",
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
