"""What can't be saved, said on the form in words, with all that was typed still there."""

from logging import getLogger
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import BaseInlineFormSet, ModelForm
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.register.models.agreements import Agreement

logger = getLogger(__name__)


class PartFormSet(BaseInlineFormSet[Any, Agreement, ModelForm[Any]]):
    """Also checks the rules that name the agreement itself, which Django leaves out of a part's own check."""

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if form.errors or not form.has_changed() or form.cleaned_data.get(DELETION_FIELD_NAME):
                continue
            not_typed = {field.name for field in form.instance._meta.fields if field.name not in form.fields}
            try:
                form.instance.validate_constraints(exclude=not_typed)
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))


class RefusalMixin:
    """For pages of the desk: what only the database can judge, as two rows typed alike, comes back in words."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc,no-any-return]  # a mixin
        except IntegrityError as error:
            request.refusal = refusal_of(error)  # type: ignore[attr-defined]  # read by get_form below
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc,no-any-return]  # a mixin

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[ModelForm[Any]]:
        form: type[ModelForm[Any]] = super().get_form(request, *args, **kwargs)  # type: ignore[misc]  # a mixin
        refusal: str = getattr(request, "refusal", "")
        if not refusal:
            return form

        class Refused(form):  # type: ignore[misc,valid-type]  # the page's own form, and this one sentence
            def clean(self) -> None:
                super().clean()
                raise ValidationError(refusal)

        return Refused


def refusal_of(error: IntegrityError) -> str:
    """What the database refused, as a sentence in the active language; an unknown rule is named and logged."""
    rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    for model in apps.get_app_config("agreements").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == rule and constraint.violation_error_message:
                return f"{capfirst(model._meta.verbose_name_plural)}: {constraint.violation_error_message}"
    logger.warning("The desk met a rule that has no words of its own: %s", rule)
    return _("This can't be kept beside what is already recorded (%(rule)s): change it and save again.") % {
        "rule": rule
    }
