"""Readers' reports at the desk."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from agreements.correspondence.models import Report
from agreements.editions.models import Edition
from agreements.register.models.agreements import Agreement
from agreements.register.models.notes import CorrectionNote
from agreements.staff.panel import ROWS
from agreements.staff.reports import ACTS
from tests.people import make_user
from tests.reports import reported
from tests.staff.desk import client_of

pytestmark = pytest.mark.django_db

LIST = "/en/admin/agreements/report/"
TYPED = {
    "accept": {"text_en": "It named the wrong funder.", "noted_on": "2026-11-23", "section": "funding", "answer": ""},
    "decline": {"answer": "The source says so."},
    "look": {},
}


@pytest.fixture
def edition(shipped_draft: int, db: None) -> Edition:
    number = Agreement.objects.get(pk=shipped_draft).register_number
    return Edition(register_number=number, number=1, content_hash="0" * 64)


@pytest.fixture
def report(edition: Edition, noon: datetime) -> Report:
    return reported(edition, at=noon, source="See https://example.org/ or <a href='//evil.example'>here</a>")


def page(report: Report) -> str:
    return f"{LIST}{report.pk}/change/"


def act(name: str, report: Report) -> str:
    return reverse(f"admin:report_{name}", args=[report.pk])


class TestPage:
    @pytest.mark.parametrize("language", ["en", "ar", "ckb"])
    def test_shows_the_report_beside_what_the_record_says_there(
        self, report: Report, editor: User, language: str
    ) -> None:
        shown = client_of(editor).get(page(report).replace("/en/", f"/{language}/")).content.decode()

        assert report.wrong in shown
        assert "rana@example.org" in shown
        assert Agreement.objects.get().funding.all()[0].funder.name_en in shown or language != "en"

    def test_shows_addresses_as_text(self, report: Report, editor: User) -> None:
        shown = client_of(editor).get(page(report)).content.decode()

        assert "&lt;a href=&#x27;//evil.example&#x27;&gt;" in shown
        assert 'href="https://example.org' not in shown

    def test_keeps_what_was_typed_where_something_is_missing(self, report: Report, editor: User) -> None:
        typed = {"text_en": "", "noted_on": "2999-01-01", "section": "", "answer": "Thank you, dear reader."}
        answer = client_of(editor).post(act("accept", report), typed)

        assert "Write the note in at least one language" in answer.content.decode()
        assert "This day has not come yet" in answer.content.decode()
        assert "Thank you, dear reader." in answer.content.decode()
        assert not CorrectionNote.objects.exists()

    def test_says_what_was_done_and_offers_nothing_more(self, report: Report, editor: User) -> None:
        client = client_of(editor)
        client.post(act("accept", report), TYPED["accept"])
        shown = client.get(page(report)).content.decode()

        assert "It named the wrong funder." in shown
        assert act("decline", report) not in shown
        again = client.post(act("decline", report), TYPED["decline"], follow=True)
        assert "decided this report already" in again.content.decode()

    def test_has_a_history_without_the_reader_s_words(self, report: Report, editor: User) -> None:
        client = client_of(editor)
        client.post(act("look", report))

        shown = client.get(f"{LIST}{report.pk}/history/").content.decode()
        assert "Looked at" in shown
        assert report.wrong not in shown


class TestActs:
    @pytest.mark.parametrize("name", ACTS)
    @pytest.mark.parametrize("role", ["editor", "reviewer", "auditor", "administrator", None])
    def test_are_for_editors_and_reviewers(self, report: Report, name: str, role: str | None) -> None:
        answer = client_of(make_user(role)).post(act(name, report), TYPED[name])

        may = role in ("editor", "reviewer")
        assert answer.status_code == (302 if may else 403)
        assert (Report.objects.get().state != "new") == may

    @pytest.mark.parametrize("name", ACTS)
    def test_are_closed_to_strangers(self, report: Report, client: Client, name: str) -> None:
        assert "/login/" in client.post(act(name, report), {})["Location"]


class TestList:
    def test_filters_and_finds(self, report: Report, edition: Edition, noon: datetime, auditor: User) -> None:
        other = reported(edition, at=noon, section="dates", wrong="A wrong day")
        client = client_of(auditor)

        assert f">{report.reference}<" not in client.get(f"{LIST}?section=dates").content.decode()
        assert f">{other.reference}<" in client.get(f"{LIST}?q=wrong day").content.decode()

    def test_declines_many_at_once_as_no_reports(
        self, report: Report, edition: Edition, noon: datetime, editor: User, auditor: User
    ) -> None:
        other = reported(edition, at=noon)
        typed = {"action": "decline_as_none", "_selected_action": [report.pk, other.pk]}

        client_of(auditor).post(LIST, typed)
        assert Report.objects.filter(state="new").count() == 2
        client_of(editor).post(LIST, typed)

        assert Report.objects.filter(state="declined").count() == 2


class TestFirstPage:
    def test_counts_what_is_new_and_shows_what_has_waited_longest(
        self, edition: Edition, noon: datetime, editor: User
    ) -> None:
        oldest = reported(edition, at=noon)
        for _number in range(ROWS + 1):
            reported(edition, at=noon)
        panels = client_of(editor).get("/en/admin/").context["panels"]
        [group] = next(one for one in panels if one.name == "reports").content

        assert group.title == f"New reports: {ROWS + 2}"
        assert group.rows[0].number == oldest.reference
        assert len(group.rows) == ROWS
        assert "state__exact=new" in group.more

    def test_has_none_for_an_administrator(self, report: Report, administrator: User) -> None:
        panels = client_of(administrator).get("/en/admin/").context["panels"]

        assert "reports" not in [one.name for one in panels]
