"""Deciding about readers' reports. What is accepted becomes a dated public note of the next edition."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.correspondence.models import Report
from agreements.publishing.errors import NoteMissing, ReasonMissing, ReportSettled
from agreements.publishing.workflow import enter
from agreements.register.edits import record_edit
from agreements.register.models.agreements import Agreement
from agreements.register.models.notes import CorrectionNote
from agreements.vocabulary.kinds import EventKind, ReportState
from agreements.vocabulary.languages import LANGUAGES, LocalisedText


@dataclass(frozen=True)
class Note:
    """What the public is told: in words, on which day (in Baghdad), about which section, empty for the whole."""

    text: LocalisedText
    noted_on: date
    section: str = ""


@transaction.atomic
def look_at_report(report_id: int, *, by: User, at: datetime) -> Report:
    """Note that somebody has seen a new report; the reader is told so. Nothing changes where somebody has before.

    Raises:
        Report.DoesNotExist: no such report, or it has been deleted since.
        ReportSettled: it is decided already.
    """
    report = _open(report_id)
    if report.state == ReportState.NEW:
        report.state, report.seen_by, report.seen_at = ReportState.SEEN, by, at
        report.save(update_fields=["state", "seen_by", "seen_at"])
    return report


@transaction.atomic
def accept_report(report_id: int, note: Note, *, by: User, at: datetime, answer: str = "") -> CorrectionNote:
    """Write a public note into the working record, as an edit of it: review starts over.

    What the record itself says wrongly is for an editor to put right. The note carries the report's number, and
    nothing of who sent it.

    Args:
        answer: what the reader is told besides.

    Raises:
        Report.DoesNotExist, Agreement.DoesNotExist: no such report; or no record of its agreement.
        ReportSettled: it is decided already.
        ReasonMissing: the note says nothing in any language.
    """
    number = Report.objects.values_list("register_number", flat=True).get(pk=report_id)
    # The record is locked before the report, as in all acts: the opposite order deadlocks.
    agreement = Agreement.objects.select_for_update().get(register_number=number)
    report = _open(report_id)
    if not note.text:
        raise ReasonMissing(number)
    texts = {f"text_{language}": note.text.get(language) or "" for language in LANGUAGES}
    written = CorrectionNote.objects.create(
        agreement=agreement, noted_on=note.noted_on, section=note.section, report=report.reference, **texts
    )
    _decide(report, ReportState.ACCEPTED, by=by, at=at, answer=answer)
    enter(agreement, EventKind.REPORT_ACCEPTED, by=by, at=at, note=report.reference)
    record_edit(agreement, by=by, at=at)
    return written


@transaction.atomic
def decline_report(report_id: int, *, by: User, at: datetime, answer: str) -> Report:
    """Leave the record as it is, and tell the reader why.

    Raises:
        Report.DoesNotExist: no such report, or it has been deleted since.
        ReportSettled: it is decided already.
        NoteMissing: no answer.
    """
    report = _open(report_id)
    if not answer.strip():
        raise NoteMissing(report.register_number)
    return _decide(report, ReportState.DECLINED, by=by, at=at, answer=answer)


@transaction.atomic
def decline_as_no_report(report_ids: Collection[int], *, by: User, at: datetime) -> int:
    """Decline what is no report about a record, each with the same answer in its reader's language; how many it was.

    What is decided already stays as it was decided.
    """
    reports = Report.objects.select_for_update().filter(pk__in=report_ids).order_by("pk")
    waiting = [report for report in reports if report.is_open]
    for report in waiting:
        with translation.override(report.language):
            answer = _("The editors found nothing in this report that tells of a mistake in the record.")
        _decide(report, ReportState.DECLINED, by=by, at=at, answer=answer)
    return len(waiting)


def _open(report_id: int) -> Report:
    report = Report.objects.select_for_update().get(pk=report_id)
    if not report.is_open:
        raise ReportSettled(report.reference)
    return report


def _decide(report: Report, state: ReportState, *, by: User, at: datetime, answer: str) -> Report:
    report.state, report.decided_by, report.decided_at, report.answer = state, by, at, answer.strip()
    report.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    return report
