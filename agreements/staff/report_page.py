"""A reader's report at the desk, beside what the record says there now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from agreements.correspondence.models import Report
from agreements.editions.queries import current_edition
from agreements.publishing.correctable import CorrectablePart, correctable_parts
from agreements.register.models.agreements import Agreement
from agreements.register.models.notes import CorrectionNote
from agreements.register.values import Value, value_as_typed
from agreements.staff.report_forms import AcceptReportForm, DeclineReportForm
from agreements.vocabulary.languages import LANGUAGES, Language
from agreements.vocabulary.zone import day_in_baghdad

ANSWER: Final = "agreements.answer_report"


@dataclass(frozen=True)
class ShownPart:
    """A part of the record as it stands now: its name, and what its columns say, without those that say nothing."""

    name: str
    columns: tuple[tuple[str, Value], ...]


def report_page(
    request: HttpRequest,
    report: Report,
    *,
    accept: AcceptReportForm | None = None,
    decline: DeclineReportForm | None = None,
) -> HttpResponse:
    """The page, with a form that was refused still holding what was typed."""
    agreement = Agreement.objects.filter(register_number=report.register_number).first()
    may_answer = report.is_open and agreement is not None and cast(User, request.user).has_perm(ANSWER)
    initial = {"noted_on": day_in_baghdad(timezone.now()), "section": report.section}
    context = {
        **admin.site.each_context(request),
        "title": str(report),
        "opts": Report._meta,
        "report": report,
        "agreement": agreement,
        "change_page": reverse("admin:agreements_agreement_change", args=[agreement.pk]) if agreement else "",
        "current": current_edition(report.register_number),
        "parts": list(_shown(agreement, report.section)) if agreement and report.section else [],
        "note": _note_of(report),
        "may_answer": may_answer,
        "accept": accept or AcceptReportForm(initial=initial),
        "decline": decline or DeclineReportForm(),
    }
    return render(request, "admin/agreements/report/page.html", context)


def _note_of(report: Report) -> list[tuple[Language, str]]:
    """The texts of the note that came of it, while it stands in the record."""
    note = CorrectionNote.objects.filter(report=report.reference).first()
    texts = [(language, getattr(note, f"text_{language}", "")) for language in LANGUAGES]
    return [(language, text) for language, text in texts if text]


def _shown(agreement: Agreement, section: str) -> Iterator[ShownPart]:
    for part in correctable_parts(agreement):
        if part.section == section:
            yield ShownPart(part.name, tuple(_columns(part)))


def _columns(part: CorrectablePart) -> Iterator[tuple[str, Value]]:
    for column in part.columns:
        if column.text not in ("", "not_stated"):
            yield capfirst(str(column.field.verbose_name)), value_as_typed(column.field, column.text)
