"""The history page as staff read it: over HTTP, after real commits."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection, transaction
from django.urls import reverse

from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization, Place
from agreements.staff.roles import ROLES
from tests.people import make_user
from tests.published import first_agreement
from tests.staff.desk import act, change_page, client_of, form_of


@pytest.fixture
def agreement(committed_db: str) -> Agreement:
    return first_agreement()


@pytest.fixture
def writer(agreement: Agreement) -> User:
    return make_user("editor")


def history_page(row: Agreement | Place | Organization) -> str:
    return reverse(f"admin:agreements_{row._meta.model_name}_history", args=[row.pk])


def read(user: User, page: str) -> str:
    response = client_of(user).get(page)
    assert response.status_code == 200
    return response.content.decode()


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


class TestHistoryPage:
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", ["Duration in English", "empty", "Two years", "Signatory", "Layla Hassan", "Draft"]),
            ("ar", ["المدة بالإنكليزية", "Two years", "الموقّع", "Layla Hassan", "مسودة"]),
            ("ckb", ["Two years", "Layla Hassan", "ڕەشنووس"]),
        ],
    )
    def test_tells_an_edit_in_words(self, agreement: Agreement, writer: User, language: str, words: list[str]) -> None:
        act(writer, agreement, "submit")
        client = client_of(writer)
        signatory = {"name_en": "Layla Hassan", "party": Organization.objects.all()[0].pk, "position": 0}
        sent = form_of(client, change_page(agreement), signatories=signatory) | {"duration_en": "Two years"}
        assert client.post(change_page(agreement), sent, REMOTE_ADDR="192.0.2.7").status_code == 302

        edited = change_page(agreement)

        page = read(writer, history_page(agreement).replace("/en/", f"/{language}/"))

        newest = page.split("<li>")[1:]
        told = next(one for one in newest if "Two years" in one)
        assert [word for word in words if word not in told] == []
        assert writer.username in told
        assert "192.0.2.7" in told
        assert edited in told

    def test_marks_texts_with_their_column_s_language_and_direction(self, agreement: Agreement, writer: User) -> None:
        execute("UPDATE agreements_agreement SET title_ckb = 'ناونیشان'")

        assert '<span class="history-text" lang="ckb" dir="rtl">ناونیشان</span>' in read(
            writer, history_page(agreement)
        )

    def test_names_changes_in_sql_as_made_outside_the_portal(self, agreement: Agreement, writer: User) -> None:
        with transaction.atomic():
            execute("UPDATE agreements_agreement SET duration_en = 'As long as it lasts'")
            execute("DELETE FROM agreements_statement WHERE speaker_en = 'Gerard Waite'")

        page = read(writer, history_page(agreement))

        told = next(one for one in page.split("<li>") if "As long as it lasts" in one)
        assert "Outside the portal" in told
        assert 'Removed</span> Statement: <bdi dir="ltr">Gerard Waite</bdi>' in told

    def test_escapes_what_people_wrote(self, agreement: Agreement, writer: User) -> None:
        execute("UPDATE agreements_agreement SET title_en = '<b>title</b>'")
        execute("UPDATE agreements_contact SET telephone = '<b>telephone</b>'")
        execute("UPDATE agreements_statement SET speaker_en = '<b>speaker</b>'")
        Agreement.objects.get().principles.create(key="html", name_en="<b>principle</b>")

        page = read(writer, history_page(agreement))

        for word in ("title", "telephone", "speaker", "principle"):
            assert f"<b>{word}" not in page
            assert f"&lt;b&gt;{word}&lt;/b&gt;" in page

    def test_leads_to_older_changes(self, agreement: Agreement, writer: User) -> None:
        for number in range(51):
            Agreement.objects.filter(pk=agreement.pk).update(duration_en=f"Take {number}.")

        first = client_of(writer).get(history_page(agreement))
        second = client_of(writer).get(f"{history_page(agreement)}?before={first.context['older']}")

        assert f"?before={first.context['older']}" in first.content.decode()
        assert "Take 1." in first.content.decode()
        assert "Take 0." in second.content.decode()
        assert second.context["older"] == ""

    def test_knows_no_page_that_is_not_one(self, agreement: Agreement, writer: User) -> None:
        assert client_of(writer).get(f"{history_page(agreement)}?before=yesterday").status_code == 404

    def test_leads_back_from_a_row_that_is_not_there(self, agreement: Agreement, writer: User) -> None:
        page = reverse("admin:agreements_agreement_history", args=[0])

        assert client_of(writer).get(page).status_code == 302


class TestOtherHistories:
    def test_an_activity_tells_its_own_part_of_the_agreement(self, agreement: Agreement, writer: User) -> None:
        first, second, *_rest = agreement.activities.all()
        first.progress_notes.create(text_en="The first began")
        second.progress_notes.create(text_en="The second began")

        page = read(writer, reverse("admin:agreements_activity_history", args=[first.pk]))

        assert "The first began" in page
        assert "The second began" not in page

    def test_every_directory_has_one(self, agreement: Agreement, writer: User) -> None:
        for model in ("organization", "place", "framework", "objective", "principle", "source"):
            row = Agreement._meta.apps.get_model("agreements", model).objects.all()[0]

            assert "Outside the portal" in read(writer, reverse(f"admin:agreements_{model}_history", args=[row.pk]))


class TestWhoMayRead:
    def test_every_role_that_sees_the_record(self, agreement: Agreement) -> None:
        for role in ROLES:
            assert client_of(make_user(role)).get(history_page(agreement)).status_code == 200

    def test_nobody_without_permission(self, agreement: Agreement) -> None:
        client = client_of(make_user())

        assert client.get(history_page(agreement)).status_code == 403
        assert client.get(history_page(Place.objects.all()[0])).status_code == 403

    def test_nobody_who_may_not_see_the_parts(self, agreement: Agreement) -> None:
        user = make_user()
        user.user_permissions.add(Permission.objects.get(codename="view_agreement"))

        assert client_of(user).get(change_page(agreement)).status_code == 200
        assert client_of(user).get(history_page(agreement)).status_code == 403
