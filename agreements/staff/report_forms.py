"""What staff fill in about a reader's report: the note that the public reads, or why the record stays as it is."""

from typing import Any, Final, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.correspondence.models import MAX_TEXT
from agreements.formats.inputs import TextField
from agreements.publishing.reported import Note
from agreements.staff.forms import within_form
from agreements.vocabulary.languages import DIRECTIONS, LANGUAGES, Language, LocalisedText
from agreements.vocabulary.sections import Section
from agreements.vocabulary.zone import day_in_baghdad

_ANSWER_HELP: Final = _("The reader finds it by their code. Write it in the language of the report.")


def _note_in(language: Language, label: Promise | str) -> TextField:
    attributes = {"lang": language, "dir": DIRECTIONS[language], "rows": 3}
    return TextField(label=cast(str, label), required=False, widget=forms.Textarea(attrs=attributes))


def _answer(*, required: bool) -> TextField:
    return TextField(
        label=cast(str, _("Answer to the reader")),
        required=required,
        max_length=MAX_TEXT,
        help_text=cast(str, _ANSWER_HELP),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class AcceptReportForm(forms.Form):
    """The correction note, in at least one language, and the day that it bears."""

    text_en = _note_in("en", _("Correction note in English"))
    text_ar = _note_in("ar", _("Correction note in Arabic"))
    text_ckb = _note_in("ckb", _("Correction note in Kurdish"))
    noted_on = forms.DateField(
        label=_("Noted on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "dir": "ltr"})
    )
    section = forms.ChoiceField(
        label=_("What it is about"), required=False, choices=[("", _("The whole record")), *Section.choices]
    )
    answer = _answer(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "accept_%s")  # the page has another form with an answer
        super().__init__(*args, **kwargs)

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("accept", _("Accept, and write the note")))

    def clean_noted_on(self) -> Any:
        day = self.cleaned_data["noted_on"]
        if day > day_in_baghdad(timezone.now()):
            raise ValidationError(_("This day has not come yet: write the day on which it was noted."))
        return day

    def clean(self) -> None:
        super().clean()
        if not self._text() and not any(f"text_{one}" in self.errors for one in LANGUAGES):
            raise ValidationError(_("Write the note in at least one language: the public reads it."))

    def arguments(self) -> dict[str, Any]:
        """What the act is called with; only after the form was found valid."""
        data = self.cleaned_data
        return {"note": Note(self._text(), data["noted_on"], data["section"]), "answer": data["answer"]}

    def _text(self) -> LocalisedText:
        texts: dict[str, str | None] = {
            str(language): self.cleaned_data.get(f"text_{language}") or None for language in LANGUAGES
        }
        return LocalisedText(**texts)


class DeclineReportForm(forms.Form):
    """Why the record stays as it is, for the reader."""

    answer = _answer(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "decline_%s")
        super().__init__(*args, **kwargs)

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("decline", _("Decline"), css_class="btn-secondary"))

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class LookForm(forms.Form):
    """One button."""

    def arguments(self) -> dict[str, Any]:
        return {}
