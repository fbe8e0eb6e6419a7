"""A person's own settings: language, e-mail, and the private address of their calendar."""

import re

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from agreements.reminders.models import StaffProfile
from tests.people import make_user
from tests.reminders.records import person
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

_ADDRESS = re.compile(r'value="https://register\.example(/calendar/[\w-]{43}\.ics)"')


def address(name: str, language: str = "en") -> str:
    return reverse(f"admin:{name}").replace("/en/", f"/{language}/", 1)


def make_address(user: User, language: str = "en") -> str:
    """Press the button; the path of the calendar that the page shows."""
    page = client_of(user).post(address("make_calendar", language)).content.decode()
    (shown,) = _ADDRESS.findall(page)
    return str(shown)


class TestEditSettings:
    @pytest.mark.parametrize("role", ["editor", "reviewer", "auditor", "administrator"])
    def test_are_kept_for_everybody_on_the_staff(self, role: str) -> None:
        user = person(role)

        response = client_of(user).post(address("my_settings"), {"language": "ckb"})

        assert response.status_code == 302
        assert [str(one) for one in get_messages(response.wsgi_request)] == ["Your settings are saved."]
        profile = StaffProfile.objects.get(user=user)
        assert (profile.language, profile.wants_digest) == ("ckb", False)

    def test_are_nobody_else_s(self, editor: User, reviewer: User) -> None:
        client_of(editor).post(address("my_settings"), {"language": "ar", "user": reviewer.pk})

        assert [one.user for one in StaffProfile.objects.all()] == [editor]

    def test_a_language_that_there_is_not_is_refused_at_its_field(self, editor: User) -> None:
        page = client_of(editor).post(address("my_settings"), {"language": "kmr", "wants_digest": "on"})

        assert page.status_code == 200
        assert "kmr is not one of the available choices" in page.content.decode()
        assert not StaffProfile.objects.exists()

    @pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ckb", "rtl")])
    def test_begin_with_the_language_of_the_page(self, editor: User, language: str, direction: str) -> None:
        page = client_of(editor).get(address("my_settings", language))

        assert f'dir="{direction}"' in page.content.decode()
        assert page.context["form"]["language"].value() == language
        assert not StaffProfile.objects.exists()

    def test_say_what_hinders_a_mail(self) -> None:
        reachable, unreachable = person(), person(email="")
        with override_settings(REMINDS_BY_MAIL=False):
            assert "no mail server yet" in client_of(reachable).get(address("my_settings")).content.decode()

        page = client_of(unreachable).get(address("my_settings")).content.decode()
        assert "Your account has no e-mail address" in page
        assert reachable.email in client_of(reachable).get(address("my_settings")).content.decode()

    def test_name_the_days_of_the_setting(self, editor: User) -> None:
        with override_settings(REMINDER_DAYS=(61, 5)):
            page = client_of(editor).get(address("my_settings")).content.decode()

        assert "<bdi>61</bdi>, <bdi>5</bdi>." in page


class TestCalendarAddress:
    def test_is_shown_once_and_leads_to_the_calendar(self, editor: User, client: Client) -> None:
        path = make_address(editor)

        assert client.get(path).status_code == 200
        page = client_of(editor).get(address("my_settings")).content.decode()
        assert path.split("/")[-1].removesuffix(".ics") not in page
        assert "An address was made on" in page

    def test_a_new_one_ends_the_old_one(self, editor: User, client: Client) -> None:
        old, new = make_address(editor), make_address(editor)

        assert old != new
        assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)

    def test_can_be_turned_off(self, editor: User, client: Client) -> None:
        path = make_address(editor)

        response = client_of(editor).post(address("revoke_calendar"))

        assert response["Location"] == address("my_settings")
        assert client.get(path).status_code == 404
        assert "You have no address yet." in client_of(editor).get(address("my_settings")).content.decode()

    def test_of_one_person_stays_when_another_renews_theirs(self, editor: User, client: Client) -> None:
        path, other = make_address(editor), make_user("editor")

        make_address(other)
        client_of(other).post(address("revoke_calendar"))

        assert client.get(path).status_code == 200

    def test_stays_when_other_settings_change(self, editor: User, client: Client) -> None:
        path = make_address(editor, "ar")
        assert StaffProfile.objects.get(user=editor).language == "ar"

        client_of(editor).post(address("my_settings"), {"language": "ckb"})

        assert client.get(path)["Content-Language"] == "ckb"

    def test_is_kept_by_no_cache(self, editor: User) -> None:
        for answer in (
            client_of(editor).get(address("my_settings")),
            client_of(editor).post(address("make_calendar")),
        ):
            assert "no-store" in answer["Cache-Control"]

    def test_is_made_by_no_link(self, editor: User) -> None:
        answers: list[HttpResponse] = [
            client_of(editor).get(address(name))  # type: ignore[misc]  # the test client's answer
            for name in ("make_calendar", "revoke_calendar")
        ]

        assert [one.status_code for one in answers] == [405, 405]

    def test_is_not_made_without_the_form_s_token(self, editor: User) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(editor)

        assert strict.post(address("make_calendar")).status_code == 403
        assert not StaffProfile.objects.exists()

    def test_s_secret_is_nowhere_in_the_database(self, editor: User) -> None:
        secret = make_address(editor).split("/")[-1].removesuffix(".ics")

        with connection.cursor() as cursor:
            for table in ("agreements_staffprofile", "agreements_staffprofileevent", "django_session"):
                cursor.execute(f"SELECT count(*) FROM {table} AS kept WHERE kept::text LIKE %s", [f"%{secret}%"])
                assert cursor.fetchone() == (0,)
