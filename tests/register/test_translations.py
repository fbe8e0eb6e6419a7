"""The state of every text, as the database's triggers keep it, and what is made of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import CharField, Model, TextField
from django.utils import timezone

from agreements.register.models.agreements import Agreement
from agreements.register.models.texts import ConfirmedTranslation, TextState
from agreements.register.translations import completeness_of, confirm_translation, older_translations
from tests.published import first_agreement

pytestmark = pytest.mark.django_db

TABLES = {
    "agreements_agreement", "agreements_agreementdate", "agreements_participation", "agreements_signatory",
    "agreements_funding", "agreements_activity", "agreements_obligation", "agreements_frameworklink",
    "agreements_statement", "agreements_announcement", "agreements_document", "agreements_contact",
    "agreements_correctionnote",
}  # fmt: skip


@pytest.fixture
def agreement() -> Agreement:
    return Agreement.objects.get(pk=first_agreement().pk)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def texts_of(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, CharField | TextField)]


def an_hour_ago() -> None:
    """All texts were written an hour ago: a test is one transaction, which has one moment."""
    earlier = timezone.now() - timedelta(hours=1)
    for language in ("en", "ar", "ckb"):
        TextState.objects.filter(**{f"{language}_at__isnull": False}).update(**{f"{language}_at": earlier})


def change_source(agreement: Agreement) -> None:
    """The English title changes, an hour after all was written."""
    an_hour_ago()
    sql("UPDATE agreements_agreement SET title_en = 'Another title' WHERE id = %s", agreement.pk)


class TestTriggers:
    def test_are_on_every_table_with_texts_of_an_agreement(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'keep_text_states'")
            kept = {table for (table,) in cursor.fetchall()}
        parts = {one.related_model for one in Agreement._meta.related_objects}
        with_texts = {
            model._meta.db_table
            for model in (Agreement, *parts)
            if any(field.name.endswith("_en") for field in texts_of(model))
            and not str(model._meta.model_name).endswith("event")
        }

        assert kept == with_texts == TABLES

    def test_see_a_text_that_is_written_and_emptied_in_sql(self, agreement: Agreement) -> None:
        sql("UPDATE agreements_agreement SET duration_en = 'Two years' WHERE id = %s", agreement.pk)
        assert agreement.text_states.get(stem="duration").missing_languages == ("ar", "ckb")

        sql("UPDATE agreements_agreement SET duration_en = '' WHERE id = %s", agreement.pk)
        assert agreement.text_states.get(stem="duration").missing_languages == ()

    def test_leave_the_moment_of_a_text_that_did_not_change(self, agreement: Agreement) -> None:
        an_hour_ago()
        before = agreement.text_states.get(part="agreement", stem="title")

        sql("UPDATE agreements_agreement SET title_ar = title_ar || '.', kind = 'other' WHERE id = %s", agreement.pk)

        after = agreement.text_states.get(part="agreement", stem="title")
        assert (after.en_at, after.ckb_at) == (before.en_at, before.ckb_at)
        assert after.ar_at is not None
        assert before.ar_at is not None
        assert after.ar_at > before.ar_at

    def test_forget_a_part_that_is_deleted_and_an_agreement(self, agreement: Agreement) -> None:
        activity = agreement.activities.get(position=1)
        agreement.activities.filter(pk=activity.pk).delete()
        assert not TextState.objects.filter(part="activities", row_id=activity.pk).exists()

        agreement.delete()
        assert not TextState.objects.exists()

    def test_follow_the_language_that_the_record_is_written_in(self, agreement: Agreement) -> None:
        agreement.activities.create(title_ar="نشاط")
        assert not agreement.text_states.filter(lacks_en=True).exists()

        sql("UPDATE agreements_agreement SET written_in = 'ar' WHERE id = %s", agreement.pk)

        assert agreement.text_states.filter(lacks_en=True).count() == 1

    def test_move_a_part_with_its_agreement(self, agreement: Agreement) -> None:
        other = Agreement.objects.create(title_ar="اتفاق", kind="other", written_in="ar")
        contact = agreement.contacts.get()

        sql("UPDATE agreements_contact SET agreement_id = %s WHERE id = %s", other.pk, contact.pk)

        states = TextState.objects.filter(part="contacts", row_id=contact.pk)
        assert {(one.agreement_id, one.source) for one in states} == {(other.pk, "ar")}

    def test_say_nothing_of_the_note_for_the_next_edition(self, agreement: Agreement) -> None:
        sql("UPDATE agreements_agreement SET change_note_en = 'A correction' WHERE id = %s", agreement.pk)

        assert not agreement.text_states.filter(stem__in=("change_note", "standing")).exists()


class TestOlderTranslations:
    def test_are_those_whose_source_changed_afterwards(self, agreement: Agreement) -> None:
        assert older_translations(agreement) == ()

        change_source(agreement)

        assert [(one.field, one.key) for one in older_translations(agreement)] == [
            ("title_ar", "agreement:title_ar"),
            ("title_ckb", "agreement:title_ckb"),
        ]

    def test_name_the_row_of_a_part_and_its_place_on_the_form(self, agreement: Agreement) -> None:
        an_hour_ago()
        second = agreement.activities.get(position=2)
        agreement.activities.filter(pk=second.pk).update(title_en="Another activity")

        found = older_translations(Agreement.objects.get(pk=agreement.pk))

        assert [one.field for one in found] == ["activities-1-title_ar", "activities-1-title_ckb"]
        assert found[0].label.startswith("Another activity: ")

    def test_are_none_when_both_are_saved_together(self, agreement: Agreement) -> None:
        an_hour_ago()
        texts = {"title_en": "One", "title_ar": "واحد", "title_ckb": "یەک"}
        Agreement.objects.filter(pk=agreement.pk).update(**texts)

        assert older_translations(agreement) == ()

    def test_cost_no_more_queries_for_more_parts(self, agreement: Agreement, django_assert_num_queries: object) -> None:
        an_hour_ago()
        agreement.statements.update(text_en="Changed.")
        agreement = Agreement.objects.get(pk=agreement.pk)

        with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's
            assert len(older_translations(agreement)) == 4


class TestConfirmTranslation:
    def test_takes_the_mark_away_until_the_source_changes_again(
        self, agreement: Agreement, editor: User, noon: datetime
    ) -> None:
        change_source(agreement)

        confirmed = confirm_translation(agreement.pk, "agreement:title_ar", by=editor, at=noon)

        assert confirmed is not None
        assert (confirmed.by, confirmed.at, str(confirmed)) == (editor, noon, "title in Arabic")
        assert [one.language for one in older_translations(agreement)] == ["ckb"]
        an_hour_ago()
        sql("UPDATE agreements_agreement SET title_en = 'Changed again' WHERE id = %s", agreement.pk)
        assert [one.language for one in older_translations(agreement)] == ["ar", "ckb"]

    @pytest.mark.parametrize("key", ["agreement:summary_ar", "agreement:title_en", "activities:1:title_ar", "", "x"])
    def test_is_nothing_where_no_such_translation_is_older(
        self, agreement: Agreement, editor: User, noon: datetime, key: str
    ) -> None:
        change_source(agreement)

        assert confirm_translation(agreement.pk, key, by=editor, at=noon) is None
        assert not ConfirmedTranslation.objects.exists()


class TestCompletenessOf:
    def test_is_the_share_of_the_written_texts(self, agreement: Agreement) -> None:
        whole = completeness_of([agreement.pk])[agreement.pk]
        assert [(one.language, one.percent) for one in whole.shares] == [("ar", 100), ("ckb", 100)]

        Agreement.objects.filter(pk=agreement.pk).update(title_ckb="")

        part = completeness_of([agreement.pk])[agreement.pk]
        assert [one.written for one in part.shares] == [whole.texts, whole.texts - 1]
        assert part.shares[1].percent == 100 * (whole.texts - 1) // whole.texts < 100

    def test_counts_many_agreements_in_one_query(self, agreement: Agreement, django_assert_num_queries: object) -> None:
        other = Agreement.objects.create(title_en="Another", kind="other")

        with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's
            figures = completeness_of([agreement.pk, other.pk])

        assert [one.percent for one in figures[other.pk].shares] == [0, 0]
