"""Turns a content into a draft of the register: the inverse of ``publishing/snapshot.py``."""

from collections.abc import Iterable
from typing import Any

from agreements.editions.content import Activity, AgreementContent, Framework
from agreements.intake.contents.columns import agreement_columns
from agreements.intake.contents.entries import Entries
from agreements.intake.contents.left_out import left_out
from agreements.intake.contents.part_columns import PART_KINDS, announcement, progress_note
from agreements.intake.contents.remarks import Remark
from agreements.intake.contents.rows import Rows, change_row, database_refusals
from agreements.intake.contents.rules import hold_to_life
from agreements.intake.contents.sources import own_sources
from agreements.intake.contents.tidy import hold_to_rules
from agreements.register.models.agreements import Agreement
from agreements.register.models.words_and_files import Announcement
from agreements.register.models.work import ProgressNote
from agreements.vocabulary.languages import Language


def new_draft(content: AgreementContent, *, register_number: str, written_in: Language, by: Any) -> Agreement:
    """An agreement with a content's own texts and values, and no parts yet.

    Raises:
        IntakeRefused: the register would not take it.
    """
    agreement = Agreement(register_number=register_number, written_in=written_in, last_edited_by=by)
    for name, value in agreement_columns(content).items():
        setattr(agreement, name, value)
    hold_to_rules(agreement, "")
    with database_refusals(Agreement, ""):
        agreement.save()
    return agreement


def write_draft(
    agreement: Agreement, content: AgreementContent, before: AgreementContent | None, *, is_whole: bool
) -> list[Remark]:
    """Make a draft say what a content says, but for its relations (see ``relations.py``).

    Internal documents and contacts, notes on corrections, people in charge and all that is only of the desk stay.

    Args:
        before: what ``build_content`` made of this very instance; nothing for a new one.
        is_whole: whether the content is the whole record, so that what it lacks goes. Without it nothing is
            taken away.

    Returns:
        What could not be carried, or was carried otherwise.

    Raises:
        IntakeRefused: the register would not take it; the transaction holds half of it then.
    """
    hold_to_life(content)
    entries = Entries(content)
    if before is not None:
        change_row(agreement, agreement_columns(content), "", is_whole)
    for kind in PART_KINDS:
        there = [row for row in getattr(agreement, kind.rows).all() if kind.is_own(row)] if before else []
        parts = getattr(before, kind.field) if before else ()
        wanted = getattr(content, kind.field)
        rows = Rows(kind.model, {"agreement": agreement}, there, parts)
        found = rows.follow(wanted, lambda part, kind=kind: kind.columns(part, entries), is_whole=is_whole)  # type: ignore[misc]  # bound now
        if kind.field == "activities":
            _follow_activities(found, wanted, before, entries, is_whole=is_whole)
        if kind.field == "frameworks":
            _link_objectives(found, wanted, entries, is_whole=is_whole)
    _follow_announcement(agreement, content, entries, is_whole=is_whole)
    _set(agreement.principles, [entries.principle(one).pk for one in content.principles], is_whole=is_whole)
    _set(agreement.places, [entries.place(one).pk for one in content.places], is_whole=is_whole)
    _set(agreement.sources, own_sources(content, entries), is_whole=is_whole)
    return [*left_out(agreement, content, before), *entries.remarks]


def _follow_activities(
    rows: list[Any], wanted: tuple[Activity, ...], before: AgreementContent | None, entries: Entries, *, is_whole: bool
) -> None:
    parts = {one.id: one for one in before.activities} if before else {}
    for row, part in zip(rows, wanted, strict=True):
        _set(row.places, [entries.place(one).pk for one in part.places], is_whole=is_whole)
        _set(row.responsible, [entries.organization(one).pk for one in part.responsible], is_whole=is_whole)
        _set(row.objectives, _objectives(part, entries), is_whole=is_whole)
        there = parts.get(row.key)
        noted = Rows(
            ProgressNote, {"activity": row}, list(row.progress_notes.all()) if there else [],
            there.progress if there else (),
        )  # fmt: skip
        noted.follow(part.progress, lambda one: progress_note(one, entries), is_whole=is_whole)


def _link_objectives(rows: list[Any], wanted: tuple[Framework, ...], entries: Entries, *, is_whole: bool) -> None:
    for row, part in zip(rows, wanted, strict=True):
        _set(row.objectives, _objectives(part, entries), is_whole=is_whole)


def _objectives(part: Activity | Framework, entries: Entries) -> list[int]:
    found = [entries.objective(one) for one in part.objectives]
    return [one.pk for one in found if one is not None]


def _follow_announcement(agreement: Agreement, content: AgreementContent, entries: Entries, *, is_whole: bool) -> None:
    there: Announcement | None = getattr(agreement, "announcement", None)
    name = str(Announcement._meta.verbose_name)
    if content.announcement is None:
        if there is not None and is_whole:
            there.delete()
        return
    columns = announcement(content.announcement, entries)
    if there is not None:
        change_row(there, columns, name, is_whole)
        return
    row = Announcement(agreement=agreement, **columns)
    hold_to_rules(row, name)
    with database_refusals(Announcement, name):
        row.save()


def _set(links: Any, pks: Iterable[int], *, is_whole: bool) -> None:
    """Make many-to-many links these; without ``is_whole``, these as well."""
    wanted = list(pks)
    if is_whole:
        links.set(wanted)
    elif wanted:
        links.add(*wanted)
