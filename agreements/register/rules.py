"""What the database's rules say when they are broken, whoever wrote: the desk or a file."""

from django.db import IntegrityError
from django.db.models import BaseConstraint, Model
from django.utils.translation import gettext as _

from agreements.register.circles import PARENT_CIRCLE, RELATION_CIRCLE


def broken_rule(error: IntegrityError) -> str:
    """The name of the rule that PostgreSQL says was broken; empty where it names none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def words_of_rule(model: type[Model], rule: str) -> str:
    """What a rule of this model says, in the active language; empty where it is none of the model's or has no words."""
    if rule == RELATION_CIRCLE and model.__name__ == "AgreementRelation":
        return _("These relations would go in a circle: choose another agreement or relation.")
    if rule == PARENT_CIRCLE and model.__name__ == "Organization":
        return _("An organisation can’t be part of one that is part of it: choose another one or none.")
    found = next((one for one in model._meta.constraints if one.name == rule and has_words(one)), None)
    return str(found.violation_error_message) if found else ""


def has_words(rule: BaseConstraint) -> bool:
    """Whether a rule says more than its name."""
    return rule.violation_error_message not in (None, rule.default_violation_error_message)
