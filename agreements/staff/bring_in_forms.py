"""Forms for files of editions and of IATI activities: the file, and what only a person can decide."""

from collections.abc import Iterable
from typing import Any, Final, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.formats.inputs import LineField
from agreements.intake.contents.deliver import MAX_AGREEMENTS, MAX_MEGABYTES
from agreements.intake.contents.remarks import isolated
from agreements.intake.iati.choices import AS_USUAL
from agreements.staff.forms import within_form
from agreements.vocabulary.kinds import AgreementKind, DateKind, ParticipationRole
from agreements.vocabulary.languages import ENDONYMS

_NOWHERE: Final = ("", _("Left out, and listed"))


class BringInForm(forms.Form):
    """The file, and what becomes of the others where one of its agreements is refused."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)
    good_ones_only = forms.BooleanField(
        label=_("Write the others where one is refused"),
        required=False,
        help_text=_("Without this, one that is refused keeps all of them out."),
    )

    accept = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.widget.attrs["accept"] = self.accept
        limits = {"megabytes": isolated(MAX_MEGABYTES), "agreements": isolated(MAX_AGREEMENTS)}
        help_text = _("At most %(megabytes)s MB and %(agreements)s agreements; more is imported on the server.")
        field.help_text = str(help_text) % limits

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("look", _("See what it would do")))

    @property
    def upload(self) -> UploadedFile:
        return cast(UploadedFile, self.cleaned_data["file"])

    @property
    def wishes(self) -> dict[str, Any]:
        """All that was chosen but for the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class EditionForm(BringInForm):
    address = LineField(
        label=_("Where it is from"),
        required=False,
        max_length=500,
        help_text=_("The permanent address there, such as https://register.example.org/id/MOC-0042/1."),
    )
    same_numbers = forms.BooleanField(
        label=_("The same register number is the same agreement"),
        required=False,
        help_text=_("Without this, an agreement whose number is taken here gets a new one, unless it came in before."),
    )

    accept = ".json,.jsonl,.pdf,application/json,application/pdf"
    field_order = ("file", "address", "same_numbers", "good_ones_only")


def _choices(of: Iterable[tuple[str, str | Promise]]) -> list[tuple[str, str | Promise]]:
    return [*of, _NOWHERE]


def _role(label: str | Promise, usual: ParticipationRole | None) -> forms.ChoiceField:
    choices = cast(Any, _choices(ParticipationRole.choices))
    return forms.ChoiceField(label=cast(str, label), required=False, choices=choices, initial=usual)


class IatiForm(BringInForm):
    is_flat = forms.BooleanField(
        label=_("Every activity is an agreement"),
        required=False,
        help_text=_("Without this, those of the second level become activities of the agreement above them."),
    )
    kind = forms.ChoiceField(label=_("Kind of agreement"), choices=AgreementKind.choices, initial=AS_USUAL.kind)
    language = forms.ChoiceField(
        label=_("Language of texts that name none"), choices=list(ENDONYMS.items()), initial=AS_USUAL.language
    )
    start = forms.ChoiceField(
        label=_("The actual start is"),
        required=False,
        choices=cast(Any, _choices(DateKind.choices)),
        initial=AS_USUAL.start,
    )
    funding = _role(_("Funding organisations are"), AS_USUAL.funding)
    accountable = _role(_("Accountable organisations are"), AS_USUAL.accountable)
    extending = _role(_("Extending organisations are"), AS_USUAL.extending)
    implementing = _role(_("Implementing organisations are"), AS_USUAL.implementing)
    with_countries = forms.BooleanField(label=_("Recipient countries become places"), required=False)

    accept = ".xml,application/xml,text/xml"
    field_order = (
        "file", "kind", "language", "is_flat", "start", "funding", "accountable", "extending", "implementing",
        "with_countries", "good_ones_only",
    )  # fmt: skip
