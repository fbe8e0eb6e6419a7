"""Forms about the other side: whom to ask, and what to make of the corrections."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.publishing.links import DEFAULT_DAYS, MAX_DAYS, Invited
from agreements.register.models.agreements import Agreement
from agreements.staff.forms import note_field
from agreements.vocabulary.kinds import ParticipationRole
from agreements.vocabulary.languages import ENDONYMS


class AskForm(forms.Form):
    """Who of which party is asked to confirm, in which language, for how long."""

    person = forms.CharField(label=_("Person"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}))
    party = forms.TypedChoiceField(label=_("Party"), coerce=int)
    language = forms.ChoiceField(label=_("Language"), choices=list(ENDONYMS.items()))
    days = forms.IntegerField(
        label=_("Days that the link is valid"), min_value=1, max_value=MAX_DAYS, initial=DEFAULT_DAYS
    )

    def __init__(self, *args: object, parties: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passes Django's own arguments on
        cast(forms.TypedChoiceField, self.fields["party"]).choices = parties

    def invited(self) -> Invited:
        data = self.cleaned_data
        return Invited(person=data["person"], email=data["email"], party_id=data["party"], language=data["language"])


class DecideForm(forms.Form):
    """Corrections that an editor accepts or declines together."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    correction = forms.TypedMultipleChoiceField(
        label=_("Corrections"),
        coerce=int,
        error_messages={
            "required": _("Tick the corrections that you mean."),
            "invalid_choice": _("One of these corrections is decided or taken back already: look at the list again."),
        },
    )
    overwrite = forms.BooleanField(
        label=_("Write them even where the record was changed since they were proposed"), required=False
    )
    note = note_field(_("Note for the other side and the timeline"))

    def __init__(self, *args: object, open_ones: list[int] | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passes Django's own arguments on
        self.asks_to_overwrite = False
        choices = [(number, str(number)) for number in open_ones or ()]
        cast(forms.TypedMultipleChoiceField, self.fields["correction"]).choices = choices


def parties_of(agreement: Agreement) -> list[tuple[int, str]]:
    """The parties that can be asked, by name, once each."""
    rows = agreement.participations.filter(role=ParticipationRole.PARTY).select_related("organization")
    return [(row.organization_id, str(row.organization)) for row in rows]
