"""Deciding what the other side proposed: accepted corrections are written into the record, as an edit of it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm, modelform_factory

from agreements.publishing.correctable import Column, columns_by_target
from agreements.publishing.errors import (
    AlreadyDecided,
    ChangedMeanwhile,
    FieldGone,
    FieldsChanged,
    NoteMissing,
    ProposalInvalid,
)
from agreements.publishing.links import named
from agreements.publishing.workflow import enter
from agreements.register.edits import record_edit
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import Correction, PartyLink
from agreements.vocabulary.kinds import CorrectionState, EventKind


@dataclass(frozen=True)
class Proposal:
    """A correction beside its column now; ``column`` is ``None`` for a remark, and where the row is gone."""

    correction: Correction
    column: Column | None

    @property
    def has_changed(self) -> bool:
        """Whether something else stands there than what the correction was made of."""
        column = self.column
        return column is not None and not column.is_choice_of_rows and column.text != self.correction.before

    @property
    def is_written(self) -> bool:
        """Whether accepting it writes the field; else an editor does so by hand."""
        return self.column is not None and not self.column.is_choice_of_rows

    @property
    def is_gone(self) -> bool:
        return self.column is None and bool(self.correction.target)


def open_proposals(agreement: Agreement) -> tuple[Proposal, ...]:
    """What the other side proposed and nobody has decided, in the order of the form."""
    rows = Correction.objects.filter(link__agreement=agreement, state=CorrectionState.OPEN)
    corrections = list(rows.select_related("link__party", "link__agreement"))
    return _beside(agreement, corrections) if corrections else ()


def proposals_of(link: PartyLink) -> tuple[Proposal, ...]:
    """All that was proposed through a link, decided or not, in the order of the form."""
    corrections = list(link.corrections.select_related("link__party", "link__agreement"))
    return _beside(link.agreement, corrections) if corrections else ()


@transaction.atomic
def accept_corrections(
    agreement_id: int,
    correction_ids: Collection[int],
    *,
    by: User,
    at: datetime,
    revision: int | None = None,
    overwrite: bool = False,
    note: str = "",
) -> Agreement:
    """Write what was proposed into the record. All of it is valid, or nothing is written.

    Fields of one row are checked together, because some only hold together (an amount and its currency).
    Writing is an edit like any other: review starts over. What names entries of a directory, and a
    remark, are only marked: an editor has seen to them.

    Args:
        revision: what the editor had before their eyes; ``None`` where nobody looked.
        overwrite: also where something else stands there since it was proposed.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        AlreadyDecided: one of them is not open any more.
        ChangedMeanwhile: the record was edited since that revision.
        FieldGone: the part that one of them is about was removed.
        FieldsChanged: see ``overwrite``; with the corrections.
        ProposalInvalid: a form would not take the value; with what is wrong.
    """
    agreement, proposals = _begin(agreement_id, correction_ids)
    if revision is not None and revision != agreement.revision:
        raise ChangedMeanwhile(agreement.register_number)
    if any(one.is_gone for one in proposals):
        raise FieldGone(agreement.register_number)
    changed = [one.correction.pk for one in proposals if one.has_changed]
    if changed and not overwrite:
        raise FieldsChanged(changed)
    rows: dict[Model, list[Proposal]] = defaultdict(list)
    for one in proposals:
        if one.column is not None and one.is_written:
            rows[one.column.row].append(one)
    for row, about in rows.items():
        _write(row, about)
    _decide(agreement, proposals, CorrectionState.ACCEPTED, by=by, at=at, note=note)
    if rows:
        record_edit(Agreement.objects.get(pk=agreement.pk), by=by, at=at)
    return agreement


@transaction.atomic
def decline_corrections(
    agreement_id: int, correction_ids: Collection[int], *, by: User, at: datetime, note: str
) -> Agreement:
    """Leave the record as it is; ``note`` tells the person who proposed it why.

    Raises:
        Agreement.DoesNotExist: no such agreement.
        AlreadyDecided: one of them is not open any more.
        NoteMissing: no reason.
    """
    agreement, proposals = _begin(agreement_id, correction_ids)
    if not note.strip():
        raise NoteMissing(agreement.register_number)
    _decide(agreement, proposals, CorrectionState.DECLINED, by=by, at=at, note=note)
    return agreement


def _begin(agreement_id: int, correction_ids: Collection[int]) -> tuple[Agreement, tuple[Proposal, ...]]:
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    wanted = set(correction_ids)
    proposals = tuple(one for one in open_proposals(agreement) if one.correction.pk in wanted)
    if not wanted or len(proposals) != len(wanted):
        raise AlreadyDecided(agreement.register_number)
    return agreement, proposals


def _beside(agreement: Agreement, corrections: Sequence[Correction]) -> tuple[Proposal, ...]:
    columns = columns_by_target(agreement)
    order = {target: number for number, target in enumerate(columns)}
    last = len(order)
    ordered = sorted(corrections, key=lambda one: (order.get(one.target, last), one.pk))
    return tuple(Proposal(one, columns.get(one.target)) for one in ordered)


def _write(row: Model, about: Sequence[Proposal]) -> None:
    """Put the values through the same form fields, and the same rules, as at the desk."""
    names = [one.column.name for one in about if one.column is not None]
    form_class: type[ModelForm[Any]] = modelform_factory(type(row), fields=names)
    data = {one.column.name: one.correction.proposed for one in about if one.column is not None}
    form = form_class(data, instance=row)
    if not form.is_valid():
        raise ProposalInvalid([(_label(row, name), said) for name, said in _said(form)])
    try:
        form.instance.validate_constraints()
    except ValidationError as error:
        raise ProposalInvalid([(str(row), said) for said in error.messages]) from error
    form.instance.save(update_fields=names)


def _said(form: ModelForm[Any]) -> list[tuple[str, str]]:
    return [(name, str(one)) for name, errors in form.errors.items() for one in errors]


def _label(row: Model, name: str) -> str:
    return str(row) if name == NON_FIELD_ERRORS else str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column


def _decide(
    agreement: Agreement,
    proposals: Sequence[Proposal],
    state: CorrectionState,
    *,
    by: User,
    at: datetime,
    note: str,
) -> None:
    """Mark them, with one entry in the timeline for each person whose corrections they were."""
    event = EventKind.CORRECTION_ACCEPTED if state is CorrectionState.ACCEPTED else EventKind.CORRECTION_DECLINED
    said: dict[int, list[str]] = {}
    for one in proposals:
        correction = one.correction
        correction.state, correction.decided_by, correction.decided_at = state, by, at
        correction.note = note.strip()
        correction.save(update_fields=["state", "decided_by", "decided_at", "note"])
        said.setdefault(correction.link_id, [named(correction.link)]).append(_what(one))
    for lines in said.values():
        text = "\n".join((lines[0], *(f"• {line}" for line in lines[1:]), *([note.strip()] if note.strip() else [])))
        enter(agreement, event, by=by, at=at, note=text)


def _what(proposal: Proposal) -> str:
    column = proposal.column
    if column is None:
        return str(proposal.correction)
    own = column.row._meta.concrete_model is Agreement
    label = str(column.field.verbose_name)
    return label if own else f"{column.row}: {label}"
