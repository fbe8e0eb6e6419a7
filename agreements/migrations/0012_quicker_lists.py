"""Orders parts by their agreement's number instead of joining it, and finds agreements by their character."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models

from agreements.migrations._at_once import AtOnceMigration


class Migration(AtOnceMigration):
    dependencies: ClassVar = [
        ("agreements", "0011_failed_jobs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AlterModelOptions(
            name="activity",
            options={
                "ordering": ("-agreement_id", "position", "pk"),
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
            },
        ),
        migrations.AlterModelOptions(
            name="agreementdate",
            options={
                "ordering": ("-agreement_id", "date", "pk"),
                "verbose_name": "date",
                "verbose_name_plural": "dates",
            },
        ),
        migrations.AlterModelOptions(
            name="agreementrelation",
            options={
                "ordering": ("-agreement_id", "pk"),
                "verbose_name": "relation",
                "verbose_name_plural": "relations",
            },
        ),
        migrations.AlterModelOptions(
            name="contact",
            options={
                "ordering": ("-agreement_id", "position", "pk"),
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
            },
        ),
        migrations.AlterModelOptions(
            name="document",
            options={
                "ordering": ("-agreement_id", "position", "pk"),
                "verbose_name": "document",
                "verbose_name_plural": "documents",
            },
        ),
        migrations.AlterModelOptions(
            name="frameworklink",
            options={
                "ordering": ("-agreement_id", "position", "pk"),
                "verbose_name": "framework",
                "verbose_name_plural": "frameworks",
            },
        ),
        migrations.AlterModelOptions(
            name="funding",
            options={
                "ordering": ("-agreement_id", "position", "pk"),
                "verbose_name": "funding",
                "verbose_name_plural": "funding",
            },
        ),
        migrations.AlterModelOptions(
            name="obligation",
            options={
                "ordering": ("-agreement_id", "position", "pk"),
                "verbose_name": "obligation",
                "verbose_name_plural": "obligations",
            },
        ),
        migrations.AlterModelOptions(
            name="participation",
            options={
                "ordering": ("-agreement_id", "position", "pk"),
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
            },
        ),
        migrations.AlterModelOptions(
            name="progressnote",
            options={
                "ordering": ("activity_id", "noted_on", "pk"),
                "verbose_name": "progress note",
                "verbose_name_plural": "progress notes",
            },
        ),
        migrations.AlterModelOptions(
            name="signatory",
            options={
                "ordering": ("-agreement_id", "position", "pk"),
                "verbose_name": "signatory",
                "verbose_name_plural": "signatories",
            },
        ),
        migrations.AlterModelOptions(
            name="statement",
            options={
                "ordering": ("-agreement_id", "position", "pk"),
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
            },
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(fields=["legal_character", "-id"], name="agreement_by_character"),
        ),
    ]
