"""Translations at the desk: marks beside the inputs, a column and a filter of the list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from agreements.register.models.agreements import Agreement
from agreements.register.models.texts import AGREEMENT, TextState
from agreements.register.translations import completeness_of, confirm_translation
from agreements.staff.sent import forms_of

STILL_RIGHT: Final = "still_right"
"""The ticks beside older translations; each value is the key of one."""

_LACKS_ANY: Final = Q(lacks_en=True) | Q(lacks_ar=True) | Q(lacks_ckb=True)

GAPS: Final[dict[str, str | Promise]] = {
    "lacks_en": _("lacks English"),
    "lacks_ar": _("lacks Arabic"),
    "lacks_ckb": _("lacks Kurdish"),
    "is_older": _("has older translations"),
}
"""What can be wrong with a record's translations, by the column of ``TextState`` that says so."""


class TranslationsFilter(admin.SimpleListFilter):
    title = _("translations")
    parameter_name = "translations"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(GAPS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Agreement]) -> QuerySet[Agreement]:
        if self.value() not in GAPS:
            return queryset
        gaps = TextState.objects.filter(agreement=OuterRef("pk"), **{str(self.value()): True})
        return queryset.filter(Exists(gaps))


class TranslationsMixin:
    """For the agreement's admin: figures, marks beside the inputs, and the ticks that confirm a translation."""

    @admin.display(description=_("translated"))
    def translated(self, agreement: Agreement) -> str:
        figure = getattr(agreement, "completeness", None)
        return render_to_string("admin/agreements/_completeness.html", {"figure": figure}) if figure else "–"

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list, with the figures of the rows on this page, in one query."""
        changes: ChangeList = super().get_changelist_instance(request)  # type: ignore[misc]  # a mixin
        figures = completeness_of(row.pk for row in changes.result_list)
        for row in changes.result_list:
            row.completeness = figures.get(row.pk)
        return changes

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        agreement: Agreement | None = kwargs.get("obj")
        if agreement is not None:
            context["completeness"] = completeness_of([agreement.pk]).get(agreement.pk)
            if self.has_change_permission(request, agreement):  # type: ignore[attr-defined]  # a mixin
                _mark(forms_of(context), agreement, ticked=request.POST.getlist(STILL_RIGHT))
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc,no-any-return]  # a mixin

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # Django's
        super().save_related(request, form, formsets, change)  # type: ignore[misc]  # a mixin
        for key in request.POST.getlist(STILL_RIGHT):
            confirm_translation(form.instance.pk, key, by=cast(User, request.user), at=timezone.now())


def _mark(forms: Iterable[BaseForm], agreement: Agreement, *, ticked: list[str]) -> None:
    """Say below each input what its text lacks; what stands there is read out with the input."""
    states: dict[tuple[str, int], list[TextState]] = {}
    for state in agreement.text_states.filter(_LACKS_ANY | Q(is_older=True)):
        states.setdefault((state.part, state.row_id), []).append(state)
    for form in forms:
        row: Any = getattr(form, "instance", None)
        part = (form.prefix or "").rpartition("-")[0] or AGREEMENT
        for state in states.get((part, row.pk), []) if row is not None and row.pk else []:
            for language in state.older_languages:
                key = state.key(language)
                _tell(form, f"{state.stem}_{language}", key=key, changed=state.changed, is_ticked=key in ticked)
            for language in state.missing_languages:
                _tell(form, f"{state.stem}_{language}")


def _tell(
    form: BaseForm, name: str, *, key: str = "", changed: datetime | None = None, is_ticked: bool = False
) -> None:
    if name not in form.fields:
        return
    context = {"is_older": bool(key), "changed": changed, "key": key, "is_ticked": is_ticked, "input_name": STILL_RIGHT}
    mark = get_template("admin/agreements/_text_mark.html").render(context)
    bound = form[name]
    bound.help_text = mark_safe(f"{bound.help_text} {mark}".strip())  # noqa: S308  # a template's own, escaped there
