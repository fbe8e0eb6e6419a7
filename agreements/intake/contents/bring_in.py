"""Brings contents into the register as drafts, or finds out exactly what that would do.

A dry run writes in a transaction that is rolled back: what it reports is what was really written and read again, so
that the register's own rules, and no copy of them, decide.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pghistory
from django.contrib.auth.models import User
from django.db import transaction

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.editions.content import AgreementContent
from agreements.editions.differences import differences
from agreements.intake.contents.drafts import new_draft, write_draft
from agreements.intake.contents.incoming import FileFacts, IncomingContent
from agreements.intake.contents.known import known_agreement, number_for
from agreements.intake.contents.left_out import words
from agreements.intake.contents.models import Origin
from agreements.intake.contents.relations import write_relations
from agreements.intake.contents.remarks import IntakeRefused, Refusal, Remark, RemarkCode
from agreements.intake.contents.results import ContentOutcome, ContentResult, Report
from agreements.publishing.snapshot import build_content
from agreements.register.edits import record_edit
from agreements.register.models.agreements import Agreement
from agreements.register.numbers import next_register_number, pass_number

logger = logging.getLogger(__name__)

_NO_NUMBER: Final = 10**15
"""Beyond all numbers that are given; stands for a new one in a dry run, so that looking uses up none."""


@dataclass(frozen=True)
class Wishes:
    """How a file is to be brought in.

    Attributes:
        good_ones_only: keep what can be kept where something is refused; else nothing is kept then.
        same_numbers: an agreement with the same register number here is the same one, whoever published it.
    """

    good_ones_only: bool = False
    same_numbers: bool = False


_AS_USUAL: Final = Wishes()


def bring_in(
    incoming: Iterable[IncomingContent],
    file: FileFacts,
    *,
    by: User,
    at: datetime,
    wishes: Wishes = _AS_USUAL,
    is_dry: bool = False,
    expected: str = "",
    with_contents: bool = True,
) -> Report:
    """Make each content a draft: add it, change the one that it was before, or leave what is the same.

    All of it is one transaction. Nothing is published, and no edition is touched. Bringing the same file in again
    changes nothing.

    Args:
        by: who imports; the audit trail and the drafts name them.
        at: the moment, aware.
        is_dry: only find out; nothing is kept, and no register number is used up.
        with_contents: whether the report is to tell what each draft says; without it, memory does not grow with them.
        expected: the fingerprint of a report that somebody agreed to; nothing is kept where it is another one now.
    """
    results: list[ContentResult] = []
    waiting: list[tuple[IncomingContent, ContentResult]] = []
    with transaction.atomic(), pghistory.context(user=by.pk, file=file.name, file_sha256=file.sha256):
        for one in incoming:
            result = _try(one, file, by=by, at=at, wishes=wishes, is_dry=is_dry)
            results.append(result)
            if not with_contents:
                result.before = result.after = None
            if any(remark.code == RemarkCode.RELATION_LEFT for remark in result.remarks):
                waiting.append((one, result))
        for one, result in waiting:
            _relate_again(one, result, file, by=by, at=at)
        report = Report(results, is_written=_is_kept(results, wishes, is_dry=is_dry))
        if expected and report.fingerprint != expected:
            report = Report(results, is_written=False)
        if not report.is_written:
            transaction.set_rollback(True)
    counts = " ".join(f"{outcome}={count}" for outcome, count in report.counts.items())
    logger.info("act=bring_in written=%s by=%s sha256=%s %s", report.is_written, by.pk, file.sha256, counts)
    return report


def _is_kept(results: Iterable[ContentResult], wishes: Wishes, *, is_dry: bool) -> bool:
    outcomes = {one.outcome for one in results}
    writes = bool(outcomes & {ContentOutcome.ADDED, ContentOutcome.CHANGED})
    return writes and not is_dry and (wishes.good_ones_only or ContentOutcome.REFUSED not in outcomes)


def _try(
    one: IncomingContent, file: FileFacts, *, by: User, at: datetime, wishes: Wishes, is_dry: bool
) -> ContentResult:
    if one.refusals:
        return _refused(one, one.refusals)
    try:
        with transaction.atomic():
            result = _bring(one, by=by, wishes=wishes, is_dry=is_dry, at=at)
            if result.outcome != ContentOutcome.UNCHANGED:
                _note_origin(one, result, file, by=by, at=at)
    except IntakeRefused as refused:
        result = _refused(one, refused.refusals)
    if not one.provenance.is_as_claimed:
        details = (("hash", one.provenance.content_hash), ("claimed", one.provenance.claimed_hash))
        result.remarks.insert(0, Remark(RemarkCode.HASH_DIFFERS, details))
    return result


def _bring(one: IncomingContent, *, by: User, wishes: Wishes, is_dry: bool, at: datetime) -> ContentResult:
    found = known_agreement(one, same_numbers=wishes.same_numbers)
    if found is None:
        return _add(one, by=by, is_dry=is_dry)
    agreement, is_latest = found
    result = _result(one, ContentOutcome.UNCHANGED, agreement)
    if is_latest and not one.content.relations:
        return result
    before = build_content(agreement)
    if is_latest:
        # Nothing new is said, but what it names as related may have come in since.
        result.remarks += _relate(agreement, one, before, is_whole=False)
    else:
        result.remarks += [*one.remarks, *write_draft(agreement, one.content, before, is_whole=one.is_whole)]
        result.remarks += _relate(agreement, one, before, is_whole=one.is_whole)
    _finish(result, one, before, by=by, at=at)
    return result


def _finish(result: ContentResult, one: IncomingContent, before: AgreementContent, *, by: User, at: datetime) -> None:
    """Read the draft again; where it says something else than before, it was edited."""
    agreement = Agreement.objects.get(pk=result.agreement_id)
    after = build_content(agreement)
    result.is_carried_whole = _is_same(after, one.content)
    if after == before:
        return
    record_edit(agreement, by=by, at=at)
    found = differences(before, after)
    result.outcome, result.before, result.after = ContentOutcome.CHANGED, before, after
    result.before_hash = content_hash(canonical_bytes(before))
    result.difference_count, result.sections = found.count, tuple(one.section for one in found.sections)


def _add(one: IncomingContent, *, by: User, is_dry: bool) -> ContentResult:
    number, remark = number_for(one)
    if number and not is_dry:
        pass_number(number)
    given = number or (f"MOC-{_NO_NUMBER + one.number}" if is_dry else next_register_number())
    agreement = new_draft(one.content, register_number=given, written_in=one.source_language, by=by)
    remarks = write_draft(agreement, one.content, None, is_whole=one.is_whole)
    remarks += _relate(agreement, one, None, is_whole=one.is_whole)
    result = _result(one, ContentOutcome.ADDED, agreement)
    result.register_number = number or ("" if is_dry else given)
    result.remarks += [*([remark] if remark else []), *one.remarks, *remarks]
    result.after = build_content(Agreement.objects.get(pk=agreement.pk))
    result.is_carried_whole = _is_same(result.after, one.content)
    return result


def _relate(
    agreement: Agreement, one: IncomingContent, before: AgreementContent | None, *, is_whole: bool
) -> list[Remark]:
    return write_relations(agreement, one.content, before, authority=one.provenance.authority, is_whole=is_whole)


def _relate_again(one: IncomingContent, result: ContentResult, file: FileFacts, *, by: User, at: datetime) -> None:
    """Once the whole file is there: a relation may name an agreement that stands further down in it."""
    agreement = Agreement.objects.get(pk=result.agreement_id)
    now = build_content(agreement)
    others = [remark for remark in result.remarks if remark.code != RemarkCode.RELATION_LEFT]
    try:
        with transaction.atomic():
            left = _relate(agreement, one, now, is_whole=False)
    except IntakeRefused:
        return  # it stays listed as left out
    result.remarks[:] = [*others, *(remark for remark in left if remark.code == RemarkCode.RELATION_LEFT)]
    if result.outcome == ContentOutcome.ADDED:
        result.after = build_content(Agreement.objects.get(pk=agreement.pk))
        result.is_carried_whole = _is_same(result.after, one.content)
        return
    was_unchanged = result.outcome == ContentOutcome.UNCHANGED
    _finish(result, one, result.before or now, by=by, at=at)
    if was_unchanged and result.outcome == ContentOutcome.CHANGED:
        _note_origin(one, result, file, by=by, at=at)


def _note_origin(one: IncomingContent, result: ContentResult, file: FileFacts, *, by: User, at: datetime) -> None:
    said = one.provenance
    Origin.objects.create(
        agreement_id=result.agreement_id, kind=said.kind, authority=said.authority, reference=said.reference,
        edition_number=said.edition_number, address=said.address, content_hash=said.content_hash,
        file_name=file.name[:255], file_hash=file.sha256, by=by, at=at,
    )  # fmt: skip


def _result(one: IncomingContent, outcome: ContentOutcome, agreement: Agreement | None = None) -> ContentResult:
    return ContentResult(
        one.number,
        outcome,
        words(one.content.title),
        one.provenance,
        agreement.register_number if agreement else "",
        agreement.pk if agreement else 0,
    )


def _refused(one: IncomingContent, refusals: tuple[Refusal, ...]) -> ContentResult:
    result = _result(one, ContentOutcome.REFUSED)
    result.refusals = refusals
    return result


def _is_same(after: AgreementContent, wanted: AgreementContent) -> bool:
    return canonical_bytes(after) == canonical_bytes(wanted)
