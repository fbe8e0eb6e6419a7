"""What a draft says differently from what the public reads, and any two editions beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agreements.editions.content import AgreementContent
from agreements.editions.differences import differences
from agreements.editions.models import Edition
from agreements.editions.queries import editions_of
from agreements.formats.differences import view_of_differences
from agreements.formats.words import name_edition, write_number
from agreements.publishing.snapshot import build_content
from agreements.register.fields import localised
from agreements.register.models.agreements import Agreement
from agreements.staff.preview import kept_from_others
from agreements.vocabulary.languages import Language

_DRAFT: Final = "draft"


@dataclass(frozen=True)
class Distance:
    """How far a draft is from the newest edition: which one that is, and how much differs."""

    number: int
    count: int


def distance_from_public(content: AgreementContent) -> Distance | None:
    """The distance of a draft; ``None`` when nothing of it was ever published."""
    newest = editions_of(content.register_number).first()
    return Distance(newest.number, differences(newest.content, content).count) if newest else None


class CompareForm(forms.Form):
    """Two of an agreement's versions: its editions, and the draft as the newer one."""

    older = forms.ChoiceField(label=gettext_lazy("Compare"))
    newer = forms.ChoiceField(label=gettext_lazy("with"))

    def __init__(self, *args: Any, editions: Sequence[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = _language()
        choices = [(str(one.number), name_edition(one.number, one.published_at, language)) for one in editions]
        cast(forms.ChoiceField, self.fields["older"]).choices = choices
        cast(forms.ChoiceField, self.fields["newer"]).choices = [(_DRAFT, _("The draft")), *choices]

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.disable_csrf = True
        helper.add_input(Submit("", gettext_lazy("Show the differences")))
        return helper

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("older", "") == self.cleaned_data.get("newer"):
            raise ValidationError(_("Choose two different editions."))


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@kept_from_others
def show_difference(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """The draft beside the newest edition, which is what the public reads or last read; or any two that are chosen."""
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    editions = list(editions_of(agreement.register_number))
    context = {
        **admin.site.each_context(request),
        "title": _("Differences"),
        "agreement": agreement,
        "change_page": reverse("admin:agreements_agreement_change", args=[agreement.pk]),
        "review_page": reverse("admin:agreement_review", args=[agreement.pk]),
    }
    if editions:
        chosen = {"older": str(editions[0].number), "newer": _DRAFT, **request.GET.dict()}
        form = CompareForm(chosen, editions=editions)
        context |= {"form": form, **(_compared(agreement, form, editions) if form.is_valid() else {})}
    return render(request, "admin/agreements/agreement/difference.html", context)


def _compared(agreement: Agreement, form: CompareForm, editions: Sequence[Edition]) -> dict[str, object]:
    by_number = {str(one.number): one for one in editions}
    older, newer = by_number[form.cleaned_data["older"]], by_number.get(form.cleaned_data["newer"])
    if newer is not None and newer.number < older.number:
        older, newer = newer, older
    found = differences(older.content, newer.content if newer else build_content(agreement))
    return {
        "older": older,
        "newer": newer,
        "older_name": _name(older),
        "newer_name": _name(newer) if newer else _("The draft"),
        "draft_note": localised(agreement, "change_note"),
        "found": view_of_differences(found, language=_language()),
    }


def _name(edition: Edition) -> str:
    return _("Edition %(number)s") % {"number": write_number(edition.number, _language())}


def _language() -> Language:
    return cast(Language, get_language())
