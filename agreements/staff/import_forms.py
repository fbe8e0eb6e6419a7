"""Forms of imports: the file, how it is read, and what its columns mean."""

from collections.abc import Mapping
from typing import Any, Final, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.formats.inputs import LineField
from agreements.intake.columns import grouped_targets
from agreements.intake.delimited import ENCODINGS
from agreements.intake.mapping import MAX_MAPPING_BYTES, ColumnMapping, problems_of
from agreements.intake.models import Import
from agreements.staff.forms import within_form
from agreements.vocabulary.kinds import AgreementKind, OrganizationKind

_DELIMITERS: Final = (
    (",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Vertical bar")),
)  # fmt: skip
_COLUMN: Final = "column-"


class SendForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A table as CSV or Excel workbook (.xlsx), with headings above the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    title = LineField(
        label=cast(str, _("Title as a source")),
        max_length=1000,
        required=False,
        help_text=cast(
            str, _("Every agreement names this file as its source. Without a title, the file’s name is used.")
        ),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("send", _("Send, and choose the columns")))


class LookForm(forms.Form):
    """How the file is read: what was found out, to be chosen otherwise."""

    encoding = forms.ChoiceField(label=_("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=_("Between columns"), required=False, choices=_DELIMITERS)
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    heading_row = forms.IntegerField(label=_("Row of the headings"), min_value=1, max_value=1000)

    def __init__(self, one: Import, data: Any = None) -> None:
        initial = {
            "encoding": one.encoding,
            "delimiter": one.delimiter,
            "sheet": one.sheet,
            "heading_row": one.preview.get("heading_row", 1),
        }
        super().__init__(data, initial=initial)
        encodings = dict.fromkeys([*ENCODINGS, one.encoding])
        cast(forms.ChoiceField, self.fields["encoding"]).choices = [(name, name) for name in encodings if name]
        cast(forms.ChoiceField, self.fields["sheet"]).choices = [(name, name) for name in one.preview.get("sheets", [])]
        for name in ("sheet",) if one.preview.get("kind") == "csv" else ("encoding", "delimiter"):
            del self.fields[name]

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("look", _("Read it this way")))


class MappingFileForm(forms.Form):
    mapping = forms.FileField(
        label=_("A mapping that was kept as a file"), widget=forms.ClearableFileInput(attrs={"accept": ".json"})
    )

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("use", _("Use it")))

    def clean_mapping(self) -> bytes:
        file = self.cleaned_data["mapping"]
        if file.size > MAX_MAPPING_BYTES:
            raise ValidationError(_("This is no mapping that was kept from here: choose another file."))
        content: bytes = file.read()
        return content


class ColumnsForm(forms.Form):
    """What each column means, and what holds for all rows."""

    name = LineField(
        label=cast(str, _("Name of this mapping")),
        max_length=100,
        help_text=cast(str, _(
            "Whose files these are, such as “Register of the ministry”. References are compared within files of the "
            "same name only."
        )),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    month_first = forms.BooleanField(
        label=_("02/05/2021 is the fifth of February"),
        required=False,
        help_text=_("Without this, the day comes first: it is the second of May."),
    )
    agreement_kind = forms.ChoiceField(
        label=_("Kind of agreement, where the file says none"),
        required=False,
        choices=[("", _("The file says it")), *AgreementKind.choices],
    )
    organization_kind = forms.ChoiceField(
        label=_("Kind of organisations that are new"),
        choices=OrganizationKind.choices,
        initial=OrganizationKind.OTHER.value,
    )
    remember = forms.BooleanField(label=_("Remember this mapping by its name"), required=False, initial=True)

    def __init__(self, one: Import, mapping: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data, initial={name: value for name, value in mapping.items() if name != "columns"})
        self.headings: list[str] = one.preview.get("headings", [])
        self.heading_row: int = one.preview.get("heading_row", 0)
        columns = mapping.get("columns", {})
        choices: list[Any] = [("", pgettext_lazy("column", "is not imported")), *grouped_targets()]
        for index, heading in enumerate(self.headings):
            if heading:
                self.fields[f"{_COLUMN}{index}"] = forms.ChoiceField(
                    label=heading, required=False, choices=choices, initial=columns.get(heading, "")
                )

    @property
    def helper(self) -> FormHelper:
        helper = within_form(Submit("check", _("Check the file")))
        helper.layout = helper.build_default_layout(self)
        helper.layout.fields = [name for name in self.fields if not name.startswith(_COLUMN)]
        return helper

    def column_fields(self) -> list[tuple[int, forms.BoundField]]:
        """The choices, each with the place of its column."""
        names = (name for name in self.fields if name.startswith(_COLUMN))
        return [(int(name.removeprefix(_COLUMN)), self[name]) for name in names]

    def clean(self) -> None:
        super().clean()
        for problem in problems_of(self._columns(), agreement_kind=self.cleaned_data.get("agreement_kind", "")):
            self.add_error(None, problem)

    def mapping(self) -> ColumnMapping:
        """What was chosen; only after the form was found valid."""
        data = self.cleaned_data
        return ColumnMapping(
            name=data["name"],
            columns=self._columns(),
            heading_row=self.heading_row,
            month_first=data["month_first"],
            agreement_kind=data["agreement_kind"],
            organization_kind=data["organization_kind"],
        )

    def _columns(self) -> dict[str, str]:
        chosen = {
            self.headings[int(name.removeprefix(_COLUMN))]: code
            for name, code in self.cleaned_data.items()
            if name.startswith(_COLUMN)
        }
        return {heading: code for heading, code in chosen.items() if code}


class ApplyForm(forms.Form):
    """All rows, or the good ones."""

    rows = forms.ChoiceField(
        label=_("What is written"),
        choices=(
            ("all", _("All rows, or none of them")),
            ("good", _("The good rows; those that are refused are left out")),
        ),
        widget=forms.RadioSelect,
        initial="all",
    )

    def __init__(self, data: Any = None, *, has_refused: bool = False) -> None:
        super().__init__(data)
        if has_refused:
            field = cast(forms.ChoiceField, self.fields["rows"])
            field.choices = [("good", _("The good rows; those that are refused are left out"))]
            field.initial = None

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("apply", _("Write it into the register")))
