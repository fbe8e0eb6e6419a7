"""Forms of the desk's own screens."""

from typing import cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.vocabulary.languages import DIRECTIONS, Language, LocalisedText


def _reason(language: Language, label: str | Promise) -> forms.CharField:
    attributes = {"lang": language, "dir": DIRECTIONS[language], "rows": 3}
    return forms.CharField(label=cast(str, label), required=False, widget=forms.Textarea(attrs=attributes))


class WithdrawForm(forms.Form):
    """Why an agreement is withdrawn, for the public to read."""

    reason_en = _reason("en", _("Reason in English"))
    reason_ar = _reason("ar", _("Reason in Arabic"))
    reason_ckb = _reason("ckb", _("Reason in Kurdish"))

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.add_input(Submit("withdraw", _("Withdraw")))
        return helper

    def clean(self) -> None:
        super().clean()
        if not self.reason():
            raise ValidationError(_("Say why, in at least one language: the public reads it."))

    def reason(self) -> LocalisedText:
        data = self.cleaned_data
        return LocalisedText(
            en=data.get("reason_en") or None, ar=data.get("reason_ar") or None, ckb=data.get("reason_ckb") or None
        )
