"""Forms of the desk's own screens."""

from datetime import date, datetime
from typing import Any, ClassVar, cast
from zoneinfo import ZoneInfo, available_timezones

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.formats.inputs import TextField
from agreements.reminders.models import StaffProfile
from agreements.vocabulary.kinds import KeyKind
from agreements.vocabulary.languages import DIRECTIONS, Language, LocalisedText
from agreements.vocabulary.sections import Section
from agreements.vocabulary.zone import BAGHDAD


def note_field(label: str | Promise, *, required: bool = False) -> forms.CharField:
    """A text in whatever language staff write it; the browser finds its direction."""
    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return TextField(label=cast(str, label), required=required, max_length=4000, widget=widget)


class ActForm(forms.Form):
    """What goes with every act: the revision that the person saw, and a note."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = note_field(_("Note for the timeline"))

    def arguments(self) -> dict[str, Any]:
        """What the act is called with; only after the form was found valid."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class ClaimForm(ActForm):
    due = forms.DateField(
        label=_("To be done by"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class ScheduleForm(ActForm):
    """When to publish, on the clock of a place."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(name, name) for name in sorted(available_timezones()) if "/" in name or name == "UTC"],
        initial=BAGHDAD.key,
    )

    @property
    def helper(self) -> FormHelper:
        return _helper(Submit("schedule", _("Publish at this moment")))

    def clean(self) -> None:
        super().clean()
        if {"day", "time", "zone"} <= self.cleaned_data.keys() and self._moment() is None:
            raise ValidationError(_("The clocks skip this time on that day in that zone: choose another time."))

    def arguments(self) -> dict[str, Any]:
        chosen = {name: self.cleaned_data[name] for name in ("revision", "note")}
        return {**chosen, "moment": self._moment()}

    def _moment(self) -> datetime | None:
        """The moment; ``None`` where the zone's clock is put forward past it."""
        data = self.cleaned_data
        moment = datetime.combine(cast(date, data["day"]), data["time"], tzinfo=ZoneInfo(data["zone"]))
        again = moment.astimezone(ZoneInfo("UTC")).astimezone(moment.tzinfo)
        return moment if again.replace(tzinfo=None) == moment.replace(tzinfo=None) else None


class CommentForm(forms.Form):
    section = forms.ChoiceField(label=_("Section"), choices=Section.choices)
    text = note_field(_("Comment"), required=True)


class AcceptForm(forms.Form):
    """Warnings that a reviewer lets pass, with one reason for them all."""

    key = forms.MultipleChoiceField(
        label=_("Warnings"),
        error_messages={
            "required": _("Tick the warnings that you accept."),
            "invalid_choice": _("One of these warnings is settled already: look at the list again."),
        },
    )
    reason = note_field(_("Why it may be published all the same"), required=True)

    def __init__(self, *args: Any, keys: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["key"]).choices = [(key, key) for key in keys]


class KeyDatesForm(forms.Form):
    """Which key dates to show; without a choice, all."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *KeyKind.choices])
    mine = forms.BooleanField(label=_("Only those in my charge"), required=False)


class SettingsForm(forms.ModelForm[StaffProfile]):
    class Meta:
        model = StaffProfile
        fields = ("language", "wants_digest")
        help_texts: ClassVar = {
            "wants_digest": _(
                "At most one e-mail a day, and only when, in an agreement in your charge, a key date comes near or a "
                "reader reports a mistake."
            )
        }

    @property
    def helper(self) -> FormHelper:
        return _helper(Submit("save", _("Save")))


def _reason(language: Language, label: str | Promise) -> forms.CharField:
    attributes = {"lang": language, "dir": DIRECTIONS[language], "rows": 3}
    return TextField(label=cast(str, label), required=False, widget=forms.Textarea(attrs=attributes))


class WithdrawForm(forms.Form):
    """Why an agreement is withdrawn, for the public to read."""

    reason_en = _reason("en", _("Reason in English"))
    reason_ar = _reason("ar", _("Reason in Arabic"))
    reason_ckb = _reason("ckb", _("Reason in Kurdish"))
    note = note_field(_("Note for the timeline"))

    @property
    def helper(self) -> FormHelper:
        return _helper(Submit("withdraw", _("Withdraw")))

    def clean(self) -> None:
        super().clean()
        if not self.reason():
            raise ValidationError(_("Say why, in at least one language: the public reads it."))

    def reason(self) -> LocalisedText:
        data = self.cleaned_data
        return LocalisedText(
            en=data.get("reason_en") or None, ar=data.get("reason_ar") or None, ckb=data.get("reason_ckb") or None
        )


def within_form(submit: Submit) -> FormHelper:
    """Fields and a button for a form that the page writes, with its token, where it has one.

    The other side's pages have none: the secret in the address is what only this person has (decision 10).
    """
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.add_input(submit)
    return helper


def _helper(submit: Submit) -> FormHelper:
    helper = FormHelper()
    helper.add_input(submit)
    return helper
