"""The desk as its people meet it: over HTTP, by role."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.editions.models import Edition
from agreements.editions.queries import current_edition, withdrawal_of
from agreements.register.models.agreements import Agreement
from agreements.register.shipped import load_first_agreement
from tests.staff.desk import act, change_page, client_of, form_of, publish

pytestmark = pytest.mark.django_db

LANGUAGES = (("en", "ltr"), ("ar", "rtl"), ("ckb", "rtl"))


@pytest.fixture
def agreement(editor: User) -> Agreement:
    return load_first_agreement(by=editor)


class TestChangePage:
    @pytest.mark.parametrize(("language", "direction"), LANGUAGES)
    def test_opens_in_every_language_and_direction(
        self, agreement: Agreement, editor: User, language: str, direction: str
    ) -> None:
        page = client_of(editor).get(change_page(agreement).replace("/en/", f"/{language}/"))

        assert page.status_code == 200
        assert f'lang="{language}"' in page.content.decode()
        assert f'dir="{direction}"' in page.content.decode()

    def test_marks_each_input_with_its_language_and_direction(self, agreement: Agreement, editor: User) -> None:
        form = client_of(editor).get(change_page(agreement)).context["adminform"].form

        assert form.fields["title_ckb"].widget.attrs["lang"] == "ckb"
        assert form.fields["title_ckb"].widget.attrs["dir"] == "rtl"
        assert form.fields["title_en"].widget.attrs["dir"] == "ltr"

    def test_saves_an_edit_and_notes_who_made_it(self, agreement: Agreement, editor: User) -> None:
        client = client_of(editor)
        sent = form_of(client, change_page(agreement)) | {"title_en": "A better title"}

        response = client.post(change_page(agreement), sent)

        assert response.status_code == 302, response.context["errors"]
        agreement.refresh_from_db()
        assert agreement.title_en == "A better title"
        assert agreement.last_edited_by == editor

    def test_shows_a_wrong_date_at_its_field_and_saves_nothing(self, agreement: Agreement, editor: User) -> None:
        client = client_of(editor)
        sent = form_of(client, change_page(agreement)) | {"title_en": "Changed", "dates-0-date": "2021-02-30"}

        response = client.post(change_page(agreement), sent)

        assert response.status_code == 200
        assert "year-month-day" in response.content.decode()
        agreement.refresh_from_db()
        assert agreement.title_en != "Changed"

    def test_asks_no_more_of_the_database_for_more_activities(self, agreement: Agreement, editor: User) -> None:
        client = client_of(editor)
        client.get(change_page(agreement))
        with CaptureQueriesContext(connection) as before:
            client.get(change_page(agreement))
        for number in range(5):
            agreement.statements.create(speaker_en=f"Speaker {number}", text_en="Said so.")
        with CaptureQueriesContext(connection) as after:
            client.get(change_page(agreement))

        assert len(after) - len(before) <= 5 * 2  # one look-up a choice that is shown


class TestActs:
    def test_the_whole_way_to_the_public_by_buttons(self, agreement: Agreement, editor: User, reviewer: User) -> None:
        publish(agreement, editor, reviewer)

        assert Edition.objects.get().register_number == agreement.register_number

    def test_says_what_is_missing_in_words(self, agreement: Agreement, editor: User) -> None:
        Agreement.objects.filter(pk=agreement.pk).update(title_ckb="")

        said = act(editor, agreement, "submit")

        assert said == ["Not yet: The title is missing in Central Kurdish: write it."]

    def test_an_editor_cannot_approve(self, agreement: Agreement, editor: User) -> None:
        act(editor, agreement, "submit")
        response = client_of(editor).post(reverse("admin:agreement_approve", args=[agreement.pk]))

        assert response.status_code == 403

    def test_a_reviewer_who_edited_cannot_approve(self, agreement: Agreement, editor: User, reviewer: User) -> None:
        act(editor, agreement, "submit")
        Agreement.objects.filter(pk=agreement.pk).update(last_edited_by=reviewer)

        assert act(reviewer, agreement, "approve") == [
            "Who last edited or submitted a record can’t approve it: ask another reviewer."
        ]

    def test_withdrawing_asks_why_and_tells_the_public(
        self, agreement: Agreement, editor: User, reviewer: User, noon: datetime
    ) -> None:
        publish(agreement, editor, reviewer)
        act(reviewer, agreement, "withdraw")
        assert current_edition(agreement.register_number) is not None

        act(reviewer, agreement, "withdraw", reason_en="Published by mistake.")

        withdrawal = withdrawal_of(agreement.register_number)
        assert withdrawal is not None
        assert withdrawal.note_en == "Published by mistake."


class TestAuditor:
    def test_reads_and_cannot_save(self, agreement: Agreement, auditor: User) -> None:
        client = client_of(auditor)

        assert client.get(change_page(agreement)).status_code == 200
        assert client.post(change_page(agreement), {"title_en": "x"}).status_code == 403


class TestFirstPage:
    def test_lists_what_staff_work_on_first(self, administrator: User) -> None:
        groups = client_of(administrator).get(reverse("admin:index")).context["app_list"]

        assert [str(group["name"]) for group in groups] == [
            "Agreements", "Directories", "Published record", "Accounts",
        ]  # fmt: skip
        assert [model["object_name"] for model in groups[0]["models"]] == ["Agreement", "Activity", "Document"]

    def test_shows_an_editor_no_accounts(self, editor: User) -> None:
        groups = client_of(editor).get(reverse("admin:index")).context["app_list"]

        assert [group["app_label"] for group in groups] == ["agreements", "directories", "published"]


class TestLists:
    @pytest.mark.parametrize(
        "model",
        ["agreement", "activity", "organization", "place", "framework", "objective", "principle", "source", "document",
         "edition", "logentry", "summary"],
    )  # fmt: skip
    def test_every_list_opens(self, agreement: Agreement, editor: User, model: str) -> None:
        assert client_of(editor).get(reverse(f"admin:agreements_{model}_changelist") + "?q=a").status_code == 200
