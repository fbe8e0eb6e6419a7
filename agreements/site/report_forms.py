"""The form by which readers report a mistake, and the one that takes the code they got for it."""

from typing import Any, Final, cast

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.correspondence.errors import AlreadyReceived, ReportRefused, TooLate, TooSoon
from agreements.correspondence.models import MAX_SOURCE, MAX_TEXT
from agreements.correspondence.receive import Words
from agreements.correspondence.tickets import code_meant
from agreements.formats.inputs import LineField, TextField
from agreements.vocabulary.sections import Section

OUT_OF_DATE: Final = _("This page is out of date: look at it again, then send it.")
WHY_NOT: Final[dict[type[ReportRefused], Any]] = {
    TooSoon: _("This came faster than most people write. Please read it over once more, and send it in half a minute."),
    TooLate: _("This form lay open for more than a day. Please read it over once more, and send it in half a minute."),
    AlreadyReceived: _(
        "This form was sent before, and that report is kept. If this is another one, please send it in half a minute."
    ),
}
"""Each is said above the form, which keeps what was typed."""

_WHOLE: Final = ("", _("The whole record, or I am not sure"))


class _NeverFilled(forms.TextInput):
    """Whatever a program typed here is not shown again: who meets the refusal need not clear what can't be seen."""

    def format_value(self, value: Any) -> None:
        return None


def _text(label: Promise, *, rows: int, limit: int, required: bool = False, help_text: Promise | str = "") -> TextField:
    return TextField(
        label=cast(str, label),
        required=required,
        max_length=limit,
        help_text=cast(str, help_text),
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": cast(str, _("Say what is wrong, in any of the three languages."))},
    )


class ReportForm(forms.Form):
    """What is wrong, what would be right, where that can be read; and, only if the reader likes, who they are.

    ``homepage`` is hidden from people, however they read; programs that fill in every field give themselves away.
    """

    section = forms.ChoiceField(
        label=_("What is it about?"), required=False, choices=[_WHOLE, *Section.choices]
    )  # checked again by the database
    wrong = _text(_("What is wrong?"), rows=4, limit=MAX_TEXT, required=True)
    right = _text(_("What should it say instead?"), rows=4, limit=MAX_TEXT)
    source = _text(
        _("Where can that be read?"),
        rows=2,
        limit=MAX_SOURCE,
        help_text=_("A document, a press release, an address on the web. Editors can only write what a source says."),
    )
    name = LineField(
        label=_("Your name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=_NeverFilled(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True  # it knows nobody, and a token would set a cookie for every reader
        helper.layout = Layout(
            Fieldset(_("The mistake"), "section", "wrong", "right", "source"),
            Fieldset(_("About you"), HTML('{% include "site/_report_privacy.html" %}'), "name", "email"),
            Div("homepage", hidden="hidden"),
        )
        helper.add_input(Submit("send", _("Send the report")))
        return helper

    def clean_homepage(self) -> None:
        if self.cleaned_data.get("homepage"):
            raise ValidationError(
                _("A field that must stay empty was filled in, perhaps by your browser. It is empty again: send anew.")
            )

    def words(self) -> Words:
        """What was written; only after the form was found valid."""
        data = self.cleaned_data
        return Words(**{name: data[name] for name in ("section", "wrong", "right", "source", "name", "email")})


class ReportCodeForm(forms.Form):
    """Takes the code that a reader was given for a report."""

    code = forms.CharField(
        label=_("Code of your report"),
        max_length=60,
        strip=True,
        help_text=_("Twenty letters and digits, such as 7K3M-9QX2-TB4E-0V5N-8HJC."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the code that you were given when you sent the report.")},
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_method = "get"
        helper.disable_csrf = True
        helper.layout.append(StrictButton(_("Look the report up"), type="submit", css_class="btn-primary"))
        return helper

    def clean_code(self) -> str:
        code = code_meant(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(_("This is no code of a report: check it for a typing error."))
        return code
