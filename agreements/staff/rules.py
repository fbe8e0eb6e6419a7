"""Where on the form the database's rules are said, so that a refusal stands at the field that mends it."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms import ModelForm
from django.utils.translation import get_language

from agreements.register.circles import PARENT_CIRCLE, RELATION_CIRCLE

_FIELD_OF_RULE: Final = {
    "agreement_renewal_length": "renewal_months",
    "agreement_notice_period": "notice_length",
    "agreement_review_months": "review_months",
    "agreement_date_kind_once": "kind",
    "agreement_time_needs_day": "time",
    "relation_not_to_itself": "other",
    "relation_once_between_two": "other",
    RELATION_CIRCLE: "other",
    "framework_once_an_agreement": "framework",
    "organization_alias_once": "name",
    "organization_not_own_parent": "parent",
    PARENT_CIRCLE: "parent",
    "place_coordinates_together_with_precision": "latitude",
    "objective_code_once": "code",
    "participation_once_a_role": "organization",
    "participation_not_through_itself": "acting_through",
    "funding_amount_only_where_stated": "amount",
    "funding_period_in_order": "end",
    "activity_period_in_order": "end",
    "statement_verbatim_names_source": "source",
    "document_once_an_agreement": "file",
}

_TEXT_RULE: Final = "_has_"
"""In the names of the rules that a text is written in some language: what follows is the text."""


def field_of_rule(rule: str) -> str:
    """The form's field where a rule is said, empty where it concerns no one field.

    A text that is missing in every language is said at that of the reader.
    """
    if _TEXT_RULE in rule and rule not in _FIELD_OF_RULE:
        return f"{rule.partition(_TEXT_RULE)[2]}_{get_language()}"
    return _FIELD_OF_RULE.get(rule, "")


class RecordForm(ModelForm[Any]):
    """Says at the field what breaks a rule that Django would say at the top of the row."""

    def _update_errors(self, errors: ValidationError) -> None:
        super()._update_errors(at_fields(errors, self))  # type: ignore[misc]  # Django's own, which its stubs leave out


def at_fields(errors: ValidationError, form: ModelForm[Any]) -> ValidationError:
    """The same errors, each at the field of its rule where the form has that field."""
    if not hasattr(errors, "error_dict"):
        return errors
    moved: dict[str, list[ValidationError]] = {}
    for name, found in errors.error_dict.items():
        for error in found:
            place = _place(error, form) if name == NON_FIELD_ERRORS else name
            moved.setdefault(place, []).append(error)
    return ValidationError(moved)


def _place(error: ValidationError, form: ModelForm[Any]) -> str:
    said = str(error.message)
    rules: Iterable[models.BaseConstraint] = form._meta.model._meta.constraints
    rule = next((one.name for one in rules if one.violation_error_message and said == words(one)), "")
    field = field_of_rule(rule)
    return field if field in form.fields else NON_FIELD_ERRORS


def words(constraint: models.BaseConstraint) -> str:
    return str(constraint.get_violation_error_message())
