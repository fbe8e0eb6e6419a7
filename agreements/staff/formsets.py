"""What is wrong with several rows of one page taken together, said at the row that makes it so."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint
from django.forms import BaseInlineFormSet, ModelForm
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

from agreements.publishing.completeness import problem_of_dates
from agreements.register.chains import relation_circle
from agreements.register.fields import partial_date
from agreements.register.models.agreements import REPEATABLE_DATES, Agreement
from agreements.register.rules import words_of_rule
from agreements.staff.rows import SparseFormSet
from agreements.staff.rules import RecordForm, field_of_rule
from agreements.vocabulary.kinds import DateKind, RelationKind
from agreements.vocabulary.life import contradictions

Key = Callable[[Any], Any]

_SAME: Final[dict[str, Key]] = {
    "agreement_date_kind_once": lambda row: row.kind if row.kind not in REPEATABLE_DATES else None,
    "relation_once_between_two": lambda row: (row.kind, row.other_id),
    "framework_once_an_agreement": lambda row: row.framework_id,
    "participation_once_a_role": lambda row: (row.role, row.organization_id),
    "document_once_an_agreement": lambda row: row.digest_of_file(),
    "organization_alias_once": lambda row: (row.name, row.language),
    "objective_code_once": lambda row: row.code,
}
"""What makes two rows of one page the same in the eyes of a rule; ``None`` where it asks nothing of a row."""

_SAID_ELSEWHERE_TOO: Final = {"relation_once_between_two"}
"""Of these, rules that rows of other pages may break as well: the database is asked."""


class CheckedRowsMixin:
    """For formsets: checks what concerns several rows, or names the record itself, which Django leaves out of a
    row's own check."""

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]  # a mixin
        for form in self.kept_forms():
            if form.has_changed():
                self._check_row(form)

    def kept_forms(self) -> Iterator[RecordForm]:
        """The rows that were sent and would be saved, as far as nothing is wrong with them."""
        for form in self.forms:  # type: ignore[attr-defined]  # a mixin
            is_blank = form.empty_permitted and not form.has_changed()
            if not form.errors and not is_blank and not form.cleaned_data.get(DELETION_FIELD_NAME):
                yield form

    def rows_left_alone(self) -> list[Any]:
        """The rows that stand there and were not sent."""
        return []

    def validate_unique(self) -> None:
        """Say of two rows alike at the second one what the database would say of both."""
        rules = [one.name for one in self.model._meta.constraints if one.name in _SAME]  # type: ignore[attr-defined]  # a mixin
        seen = {(rule, _SAME[rule](row)) for row in self.rows_left_alone() for rule in rules}
        # Rows that are there keep what they have; what is typed in addition is what repeats it.
        for form in sorted(self.kept_forms(), key=lambda one: one.has_changed()):
            for rule in rules:
                key = _SAME[rule](form.instance)
                if key is not None and (rule, key) in seen:
                    form.add_error(field_of_rule(rule), words_of_rule(self.model, rule))  # type: ignore[attr-defined]  # a mixin
                seen.add((rule, key))

    def _check_row(self, form: RecordForm) -> None:
        row: Model = form.instance
        left_out = {field.name for field in row._meta.fields if field.name not in form.fields}
        for rule in row._meta.constraints:
            if not isinstance(rule, UniqueConstraint) or rule.name in _SAME.keys() - _SAID_ELSEWHERE_TOO:
                continue
            try:
                rule.validate(type(row), row, exclude=left_out)  # type: ignore[attr-defined]  # its stubs lack it
            except ValidationError:
                form.add_error(field_of_rule(rule.name) or None, words_of_rule(type(row), rule.name))


class RowFormSet(CheckedRowsMixin, BaseInlineFormSet[Any, Any, ModelForm[Any]]):
    """The rows of a directory's entry, which are all on the page."""


class PartFormSet(CheckedRowsMixin, SparseFormSet):
    """The rows of a part of an agreement, of which only some may have been opened."""

    def rows_left_alone(self) -> list[Any]:
        sent = {form.instance.pk for form in self.initial_forms}
        return [row for row in self.all_rows if row.pk not in sent]


class DateFormSet(PartFormSet):
    """Dates that can't all be right: not even a draft holds them."""

    def clean(self) -> None:
        super().clean()
        forms = list(self.kept_forms())
        rows = [*(form.instance for form in forms), *self.rows_left_alone()]
        dates = [(DateKind(row.kind), partial_date(row.date)) for row in rows]
        for found in contradictions(dates):
            if not found.is_certain:
                continue
            if found.index >= len(forms):  # said above the rows, because the second date is not open
                raise ValidationError(str(problem_of_dates(found)))
            forms[found.index].add_error("kind" if found.excludes else "date", str(problem_of_dates(found)))


class RelationFormSet(PartFormSet):
    """Relations that would lead back to the agreement by others of their kind."""

    def _check_row(self, form: RecordForm) -> None:
        super()._check_row(form)
        row = form.instance
        if form.errors or self.instance.pk is None:
            return
        circle = relation_circle(self.instance.pk, kind=row.kind, other_id=row.other_id)
        if circle:
            numbers = Agreement.objects.in_bulk(circle)
            # Isolated, because numbers keep their direction in any sentence (Unicode UAX 9, 2.4).
            path = ", ".join(f"\u2066{numbers[pk].register_number}\u2069" for pk in (self.instance.pk, *circle))
            details = {"relation": RelationKind(row.kind).label, "path": path}
            said = _("“%(relation)s” would lead in a circle: %(path)s. Choose another agreement or relation.") % details
            form.add_error("other", said)
