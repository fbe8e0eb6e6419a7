"""How the desk shows texts in three languages: side by side, each in its own direction."""

from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements.formats.inputs import LineField, TextField, validate_line
from agreements.register.fields import PartialDateField
from agreements.staff.inputs import PartialDateInput
from agreements.staff.rules import RecordForm
from agreements.vocabulary.languages import DIRECTIONS, LANGUAGES, Language

Row = str | tuple[str, ...]

_INPUTS: Final[dict[type[Any], type[forms.Field]]] = {
    models.CharField: LineField,
    models.TextField: TextField,
    PartialDateField: PartialDateInput,
}
"""The inputs of plain texts; addresses and identifiers have rules of their own."""


def language_of_field(name: str) -> Language | None:
    """The language that a text's column ends with, as in ``title_ar``; a text's standing is a choice, not a text."""
    if name.startswith("standing_"):
        return None
    return next((language for language in LANGUAGES if name.endswith(f"_{language}")), None)


def three(stem: str) -> tuple[str, ...]:
    """The columns of one text, for a row of the form."""
    return tuple(f"{stem}_{language}" for language in LANGUAGES)


_ROWS: Final = 3


class LanguageFieldsMixin:
    """For admin classes: texts have their language and direction, and nothing shared is deleted in passing.

    What is typed is tidied, and what can't be kept is said at its field.
    """

    form: Any = RecordForm

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", request: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        if type(db_field) in _INPUTS and not db_field.choices:
            kwargs["form_class"] = _INPUTS[type(db_field)]
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # a mixin
        if field is not None:
            _fit_widget(field)
        if isinstance(field, forms.CharField):
            field.widget.attrs.pop("maxlength", None)  # browsers cut what is pasted at it, without a word
            if isinstance(db_field, models.URLField):
                field.validators.append(validate_line)
        language = language_of_field(db_field.name)
        if field is not None and language is not None:
            field.widget.attrs |= {"lang": language, "dir": DIRECTIONS[language]}
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = _ROWS
        return field


def _fit_widget(field: forms.Field) -> None:
    """Make Django's own inputs fit an agreement's page, and name those that have no label."""
    widget = field.widget
    if isinstance(widget, RelatedFieldWidgetWrapper):
        # What others share is looked at and deleted on its own page, not from an agreement.
        widget.can_delete_related = widget.can_view_related = False
        if isinstance(widget.widget, AutocompleteSelectMultiple):
            # Each chosen entry has its own cross; the one for all would stand in a list where none may be.
            widget.widget.is_required = True
    if isinstance(widget, AdminSplitDateTime):
        for part, label in zip(widget.widgets, (_("Day"), _("Time")), strict=True):
            part.attrs["aria-label"] = format_lazy("{}: {}", field.label, label)
