"""All that blocks a record: what its content lacks, and what only the register knows."""

from collections.abc import Iterator

from agreements.editions.content import AgreementContent
from agreements.publishing.completeness import problems_of
from agreements.publishing.confirmations import record_hash
from agreements.publishing.problems import Problem, ProblemCode
from agreements.register.models.agreements import Agreement
from agreements.register.models.shared import Sourced
from agreements.register.virus_scan import is_scanner_set
from agreements.vocabulary.kinds import ScanResult, WorkingState
from agreements.vocabulary.sections import Section


def blocking_problems(agreement: Agreement, content: AgreementContent) -> tuple[Problem, ...]:
    """Everything that keeps ``content``, built from ``agreement``, from being published.

    Texts are in the active language. Empty when it may be published.
    """
    return (*problems_of(content), *_record_problems(agreement, content))


def _record_problems(agreement: Agreement, content: AgreementContent) -> Iterator[Problem]:
    for section, prefix, index, row in _sourced_parts(agreement):
        if row.unconfirmed:
            yield Problem(
                ProblemCode.UNCONFIRMED, section, (("what", str(row)),), field=f"{prefix}-{index}-unconfirmed"
            )
    for index, document in enumerate(agreement.documents.all()):
        if document.is_public and document.is_unsigned:
            details = (("what", str(document)),)
            yield Problem(
                ProblemCode.DOCUMENT_UNSIGNED, Section.DOCUMENTS, details, field=f"documents-{index}-is_unsigned"
            )
    yield from _scan_problems(agreement)
    approved = agreement.working_state in (WorkingState.APPROVED, WorkingState.SCHEDULED)
    if approved and agreement.approved_hash != record_hash(content):
        yield Problem(ProblemCode.CHANGED_SINCE_APPROVAL, Section.TITLES)


def _scan_problems(agreement: Agreement) -> Iterator[Problem]:
    """An infected file blocks wherever it is kept; one that was never scanned where the public would get it."""
    for index, document in enumerate(agreement.documents.all()):
        details = (("what", str(document)), ("found", document.scan_found))
        field = f"documents-{index}-file"
        if document.scan_result == ScanResult.INFECTED:
            yield Problem(ProblemCode.DOCUMENT_INFECTED, Section.DOCUMENTS, details, field=field)
        elif document.is_public and document.scan_result == ScanResult.NOT_SCANNED and is_scanner_set():
            yield Problem(ProblemCode.DOCUMENT_NOT_SCANNED, Section.DOCUMENTS, details, field=field)


def _sourced_parts(agreement: Agreement) -> Iterator[tuple[Section, str, int, Sourced]]:
    for section, prefix in (
        (Section.DATES, "dates"),
        (Section.RELATIONS, "relations"),
        (Section.PARTICIPATIONS, "participations"),
        (Section.SIGNATORIES, "signatories"),
        (Section.FUNDING, "funding"),
        (Section.ACTIVITIES, "activities"),
        (Section.OBLIGATIONS, "obligations"),
        (Section.FRAMEWORKS, "framework_links"),
        (Section.STATEMENTS, "statements"),
        (Section.CONTACTS, "contacts"),
    ):
        for index, row in enumerate(getattr(agreement, prefix).all()):
            yield section, prefix, index, row
    announcement = getattr(agreement, "announcement", None)
    if announcement is not None:
        yield Section.ANNOUNCEMENT, "announcement", 0, announcement
