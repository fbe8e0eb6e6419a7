"""The rows of an agreement's parts on its page: a few stand there whole, of many only those that are opened.

A part may have hundreds of rows, of which a person touches one. Past ``SHOWN_WHOLE`` rows each is a line that
names it; its inputs come when it is opened. What is not sent back was not changed, so that neither opening nor
saving grows with what nobody looked at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.core.exceptions import ValidationError
from django.db.models import Model, prefetch_related_objects
from django.forms import BaseInlineFormSet, ModelForm
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, BaseFormSet, ManagementForm
from django.forms.models import InlineForeignKeyField
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.register.models.agreements import Agreement
from agreements.staff.choices import fetch_choices
from agreements.staff.rules import RecordForm

SHOWN_WHOLE: Final = 10
"""So many rows of a part stand on the page with all their inputs."""

_BY_KEY: Final = re.compile(r"(?P<prefix>[a-z_]+):(?P<key>\d{1,18})", re.ASCII)
_BY_PLACE: Final = re.compile(r"(?P<prefix>[a-z_]+)-(?P<place>\d{1,6})", re.ASCII)


@dataclass(frozen=True)
class Opened:
    """Rows to be shown whole: by primary key, as ``dates:17``, or by place, as ``dates-0``."""

    keys: frozenset[tuple[str, int]] = frozenset()
    places: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, words: Iterable[str]) -> "Opened":
        """What the words name; anything else is passed over."""
        by_key = [found for word in words if (found := _BY_KEY.fullmatch(word))]
        by_place = [found for word in words if (found := _BY_PLACE.fullmatch(word))]
        return cls(
            frozenset((one["prefix"], int(one["key"])) for one in by_key),
            frozenset((one["prefix"], int(one["place"])) for one in by_place),
        )

    def has(self, prefix: str, *, place: int, key: int) -> bool:
        return (prefix, key) in self.keys or (prefix, place) in self.places


class PartForm(RecordForm):
    """A row that was there and was not changed is not judged again: that would cost queries a row."""

    def full_clean(self) -> None:
        if self.is_bound and not self.instance._state.adding and not self.has_changed():
            self._errors = ErrorDict()
            self.cleaned_data = {"id": self.instance}
            return
        super().full_clean()


class _RowField(forms.IntegerField):
    """The hidden number of a row that is there already; the formset has found the row by it."""

    widget = forms.HiddenInput

    def __init__(self, row: Model | None) -> None:
        super().__init__(required=row is not None, initial=row.pk if row is not None else None)
        self._row = row

    def clean(self, value: Any) -> Model | None:
        number = super().clean(value)
        if number is not None and (self._row is None or number != self._row.pk):
            raise ValidationError(_("This row is none of the agreement’s, or is there no longer."), code="invalid")
        return self._row


@dataclass(frozen=True)
class Line:
    """One row as the page shows it.

    ``place`` is absent of the empty one that new rows are copied from, ``form`` while the inputs are not there.
    """

    place: int | None
    row: Model | None
    form: InlineAdminForm | None
    is_open: bool


class SparseFormSet(BaseInlineFormSet[Any, Agreement, ModelForm[Any]]):
    """A formset that need not hold every row: unopened rows have no form, and are left alone when saving."""

    def __init__(self, *args: Any, opened: Opened | None = None, **kwargs: Any) -> None:
        self.opened = opened or Opened()
        super().__init__(*args, **kwargs)

    @cached_property
    def all_rows(self) -> list[Any]:
        """Every row of the part, in order, with what it takes to name it."""
        return list(super().get_queryset())

    def get_queryset(self) -> Any:
        """The rows that have a form: Django's admin pairs them with the forms."""
        return [form.instance for form in self.initial_forms]

    def initial_form_count(self) -> int:
        return BaseFormSet.initial_form_count(self) if self.is_bound else len(self.all_rows)

    @cached_property
    def forms(self) -> list[Any]:
        """Rows that are there already and have a form, then those to be added, each by its place on the page."""
        existing = self._sent_rows() if self.is_bound else self._opened_rows()
        links = [field.name for field in self.model._meta.many_to_many]
        prefetch_related_objects([row for _place, row in existing], *links)
        self._existing = len(existing)
        forms = [self._form_at(place, row) for place, row in (*existing, *((place, None) for place in self._added()))]
        fetch_choices(forms)
        return forms

    @property
    def initial_forms(self) -> list[Any]:
        return self.forms[: self._existing] if self.forms else []

    @property
    def extra_forms(self) -> list[Any]:
        return self.forms[self._existing :] if self.forms else []

    @cached_property
    def empty_form(self) -> Any:
        """What new rows are copied from; made once, where Django makes it anew each time."""
        form = super().empty_form
        fetch_choices([form])
        return form

    def add_fields(self, form: Any, index: int | None) -> None:
        BaseFormSet.add_fields(self, form, index)
        self._pk_field = self.model._meta.pk  # Django's admin asks for it
        row = None if form.instance._state.adding else form.instance
        form.fields["id"] = _RowField(row)
        form.fields[self.fk.name] = InlineForeignKeyField(self.instance, label=capfirst(self.fk.verbose_name))

    @property
    def shown_management_form(self) -> ManagementForm:
        """As a page shows it: new rows are numbered behind all that stand there."""
        last = max([place for place, _row, _form in self.places()], default=-1)
        counts = {
            INITIAL_FORM_COUNT: self.initial_form_count(),
            TOTAL_FORM_COUNT: max(last + 1, self.total_form_count()),
            "MIN_NUM_FORMS": self.min_num,
            "MAX_NUM_FORMS": self.max_num,
        }
        return ManagementForm(auto_id=self.auto_id, prefix=self.prefix, initial=counts)

    def places(self) -> Iterator[tuple[int, Any, Any]]:
        """Every row with the place that its inputs have or would have, and its form or ``None``.

        A place belongs to whoever was sent with it; others keep theirs where it is free.
        """
        there = {form.instance.pk: form for form in self.initial_forms}
        taken = {_place_of(form) for form in self.forms}
        free = max([*taken, self.total_form_count() - 1, len(self.all_rows) - 1], default=-1) + 1
        for place, row in enumerate(self.all_rows):
            form = there.get(row.pk)
            if form is not None:
                yield _place_of(form), row, form
            elif place not in taken:
                yield place, row, None
            else:
                yield free, row, None
                free += 1

    def _opened_rows(self) -> list[tuple[int, Any]]:
        rows = list(enumerate(self.all_rows))
        if len(rows) <= SHOWN_WHOLE:
            return rows
        return [(place, row) for place, row in rows if self.opened.has(str(self.prefix), place=place, key=row.pk)]

    def _sent_rows(self) -> list[tuple[int, Any]]:
        """The rows whose numbers were sent and still stand there, in the order of their places."""
        known = {str(row.pk): row for row in self.all_rows}
        sent = ((place, self.data.get(f"{self.add_prefix(place)}-id")) for place in self._sent_places())
        return [(place, known[key]) for place, key in sent if key in known]

    def _added(self) -> list[int]:
        """The places of rows that are new, as far as anything was sent for them."""
        if not self.is_bound:
            return list(range(self.initial_form_count(), self.total_form_count()))
        # Whatever was sent and is none of the rows that stand there: counted by neither of the two numbers that a
        # browser sends along, which scripts and removed rows can set wrong.
        there = {place for place, _row in self._sent_rows()}
        return [place for place in self._sent_places() if place < self.total_form_count() and place not in there]

    def _sent_places(self) -> list[int]:
        name = re.compile(rf"{re.escape(str(self.prefix))}-(\d{{1,6}})-\w+", re.ASCII)
        return sorted({int(found[1]) for key in self.data if (found := name.fullmatch(key))})

    def _form_at(self, place: int, row: Any) -> Any:
        form = BaseFormSet._construct_form(self, place, instance=row, empty_permitted=row is None)  # type: ignore[attr-defined]  # Django's own, which its stubs lack
        setattr(form.instance, self.fk.attname, self.instance.pk)
        return form


def lines_of(part: InlineAdminFormSet) -> list[Line]:
    """The rows of a part as its page shows them: those that are there, those being added, the empty one."""
    formset: Any = part.formset
    drawn = {one.form.prefix: one for one in part}
    lines = []
    for place, row, form in formset.places():
        is_asked_for = formset.opened.has(formset.prefix, place=place, key=row.pk)
        lines.append(
            Line(
                place, row, drawn[form.prefix] if form is not None else None,
                is_open=form is not None and (is_asked_for or len(formset.all_rows) == 1 or _is_touched(form)),
            )
        )  # fmt: skip
    lines += [Line(_place_of(form), None, drawn[form.prefix], is_open=True) for form in formset.extra_forms]
    empty = drawn.get(formset.add_prefix("__prefix__"))
    return [*lines, Line(None, None, empty, is_open=True)] if empty is not None else lines


def _is_touched(form: Any) -> bool:
    return bool(form.is_bound and (form.errors or form.has_changed()))


def _place_of(form: Any) -> int:
    return int(form.prefix.rpartition("-")[2])
