"""Writing a checked import into the register: all rows or the good ones, in one transaction."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

import pghistory
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import Count

from agreements.intake.check import book_of, chunks_of, mapping_of, opened
from agreements.intake.errors import NotNow, RowFlaw, RowsRefused
from agreements.intake.match import language_of
from agreements.intake.models import Import, ImportRow, ImportState, Outcome
from agreements.intake.plan import Planned, plan_rows
from agreements.intake.progress import Progress
from agreements.intake.reading import read_rows
from agreements.intake.words import Refusal, refused_row, said
from agreements.intake.writing import Writer
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Source
from agreements.register.rules import broken_rule, words_of_rule

logger = logging.getLogger(__name__)

_LOCK: Final = "agreements_intake"
_NUMBERS: Final = """
    UPDATE agreements_importrow SET register_number = made.register_number
    FROM unnest(%s::integer[], %s::varchar[]) AS made (number, register_number)
    WHERE of_import_id = %s AND agreements_importrow.number = made.number
"""
_WRITES: Final = (Outcome.ADDED, Outcome.CHANGED)


def apply_import(import_id: int, *, by: User, at: datetime, good_rows_only: bool, page: str = "") -> Import:
    """Write what the check found, as it was shown; it all happens or none of it does.

    Every row is planned anew with its agreement locked: one that would now become something else than was shown is
    refused. Agreements are drafts afterwards, with the file as a source; editions are never touched.

    Args:
        good_rows_only: leave out rows that are refused; otherwise one of them keeps the whole file out.
        page: the address of the import at the desk, for the audit trail.

    Raises:
        NotNow: the import is not to be written.
        Unreadable: the file is gone, or can't be read any more.
        RowsRefused: all or nothing was asked for, and rows are refused; they say why, and nothing is written.
    """
    one = Import.objects.get(pk=import_id)
    if one.state != ImportState.APPLYING:
        raise NotNow(one.state)
    refused: dict[int, list[Refusal]] = {}
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, url=page, file=one.sha256, import_id=one.pk):
            counts, numbers = _write(one, by=by, at=at, good_rows_only=good_rows_only, refused=refused)
            _note_rows(one, refused, numbers)
            _finish(one, counts, by=by, at=at, good_rows_only=good_rows_only)
    except RowsRefused:
        _note_rows(one, refused, {})
        _count_again(one)
        raise
    logger.info("act=import import=%s sha256=%s by=%s counts=%s", one.pk, one.sha256[:12], by.pk, one.counts)
    return one


def _write(
    one: Import, *, by: User, at: datetime, good_rows_only: bool, refused: dict[int, list[Refusal]]
) -> tuple[dict[str, int], dict[int, str]]:
    """Write the rows; those that can't be are added to ``refused``. Counts by outcome, and new register numbers."""
    with connection.cursor() as cursor:  # two imports at once could bring the same organisation, or the same reference
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
    writer = Writer(one, source=_source_of(one), by=by, at=at)
    book = book_of(one)
    counts: Counter[str] = Counter({outcome.value: 0 for outcome in Outcome})
    numbers: dict[int, str] = {}
    with opened(one) as sheet, Progress(one.pk) as progress:
        for chunk in chunks_of(read_rows(sheet, mapping_of(one))):
            planned = list(plan_rows(chunk, book, for_update=True))
            refused |= _changed_meanwhile(one, planned)
            good = [row for row in planned if row.outcome in _WRITES and row.incoming.number not in refused]
            numbers |= _write_rows(writer, good, refused)
            _check_references()
            is_refused = [row.outcome == Outcome.REFUSED or row.incoming.number in refused for row in planned]
            counts.update(
                Outcome.REFUSED.value if no else row.outcome.value for row, no in zip(planned, is_refused, strict=True)
            )
            if counts[Outcome.REFUSED] and not good_rows_only:
                raise RowsRefused(counts[Outcome.REFUSED])
            progress.note(sum(counts.values()))
    writer.organizations.keep_aliases()
    return dict(counts), numbers


def _check_references() -> None:
    """Have PostgreSQL check the foreign keys of what is written so far.

    It would do so at the end, and walk over all that waits for it with every row that a trigger writes: the time for
    a row grew with the rows before it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _finish(one: Import, counts: dict[str, int], *, by: User, at: datetime, good_rows_only: bool) -> None:
    """Note that it is written, unless somebody gave it up meanwhile: then nothing is."""
    noted = Import.objects.filter(pk=one.pk, state=ImportState.APPLYING).update(
        state=ImportState.APPLIED,
        counts=counts,
        rows_done=sum(counts.values()),
        applied_by=by,
        applied_at=at,
        good_rows_only=good_rows_only,
    )
    one.refresh_from_db()
    if not noted:
        raise NotNow(one.state)


def _changed_meanwhile(one: Import, planned: Sequence[Planned]) -> dict[int, list[Refusal]]:
    """Rows that would become something else than the check has shown."""
    rows = ImportRow.objects.filter(of_import=one, number__in=[row.incoming.number for row in planned])
    shown = dict(rows.values_list("number", "fingerprint"))
    return {
        row.incoming.number: [refused_row(RowFlaw.CHANGED_MEANWHILE)]
        for row in planned
        if row.outcome != Outcome.REFUSED and shown.get(row.incoming.number) != row.fingerprint
    }


def _write_rows(writer: Writer, rows: Sequence[Planned], refused: dict[int, list[Refusal]]) -> dict[int, str]:
    """Write rows together; where the database refuses one, find it by halves and say so of it alone."""
    if not rows:
        return {}
    made = dict(writer.organizations.made)
    try:
        with transaction.atomic():
            return writer.write(rows)
    except IntegrityError as error:
        writer.organizations.made = made  # those of this attempt are rolled back
        if len(rows) == 1:
            refused[rows[0].incoming.number] = [_refused_by_database(error)]
            return {}
    middle = len(rows) // 2
    return _write_rows(writer, rows[:middle], refused) | _write_rows(writer, rows[middle:], refused)


def _refused_by_database(error: IntegrityError) -> Refusal:
    rule = broken_rule(error)
    if words_of_rule(Agreement, rule):
        return said(partial(words_of_rule, Agreement, rule), place="", target="")
    logger.warning("act=import a rule has no words of its own: %s", rule)
    return refused_row(RowFlaw.RULE, rule=rule)


def _source_of(one: Import) -> Source:
    """The file as a source; the same file is the same source, however often it is imported."""
    title = f"title_{language_of(one.title)}"
    language = language_of(one.title)
    source, _made = Source.objects.get_or_create(
        key=f"import-{one.sha256[:16]}", defaults={title: one.title, "language": language}
    )
    return source


def _count_again(one: Import) -> None:
    """Have the counts say what the rows say, so that those refused since the check are found and can be left out."""
    rows = ImportRow.objects.filter(of_import=one).order_by()
    found = dict(rows.values_list("outcome").annotate(Count("pk")))
    one.counts = {outcome: found.get(outcome, 0) for outcome in Outcome.values}
    one.save(update_fields=["counts"])


def _note_rows(one: Import, refused: dict[int, list[Refusal]], numbers: dict[int, str]) -> None:
    rows = list(ImportRow.objects.filter(of_import=one, number__in=refused))
    for row in rows:
        row.outcome = Outcome.REFUSED
        row.refusals = [refusal.as_json() for refusal in refused[row.number]]
    ImportRow.objects.bulk_update(rows, ["outcome", "refusals"], batch_size=500)
    with connection.cursor() as cursor:  # Django's bulk_update took a sixth of the whole import
        cursor.execute(_NUMBERS, [list(numbers), list(numbers.values()), one.pk])
