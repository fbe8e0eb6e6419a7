"""The forms of the public pages: the verifier's two, and which editions to compare."""

from collections.abc import Sequence
from typing import Any, cast

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.editions.models import Edition
from agreements.formats.words import name_edition
from agreements.vocabulary.languages import Language


class PdfForm(forms.Form):
    """Takes the file to check; whether it is one is for the verifier to say."""

    pdf = forms.FileField(
        label=_("PDF file"),
        allow_empty_file=True,
        help_text=_("At most 20 MB. The file is checked and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Choose the file to check.")},
    )

    @property
    def helper(self) -> FormHelper:
        return _helper(self, "post", _("Check the file"))


class CodeForm(forms.Form):
    """Takes the code that is printed beside the title of a summary."""

    code = forms.CharField(
        label=_("Code on paper"),
        max_length=40,
        strip=True,
        help_text=_("Twelve letters and digits, such as 7K3M-9QX2-TB4E."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the code that stands beside the title.")},
    )

    @property
    def helper(self) -> FormHelper:
        return _helper(self, "get", _("Look the code up"))


class CompareForm(forms.Form):
    """Which two of an agreement's editions to lay side by side, in whatever order."""

    older = forms.TypedChoiceField(label=_("Compare"), coerce=int)
    newer = forms.TypedChoiceField(label=_("with"), coerce=int)

    def __init__(self, *args: Any, editions: Sequence[Edition], language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.number, name_edition(one.number, one.published_at, language)) for one in editions]
        for name, chosen in (("older", editions[min(1, len(editions) - 1)]), ("newer", editions[0])):
            field = cast(forms.TypedChoiceField, self.fields[name])
            field.choices = choices
            field.initial = chosen.number

    @property
    def helper(self) -> FormHelper:
        return _helper(self, "get", _("Show the differences"))

    def clean(self) -> None:
        super().clean()
        numbers = [self.cleaned_data.get(name) for name in ("older", "newer")]
        if None not in numbers and numbers[0] == numbers[1]:
            raise ValidationError(_("Choose two different editions."))


def _helper(form: forms.Form, method: str, label: str | Promise) -> FormHelper:
    helper = FormHelper(form)
    helper.form_method = method
    helper.disable_csrf = True
    # A button: crispy's Submit writes an empty name where it shall not be sent, which HTML refuses.
    helper.layout.append(StrictButton(label, type="submit", css_class="btn-primary"))
    return helper
