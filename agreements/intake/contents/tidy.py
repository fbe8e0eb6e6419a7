"""Holds a row that came from a file to what the desk's form would take, before it is saved."""

from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.formats.inputs import LineField, TextField
from agreements.intake.contents.remarks import IntakeRefused, Refusal
from agreements.register.rules import broken_rule, words_of_rule

_NOT_TEXTS: Final = (models.SlugField, models.URLField, models.EmailField)


def hold_to_rules(row: Model, place: str) -> None:
    """Tidy a row's texts as inputs at the desk do, and refuse what they would refuse.

    What the database alone can judge, such as uniques, is left to it (see ``in_words``).

    Args:
        place: where in the content the row comes from, for the refusal.

    Raises:
        IntakeRefused: with a sentence a column.
    """
    refusals = [*_tidied(row, place)]
    skipped = [field.name for field in row._meta.concrete_fields if field.is_relation or field.primary_key]
    try:
        row.clean_fields(exclude=skipped)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            label = capfirst(str(row._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # a column
            refusals += [Refusal(place, f"{label}: {message}") for message in messages]
    if refusals:
        raise IntakeRefused(refusals)


def in_words(error: IntegrityError, model: type[Model], place: str) -> IntakeRefused:
    """What the database refused, in the rule's own words where it has some."""
    rule = broken_rule(error)
    sentence = _("The database refuses this beside what is already recorded (%(rule)s).") % {"rule": rule}
    return IntakeRefused([Refusal(place, words_of_rule(model, rule) or sentence)])


def _tidied(row: Model, place: str) -> Iterator[Refusal]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if not isinstance(value, str) or not value or field.choices:
            continue
        try:
            setattr(row, field.attname, _clean(field, value))
        except ValidationError as error:
            label = capfirst(str(field.verbose_name))
            yield from (Refusal(place, f"{label}: {message}") for message in error.messages)


def _clean(field: "models.Field[Any, Any]", value: str) -> Any:
    if isinstance(field, models.TextField):
        return TextField(required=False, strip=False).clean(value)
    if isinstance(field, models.CharField) and not isinstance(field, _NOT_TEXTS):
        return LineField(required=False, max_length=field.max_length).clean(value)
    return value
