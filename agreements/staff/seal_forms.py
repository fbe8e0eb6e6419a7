"""What the other side sends as its seal, and what staff decide about it."""

from typing import cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.formats.inputs import TextField
from agreements.staff.forms import within_form


class SealForm(forms.Form):
    """The sealed file, and that it may be published."""

    file = forms.FileField(
        label=_("The sealed PDF, or the signature beside it"),
        allow_empty_file=True,
        max_length=255,
        help_text=_("A PDF, or a signature in CMS form (.p7s or .pem); at most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.p7s,.p7m,.pem,.sig,application/pdf"}),
        error_messages={"required": _("Choose the file that you sealed.")},
    )
    may_be_published = forms.BooleanField(
        label=_("The file, and the names in its certificate, may be shown on the public page"),
        error_messages={"required": _("The file can be kept only where it may be shown: tick this box.")},
    )

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("send", _("Send the sealed file")))


class DeclineSealForm(forms.Form):
    """Why a seal is not shown, for who sent it."""

    reason = TextField(
        label=cast(str, _("Reason")),
        max_length=2000,
        help_text=cast(str, _("Who sent it reads this on the page of the link. Write it in their language.")),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("decline", _("Decline"), css_class="btn-secondary"))
