"""The forms of the public pages: the verifier's two, which editions to compare, what to find."""

from collections.abc import Sequence
from typing import Any, Final, cast

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.editions.codes import normalise_code
from agreements.editions.models import Edition
from agreements.formats.words import name_edition
from agreements.summaries.verify import normalise_hash
from agreements.vocabulary.languages import Language

_ASKED: Final = TimestampSigner(salt="agreements.site.contacts")
_ASKED_S: Final = 3600


class FileForm(forms.Form):
    """Takes the file to check; whether it is one is for the verifier to say."""

    file = forms.FileField(
        label=_("PDF or JSON file"),
        allow_empty_file=True,
        help_text=_("At most 20 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf,application/json,.json"}),
        error_messages={"required": _("Choose the file to check.")},
    )

    @property
    def helper(self) -> FormHelper:
        helper = _helper(self, "post", _("Check the file"))
        helper.form_tag = False  # the page puts more into its form
        return helper


class TypedForm(forms.Form):
    """Takes the code that is printed beside the title of a summary, or a SHA-256."""

    typed = forms.CharField(
        label=_("Code on paper, or SHA-256"),
        max_length=120,
        strip=True,
        help_text=_("A code has twelve letters and digits, such as 7K3M-9QX2-TB4E; a SHA-256 has 64."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Type the code that stands beside the title, or a SHA-256."),
            "max_length": _("That is too long for a code or a SHA-256."),
        },
    )

    @property
    def helper(self) -> FormHelper:
        helper = _helper(self, "post", _("Look it up"))
        helper.form_class = "check-typed"
        return helper

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if normalise_code(typed) is None and normalise_hash(typed) is None:
            raise ValidationError(
                _("This is neither a code (twelve letters and digits) nor a SHA-256 (64 digits and letters a to f).")
            )
        return typed


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


class FindForm(forms.Form):
    """Part of a name, in whatever language and spelling, to look for in a directory."""

    q = forms.CharField(label=_("Part of a name"), max_length=200, required=False)

    @property
    def helper(self) -> FormHelper:
        return _helper(self, "get", _("Find"))


class ContactsForm(forms.Form):
    """Asks for the addresses of an agreement's contacts: what it carries is signed, and holds for an hour."""

    asked = forms.CharField(
        widget=forms.HiddenInput,
        max_length=200,
        error_messages={
            "required": _("Press the button below to see the addresses."),
            "max_length": _("Press the button below to see the addresses."),
        },
    )

    def __init__(self, *args: Any, register_number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register_number = register_number
        self.fields["asked"].initial = _ASKED.sign(register_number)
        self.said: list[str] = []

    @property
    def helper(self) -> FormHelper:
        return _helper(self, "post", _("Show the addresses"))

    def anew(self) -> "ContactsForm":
        """The form to show: a fresh one, with what was wrong with the one that was sent."""
        fresh = ContactsForm(register_number=self.register_number)
        fresh.said = [str(text) for text in self.errors.get("asked", ())]
        return fresh

    def clean_asked(self) -> str:
        try:
            number: str = _ASKED.unsign(self.cleaned_data["asked"], max_age=_ASKED_S)
        except BadSignature:
            number = ""
        if number != self.register_number:
            raise ValidationError(_("This page was open for too long. Press the button again."))
        return number


def _helper(form: forms.Form, method: str, label: str | Promise) -> FormHelper:
    helper = FormHelper(form)
    helper.form_method = method
    helper.disable_csrf = True
    # A button: crispy's Submit writes an empty name where it shall not be sent, which HTML refuses.
    helper.layout.append(StrictButton(label, type="submit", css_class="btn-primary"))
    return helper
