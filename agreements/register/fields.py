"""Model fields and column helpers of the working record."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.vocabulary.dates import InvalidPartialDate, PartialDate
from agreements.vocabulary.languages import LANGUAGES, LocalisedText


def validate_partial_date(value: str) -> None:
    """Refuse what is neither a year, a month nor a day of the calendar.

    Raises:
        ValidationError: with how to write it.
    """
    try:
        PartialDate.parse(value)
    except InvalidPartialDate as error:
        raise ValidationError(
            _("Write the date as year-month-day, such as 2021-02-05; 2021-02 or 2021 where only that is known."),
            code="partial_date",
        ) from error


class PartialDateField(models.CharField):  # type: ignore[type-arg]  # its stubs' parameters cannot be given at run time
    """ "2021", "2021-02" or "2021-02-05"; NULL where no source states the date.

    The column has the PostgreSQL domain ``partial_date``, which the first migration makes and
    which refuses whatever is not a date of the calendar, whoever writes it.
    """

    default_validators = [*models.CharField.default_validators, validate_partial_date]  # noqa: RUF012  # as Django has it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=10, null=True, blank=True)
        kwargs.setdefault("help_text", _("As far as it is known: 2021-02-05, 2021-02 or 2021. Empty means not stated."))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "blank"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs

    def db_type(self, connection: Any) -> str:
        return "partial_date"

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value) or None


def partial_date(value: str | None) -> PartialDate:
    """A column's value as the vocabulary's date."""
    return PartialDate.parse(value)


def localised(row: models.Model, stem: str) -> LocalisedText:
    """The columns ``stem_en``, ``stem_ar`` and ``stem_ckb`` of a row as one text."""
    columns: dict[str, str | None] = {str(one): getattr(row, f"{stem}_{one}") or None for one in LANGUAGES}
    return LocalisedText(**columns)


def here(row: models.Model, stem: str) -> str:
    """That text in the language in use, else in the first it is written in; empty where it is not."""
    active = get_language()
    language = next((one for one in LANGUAGES if one == active), LANGUAGES[0])
    text = localised(row, stem).best(language)
    return text.text if text is not None else ""


class PartialDatesInOrder(models.Func):
    """SQL: whether the second partial date can be on or after the first (NULL counts as yes)."""

    function = "partial_dates_in_order"
    output_field = models.BooleanField()
    conditional = True


class TidyLine(models.Func):
    """SQL: whether a line is trimmed, in Normalization Form C and free of what nobody sees (``vocabulary.texts``)."""

    function = "is_tidy_line"
    output_field = models.BooleanField()
    conditional = True
