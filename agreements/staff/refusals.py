"""What only the database can refuse, said on the form in words, with all that was typed still there."""

from logging import getLogger
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.register.rules import broken_rule, words_of_rule

logger = getLogger(__name__)


class RefusalMixin:
    """For pages of the desk: what only the database can judge, as two people at once, comes back in words."""

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
    rule = broken_rule(error)
    for model in apps.get_app_config("agreements").get_models():
        words = words_of_rule(model, rule)
        if words:
            return f"{capfirst(model._meta.verbose_name_plural)}: {words}"
    logger.warning("The desk met a rule that has no words of its own: %s", rule)
    return _("This can't be kept beside what is already recorded (%(rule)s): change it and save again.") % {
        "rule": rule
    }
