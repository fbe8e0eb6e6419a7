"""Warnings about days that have passed while the record still speaks as if they lay ahead."""

from collections.abc import Iterator
from datetime import date
from typing import Final, cast

from django.utils.translation import get_language

from agreements.editions.content import AgreementContent
from agreements.editions.legal_status import legal_status
from agreements.formats.words import write_partial_date, write_span
from agreements.publishing.problems import Problem, WarningCode
from agreements.register.models.agreements import Agreement
from agreements.register.models.work import Activity, Obligation
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import ActivityStatus, DateKind, LegalStatus, ObligationStatus, RenewalKind
from agreements.vocabulary.languages import Language
from agreements.vocabulary.sections import Section
from agreements.vocabulary.terms import current_term

_UNFINISHED: Final = (ActivityStatus.PLANNED, ActivityStatus.UNDER_WAY)


def passed_days(agreement: Agreement, content: AgreementContent, *, on: date) -> Iterator[Problem]:
    """What a reader of the next edition would take for current although its day is over.

    A day known to the month or year has passed with the last day that it can mean. Nothing is said of
    what is not stated, nor of an agreement whose end is recorded.

    Args:
        agreement: the row that ``content`` was built from.
        on: a day in Baghdad.
    """
    ends = content.date_of(DateKind.ENDED) or content.date_of(DateKind.TERMINATED)
    status = legal_status(content, on=on)
    if ends is not None or status == LegalStatus.SUPERSEDED:
        return
    yield from _term(content, on)
    if status == LegalStatus.SUSPENDED:
        return
    for index, (duty, row) in enumerate(zip(content.obligations, agreement.obligations.all(), strict=True)):
        if duty.status == ObligationStatus.OPEN and _is_over(duty.due, on):
            yield _part(WarningCode.OBLIGATION_PASSED, Section.OBLIGATIONS, row, duty.due, f"obligations-{index}-due")
    for index, (work, done) in enumerate(zip(content.activities, agreement.activities.all(), strict=True)):
        if work.status in _UNFINISHED and _is_over(work.end, on):
            yield _part(WarningCode.ACTIVITY_PASSED, Section.ACTIVITIES, done, work.end, f"activities-{index}-end")


def _term(content: AgreementContent, on: date) -> Iterator[Problem]:
    planned = content.date_of(DateKind.PLANNED_END)
    term = current_term(planned.date, content.terms, on=on) if planned else None
    if planned is None or term is None:
        return
    field = f"dates-{content.dates.index(planned)}-date"
    end = term.end.latest.isoformat()
    if term.end.latest < on and content.terms.renewal != RenewalKind.TACIT:
        details = (("day", write_span(term.end, _language())),)
        yield Problem(WarningCode.END_PASSED, Section.DATES, details, field=field, key=f"end_passed:{end}")
    elif term.notice is not None and term.notice.latest < on:
        details = (("day", write_span(term.notice, _language())),)
        yield Problem(
            WarningCode.NOTICE_PASSED, Section.TERMS, details, field="notice_length", key=f"notice_passed:{end}"
        )


def _part(code: WarningCode, section: Section, row: Obligation | Activity, day: PartialDate, field: str) -> Problem:
    details = (("what", str(row)), ("day", write_partial_date(day, _language()) or ""))
    return Problem(code, section, details, field=field, key=f"{code}:{row.pk}:{day.value}")


def _is_over(day: PartialDate, on: date) -> bool:
    return day.latest is not None and day.latest < on


def _language() -> Language:
    return cast(Language, get_language() or "en")
