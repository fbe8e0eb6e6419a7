"""Deciding about readers' reports, down to the note that the next edition carries."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from agreements.correspondence.models import Report
from agreements.editions.models import Edition
from agreements.publishing.errors import NoteMissing, ReasonMissing, ReportSettled
from agreements.publishing.reported import (
    Note,
    accept_report,
    decline_as_no_report,
    decline_report,
    look_at_report,
)
from agreements.publishing.snapshot import build_content
from agreements.register.models.agreements import Agreement
from agreements.register.models.editorial import TimelineEntry
from agreements.register.models.notes import CorrectionNote
from agreements.vocabulary.languages import LocalisedText
from tests.reports import reported

pytestmark = pytest.mark.django_db

TEXT = LocalisedText(en="Edition 1 named the wrong funder.", ar="ذكرت الطبعة الأولى ممولاً غير صحيح.")


@pytest.fixture
def agreement(shipped_draft: int, db: None) -> Agreement:
    return Agreement.objects.get(pk=shipped_draft)


@pytest.fixture
def report(agreement: Agreement, noon: datetime) -> Report:
    edition = Edition(register_number=agreement.register_number, number=1, content_hash="0" * 64)
    return reported(edition, at=noon)


class TestAcceptReport:
    def test_writes_a_dated_note_that_names_no_reader(
        self, report: Report, agreement: Agreement, editor: User, noon: datetime
    ) -> None:
        accept_report(report.pk, Note(TEXT, noon.date(), "funding"), by=editor, at=noon)

        [note] = build_content(Agreement.objects.get(pk=agreement.pk)).corrections
        assert (note.text, note.noted_on, note.section, note.report) == (TEXT, noon.date(), "funding", report.reference)
        assert "Rana" not in note.model_dump_json()

    def test_is_an_edit_that_the_timeline_tells(
        self, report: Report, agreement: Agreement, editor: User, noon: datetime
    ) -> None:
        accept_report(report.pk, Note(TEXT, noon.date()), by=editor, at=noon, answer=" Thank you. ")

        changed = Agreement.objects.get(pk=agreement.pk)
        assert (changed.working_state, changed.last_edited_by) == ("draft", editor)
        assert changed.revision == agreement.revision + 1
        assert TimelineEntry.objects.get(kind="report_accepted").note == report.reference
        report.refresh_from_db()
        assert (report.state, report.decided_by, report.answer) == ("accepted", editor, "Thank you.")

    def test_needs_a_text(self, report: Report, editor: User, noon: datetime) -> None:
        with pytest.raises(ReasonMissing):
            accept_report(report.pk, Note(LocalisedText(), noon.date()), by=editor, at=noon)

        assert not CorrectionNote.objects.exists()

    def test_is_done_once(self, report: Report, editor: User, noon: datetime) -> None:
        accept_report(report.pk, Note(TEXT, noon.date()), by=editor, at=noon)

        with pytest.raises(ReportSettled):
            accept_report(report.pk, Note(TEXT, noon.date()), by=editor, at=noon)
        with pytest.raises(ReportSettled):
            look_at_report(report.pk, by=editor, at=noon)


class TestDeclineReport:
    def test_tells_the_reader_why_and_leaves_the_record(
        self, report: Report, agreement: Agreement, editor: User, noon: datetime
    ) -> None:
        decline_report(report.pk, by=editor, at=noon, answer="The source says so.")

        report.refresh_from_db()
        assert (report.state, report.answer) == ("declined", "The source says so.")
        assert Agreement.objects.get(pk=agreement.pk).revision == agreement.revision

    def test_needs_an_answer(self, report: Report, editor: User, noon: datetime) -> None:
        with pytest.raises(NoteMissing):
            decline_report(report.pk, by=editor, at=noon, answer=" ")


class TestDeclineAsNoReport:
    def test_answers_each_reader_in_their_language_and_leaves_what_is_decided(
        self, report: Report, agreement: Agreement, editor: User, noon: datetime
    ) -> None:
        edition = Edition(register_number=agreement.register_number, number=1, content_hash="0" * 64)
        arabic = reported(edition, at=noon, language="ar")
        decided = decline_report(reported(edition, at=noon).pk, by=editor, at=noon, answer="No.")

        assert decline_as_no_report([report.pk, arabic.pk, decided.pk], by=editor, at=noon) == 2

        answers = dict(Report.objects.values_list("pk", "answer"))
        assert answers[decided.pk] == "No."
        assert answers[report.pk].isascii()
        assert not answers[arabic.pk].isascii()


class TestTable:
    @pytest.mark.parametrize(
        "columns",
        [
            {"wrong": ""},
            {"state": "seen"},
            {"state": "accepted"},
            {"section": "nowhere"},
            {"language": "fr"},
            {"content_hash": "x"},
            {"edition_number": 0},
        ],
        ids=str,
    )
    def test_refuses_what_contradicts_itself(self, report: Report, columns: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**columns)
