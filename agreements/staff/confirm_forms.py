"""What the other side fills in: that the record is right, or what should stand there instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from agreements.publishing.answers import REMARK
from agreements.publishing.correctable import Column, CorrectablePart
from agreements.register.fields import PartialDateField
from agreements.register.models.other_side import PartyLink
from agreements.staff.fields import language_of_field
from agreements.staff.forms import within_form
from agreements.vocabulary.languages import DIRECTIONS
from agreements.vocabulary.sections import Section

OUT_OF_DATE: Final = _("This page is out of date: look at it again, then send it.")
NOTHING_IS_CHANGED: Final = _(
    "Nothing is changed yet: correct a field or write a remark. If all is right, go back and confirm the record."
)

_SALT: Final = "agreements.staff.confirm"
_REMARK_INPUT: Final = "remark"
_MAX_LENGTH: Final = 20_000


@dataclass(frozen=True)
class Seen:
    """What was before a person's eyes, as it travels through the form: signed, and good for one link only.

    Attributes:
        hash: the record's hash then.
        before: what stood in its fields, by target; empty where nothing was to be filled in.
    """

    hash: str
    before: dict[str, str]

    def packed(self, link: PartyLink) -> str:
        return signing.dumps([link.pk, self.hash, self.before], salt=_SALT, compress=True)

    @classmethod
    def unpacked(cls, packed: str, link: PartyLink) -> "Seen | None":
        """``None`` for what this portal did not sign, or signed for another link."""
        try:
            owner, digest, before = signing.loads(packed, salt=_SALT)
        except signing.BadSignature:
            return None
        return cls(digest, before) if owner == link.pk else None


class ConfirmForm(forms.Form):
    """One button, and whether the person may be named."""

    is_name_public = forms.BooleanField(label=_("My name may be shown with it on the public page"), required=False)

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("confirm", _("We confirm this record")))


@dataclass(frozen=True)
class CorrectionRow:
    """Inputs that belong together: one field, or a text in three languages."""

    fields: tuple[forms.BoundField, ...]

    @property
    def is_multiple(self) -> bool:
        return len(self.fields) > 1


@dataclass(frozen=True)
class CorrectionPart:
    name: str
    rows: tuple[CorrectionRow, ...]


@dataclass(frozen=True)
class CorrectionSection:
    """A section of the form; opened where something in it was typed or is wrong."""

    section: Section
    parts: tuple[CorrectionPart, ...]
    is_open: bool


class CorrectionsForm(forms.Form):
    """Every public field of a record with what stands there; what the person changes becomes a correction.

    Args:
        parts: the record's fields.
        typed: what the person proposed before, by target, in place of what stands there.
    """

    remark = forms.CharField(
        label=_("Remark on the whole"),
        required=False,
        max_length=4000,
        help_text=_("What fits in no field, such as something that is missing altogether."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, parts: tuple[CorrectablePart, ...], typed: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        self.columns = {column.target: column for part in parts for column in part.columns}
        for target, column in self.columns.items():
            self.fields[target] = _input(column)
            self.initial[target] = typed.get(target, column.text)
        self.initial[_REMARK_INPUT] = typed.get(REMARK, "")
        self._touched = typed.keys() & self.columns.keys()

    @property
    def helper(self) -> FormHelper:
        return within_form(Submit("propose", _("Send the corrections")))

    def proposed(self) -> dict[str, str]:
        """What is in the inputs, by target; only after the form was found valid."""
        sent = {target: self._sent(target) for target in self.columns if self.add_prefix(target) in self.data}
        return {**sent, REMARK: self.cleaned_data[_REMARK_INPUT]}

    def keep_to(self, before: dict[str, str]) -> None:
        """Leave out the checks of what was not touched: the record's own faults are not the person's."""
        for target in self.columns:
            if self._sent(target) == before.get(target, ""):
                self.fields[target] = forms.CharField(required=False, widget=self.fields[target].widget)

    def sections(self) -> Iterator[CorrectionSection]:
        for section in Section:
            parts = [part for part in self.parts if part.section == section]
            if parts:
                targets = [column.target for part in parts for column in part.columns]
                shown = tuple(CorrectionPart(part.name, tuple(self._rows(part))) for part in parts)
                yield CorrectionSection(section, shown, any(self._is_open(target) for target in targets))

    def _rows(self, part: CorrectablePart) -> Iterator[CorrectionRow]:
        row: list[forms.BoundField] = []
        for column in part.columns:
            language = language_of_field(column.name)
            if row and language in (None, "en"):
                yield CorrectionRow(tuple(row))
                row = []
            row.append(self[column.target])
            if language is None:
                yield CorrectionRow(tuple(row))
                row = []
        if row:
            yield CorrectionRow(tuple(row))

    def _is_open(self, target: str) -> bool:
        if not self.is_bound:
            return target in self._touched
        return target in self.errors or self._sent(target) != self.columns[target].text

    def _sent(self, target: str) -> str:
        """What came back of an input; browsers write line ends as CR LF."""
        return str(self.data.get(self.add_prefix(target), "")).replace("\r\n", "\n").strip()


def _input(column: Column) -> forms.Field:
    """The field as the desk's form has it, for words where the desk has a choice of rows."""
    label = str(column.field.verbose_name)
    if column.is_choice_of_rows:
        widget = forms.Textarea(attrs={"rows": 1 + column.text.count("\n"), "dir": "auto"})
        return forms.CharField(label=label, required=False, max_length=_MAX_LENGTH, widget=widget)
    field: forms.Field = column.field.formfield()
    # Where the desk has these from the whole row's check, here is only the field.
    known = column.field.validators
    field.validators = [*(one for one in field.validators if one not in known), *known]
    field.help_text = column.field.help_text if isinstance(column.field, PartialDateField) else ""
    language = language_of_field(column.name)
    if language is not None:
        field.widget = forms.Textarea(attrs={"rows": 2, "lang": language, "dir": DIRECTIONS[language]})
    elif isinstance(field.widget, forms.TextInput):
        field.widget.attrs["dir"] = "auto"
    return field
