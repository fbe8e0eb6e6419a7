"""How the desk shows texts in three languages: side by side, each in its own direction."""

from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models

from agreements.vocabulary.languages import DIRECTIONS, LANGUAGES, Language

Row = str | tuple[str, ...]


def language_of_field(name: str) -> Language | None:
    """The language that a column's name ends with, as in ``title_ar``."""
    return next((language for language in LANGUAGES if name.endswith(f"_{language}")), None)


def three(stem: str) -> tuple[str, ...]:
    """The columns of one text, for a row of the form."""
    return tuple(f"{stem}_{language}" for language in LANGUAGES)


_ROWS: Final = 3


class LanguageFieldsMixin:
    """For admin classes: texts have their language and direction, and nothing shared is deleted in passing."""

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", request: Any, **kwargs: Any) -> Any:
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # a mixin
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # What others share is looked at and deleted on its own page, not from an agreement.
            field.widget.can_delete_related = field.widget.can_view_related = False
        language = language_of_field(db_field.name)
        if field is not None and language is not None:
            field.widget.attrs |= {"lang": language, "dir": DIRECTIONS[language]}
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = _ROWS
        return field
