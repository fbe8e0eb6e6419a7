"""A session that ends while somebody writes: what was typed goes on through the login, and nothing else does."""

from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from agreements.register.models.agreements import Agreement
from agreements.staff.kept import Kept, is_desk_address
from tests.people import make_user
from tests.staff.desk import agreement_with, change_page, form_of

pytestmark = pytest.mark.django_db

HOSTILE = '</textarea><script>alert("1")</script>&lt;'


class _Form(HTMLParser):
    """What a browser would send of the last form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.action, self.fields, self._name = "", {}, ""  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        attributes = dict(attrs)
        if tag == "form":
            self.action, self.fields = attributes.get("action", ""), {}
        if tag == "input" and attributes.get("name"):
            self.fields.setdefault(attributes["name"], []).append(attributes.get("value", ""))
        if tag == "textarea":
            self._name = attributes["name"]
            self.fields.setdefault(self._name, []).append("")

    def handle_data(self, data: str) -> None:
        if self._name:
            self.fields[self._name][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self._name][-1] = self.fields[self._name][-1].removeprefix("\n")
            self._name = ""


def form_in(response: HttpResponse) -> _Form:
    found = _Form()
    found.feed(response.content.decode().rpartition('<main id="content-start"')[2])
    return found


class Writer:
    """An editor with the form open, in a browser that checks tokens."""

    def __init__(self, user: User, agreement: Agreement) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(user)
        self.page = change_page(agreement)
        self.form = form_of(self.client, self.page)
        opened = self.client.get(self.page)
        self.form["_account"] = str(user.pk)
        self.form["csrfmiddlewaretoken"] = str(opened.context["csrf_token"])

    def send(self, **typed: object) -> HttpResponse:
        return self._post(self.page, self.form | typed)

    def send_form(self, response: HttpResponse, **typed: object) -> HttpResponse:
        form = form_in(response)
        return self._post(form.action or self.page, {**form.fields, **typed})

    def log_in(self, response: HttpResponse, user: User) -> HttpResponse:
        return self.send_form(response, username=user.username, password="secret")

    def _post(self, page: str, data: dict[str, object]) -> HttpResponse:
        answer: HttpResponse = self.client.post(page, data, headers={"origin": "http://testserver"})
        return answer


@pytest.fixture
def agreement(editor: User) -> Agreement:
    return agreement_with(editor, participations=2, activities=1)


@pytest.fixture
def writer(agreement: Agreement, editor: User) -> Writer:
    return Writer(editor, agreement)


class TestAnEndedSession:
    def test_is_told_and_what_was_typed_is_saved_after_the_login(
        self, writer: Writer, agreement: Agreement, editor: User
    ) -> None:
        Session.objects.all().delete()

        login = writer.send(title_en=f"Typed {HOSTILE}", summary_en="\nTwo\nlines\n", _save="Save")
        assert login.status_code == 403
        assert "Your session has ended, and nothing is saved yet." in login.content.decode()
        resumed = writer.log_in(login, editor)
        assert "<script>alert" not in resumed.content.decode()
        saved = writer.send_form(resumed)

        assert saved.status_code == 302
        agreement.refresh_from_db()
        assert agreement.title_en == f"Typed {HOSTILE}"
        assert agreement.summary_en == "Two\nlines"
        assert agreement.last_edited_by == editor

    def test_survives_a_wrong_password(self, writer: Writer, agreement: Agreement, editor: User) -> None:
        Session.objects.all().delete()
        login = writer.send(title_en="Typed", _save="Save")

        again = writer.send_form(login, username=editor.username, password="wrong")
        assert "Please enter the correct" in unescape(again.content.decode())
        writer.send_form(writer.log_in(again, editor))

        agreement.refresh_from_db()
        assert agreement.title_en == "Typed"

    def test_still_asks_where_somebody_else_saved_meanwhile(
        self, writer: Writer, agreement: Agreement, editor: User
    ) -> None:
        other = Writer(make_user("editor"), agreement)
        other.send(title_en="Theirs", _save="Save")
        Session.objects.all().delete()

        conflict = writer.send_form(writer.log_in(writer.send(title_en="Mine", _save="Save"), editor))

        assert "Theirs" in conflict.content.decode()
        assert "Mine" in conflict.content.decode()
        agreement.refresh_from_db()
        assert agreement.title_en == "Theirs"

    def test_tells_another_account_whose_words_it_has(self, writer: Writer) -> None:
        other = make_user("editor")
        Session.objects.all().delete()

        resumed = writer.log_in(writer.send(title_en="Typed", _save="Save"), other)

        assert "This was written with another account." in resumed.content.decode()
        assert f"You are logged in as {other.username}" in resumed.content.decode()

    def test_gives_nothing_to_an_account_that_may_not_save(
        self, writer: Writer, agreement: Agreement, auditor: User, editor: User
    ) -> None:
        Session.objects.all().delete()

        refused = writer.log_in(writer.send(title_en="Typed", _save="Save"), auditor)
        assert f"{auditor.username} may not do this" in refused.content.decode()
        writer.send_form(writer.log_in(refused, editor))

        agreement.refresh_from_db()
        assert agreement.title_en == "Typed"

    def test_says_that_files_are_not_kept(self, writer: Writer) -> None:
        Session.objects.all().delete()
        login = writer.send(title_en="Typed", file=SimpleUploadedFile("a.pdf", b"%PDF-1.7"))

        assert "Files that you chose can’t be kept" in login.content.decode()

    def test_is_an_ordinary_login_where_nothing_was_typed(self, writer: Writer) -> None:
        Session.objects.all().delete()

        answer = writer._post(writer.page, {"csrfmiddlewaretoken": str(writer.form["csrfmiddlewaretoken"])})

        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]

    def test_keeps_no_password_in_the_page(self, administrator: User, agreement: Agreement) -> None:
        writer = Writer(administrator, agreement)
        Session.objects.all().delete()
        page = reverse("admin:auth_user_add")

        login = writer._post(page, writer.form | {"username": "new", "password1": "S3cret!", "usable_password": "true"})

        kept = Kept.unpack(form_in(login).fields["_kept"][0])
        assert kept is not None
        assert {name for name, _value in kept.fields if "password" in name} == set()

    def test_is_never_stored_by_a_cache(self, writer: Writer) -> None:
        Session.objects.all().delete()
        assert "no-store" in writer.send(title_en="Typed")["Cache-Control"]

    def test_keeps_a_form_as_large_as_one_may_be(self, writer: Writer, agreement: Agreement, editor: User) -> None:
        text = ("اتفاق طويل " * 4500)[:49_000]
        words = {f"{stem}_{one}": text for stem in ("summary", "purpose", "renewal") for one in ("en", "ar", "ckb")}
        ballast = {f"_ballast-{number}": "كلام" * 50_000 for number in range(20)}
        Session.objects.all().delete()

        writer.send_form(writer.log_in(writer.send(_save="Save", **words, **ballast), editor))

        agreement.refresh_from_db()
        assert agreement.purpose_ckb == text.strip()


class TestATokenThatDoesNotHold:
    def test_keeps_what_was_typed_for_who_is_logged_in(self, writer: Writer, agreement: Agreement) -> None:
        del writer.client.cookies["csrftoken"]

        resumed = writer.send(title_en="Typed", _save="Save")
        assert "What you wrote is still here" in resumed.content.decode()
        writer.send_form(resumed)

        agreement.refresh_from_db()
        assert agreement.title_en == "Typed"

    def test_keeps_it_through_the_login_too(self, writer: Writer, agreement: Agreement, editor: User) -> None:
        Session.objects.all().delete()
        writer.client.cookies.clear()

        login = writer.send(title_en="Typed", _save="Save")
        writer.client.cookies.clear()  # once more, on the way
        writer.send_form(writer.log_in(writer.log_in(login, editor), editor))

        agreement.refresh_from_db()
        assert agreement.title_en == "Typed"

    @pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
    def test_offers_nothing_that_another_site_sent(self, writer: Writer, origin: str | None) -> None:
        headers = {"origin": origin} if origin else {}
        del writer.client.cookies["csrftoken"]

        answer = writer.client.post(writer.page, writer.form | {"title_en": "Theirs"}, headers=headers)

        assert answer.status_code == 403
        assert "Theirs" not in answer.content.decode()
        assert "_kept" not in answer.content.decode()


class TestKept:
    def test_comes_back_only_as_it_was_signed(self) -> None:
        kept = Kept("/en/admin/", (("name", "value"),), "1", had_files=False)
        packed = kept.pack()

        assert Kept.unpack(packed) == kept
        assert Kept.unpack(packed[:-1]) is None
        assert Kept.unpack("") is None

    def test_is_ignored_at_the_login_where_it_is_forged(self, editor: User) -> None:
        forged = {"username": editor.username, "password": "secret", "next": "/en/admin/", "_kept": "anything"}
        answer = Client().post(reverse("admin:login"), forged)

        assert answer.status_code == 302
        assert answer["Location"].endswith("/admin/")

    @pytest.mark.parametrize("path", ["//evil.example/en/admin/", "https://evil.example/en/admin/", "/xx/admin/", "/"])
    def test_leads_to_the_desk_only(self, path: str) -> None:
        assert not is_desk_address(path)
