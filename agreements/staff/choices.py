"""Choices whose rows are fetched together: one query a kind of row, however many inputs of a page name them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet

Known = Mapping[str, Model]
"""Rows by their primary key, as an input sends it."""


class KnownChoiceField(forms.ModelChoiceField[Any]):
    """A choice of one row; once ``known`` is filled, it asks the database nothing."""

    known: Known | None = None

    def to_python(self, value: Any) -> Model | None:
        if self.known is None or value in self.empty_values:
            found: Model | None = super().to_python(value)
            return found
        row = self.known.get(str(value))
        if row is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return row


class KnownMultipleChoiceField(forms.ModelMultipleChoiceField[Any]):
    """A choice of several rows; once ``known`` is filled, it asks the database nothing."""

    known: Known | None = None

    def _check_values(self, value: Any) -> Any:
        if self.known is None:
            return super()._check_values(value)  # type: ignore[misc]  # Django's own, which its stubs lack
        for one in value:
            if str(one) not in self.known:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": one}
                )
        return [self.known[one] for one in dict.fromkeys(map(str, value))]


class KnownOptionsMixin:
    """For autocomplete widgets of such a field: what is chosen is named without a query."""

    def optgroups(self, name: Any, value: Any, attr: Any = None) -> Any:
        widget: Any = self
        known: Known | None = getattr(widget.choices.field, "known", None)
        if known is None:
            groups: list[Any] = super().optgroups(name, value, attr)  # type: ignore[misc]  # a mixin
            return groups
        options = []
        if not widget.is_required and not widget.allow_multiple_selected:
            options.append(widget.create_option(name, "", "", False, 0))
        for one in value:
            if row := known.get(str(one)):
                label = widget.choices.field.label_from_instance(row)
                options.append(widget.create_option(name, str(one), label, True, len(options)))
        return [(None, options, 0)]


class KnownSelect(KnownOptionsMixin, AutocompleteSelect):
    pass


class KnownSelectMultiple(KnownOptionsMixin, AutocompleteSelectMultiple):
    pass


class KnownChoicesMixin:
    """For admin classes whose forms stand on one page in great number: their autocomplete fields are known ones."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]  # a mixin
            kwargs |= {
                "widget": KnownSelect(db_field, self.admin_site),  # type: ignore[attr-defined]  # a mixin
                "form_class": KnownChoiceField,
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]  # a mixin

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]  # a mixin
            kwargs |= {
                "widget": KnownSelectMultiple(db_field, self.admin_site),  # type: ignore[attr-defined]  # a mixin
                "form_class": KnownMultipleChoiceField,
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]  # a mixin


def fetch_choices(rows: Iterable[forms.BaseForm]) -> None:
    """Look up all that the choices of these forms name, shown or sent, in one query a kind of row.

    The forms' own instances then know what they point at as well, for those who may only read.
    """
    wanted: dict[type[Model], set[str]] = defaultdict(set)
    fields: dict[type[Model], list[tuple[forms.BaseForm, str, Any]]] = defaultdict(list)
    for form in rows:
        for name, field in form.fields.items():
            if isinstance(field, KnownChoiceField | KnownMultipleChoiceField):
                model: type[Model] = cast(QuerySet[Any], field.queryset).model
                fields[model].append((form, name, field))
                wanted[model] |= _named_by(form[name].value())
    for model, keys in wanted.items():
        known = _rows_of(fields[model][0][2].queryset, keys)
        for form, name, field in fields[model]:
            field.known = known
            _tell_instance(getattr(form, "instance", None), name, known)


def _named_by(value: Any) -> set[str]:
    values = value if isinstance(value, list | tuple | set) else [value]
    keys = (str(one.pk if isinstance(one, Model) else one) for one in values if one)
    return {key for key in keys if key.isascii() and key.isdecimal() and len(key) < 19}


def _rows_of(queryset: Any, keys: set[str]) -> Known:
    if not keys:
        return {}
    needed = [field.name for field in queryset.model._meta.concrete_fields if _is_part_of(field)]
    return {str(row.pk): row for row in queryset.select_related(*needed).filter(pk__in=keys)}


def _is_part_of(field: Any) -> bool:
    """Whether the row can't be without another, and so may be called after it."""
    return isinstance(field, ForeignKey) and not field.null


def _tell_instance(instance: Any, name: str, known: Known) -> None:
    field = instance._meta.get_field(name) if instance is not None else None
    if isinstance(field, ForeignKey):
        row = known.get(str(getattr(instance, field.attname)))
        if row is not None:
            field.set_cached_value(instance, row)
