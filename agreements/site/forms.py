"""The verifier's two forms."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _


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
        return _helper("post", Submit("check", _("Check the file")))


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
        return _helper("get", Submit("", _("Look the code up")))


def _helper(method: str, button: Submit) -> FormHelper:
    helper = FormHelper()
    helper.form_method = method
    helper.disable_csrf = True
    helper.add_input(button)
    return helper
