"""The columns of an import: how the file is read, and what each column means."""

from typing import Any, Final, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.intake.errors import MappingInvalid, Unreadable
from agreements.intake.mapping import ColumnMapping
from agreements.intake.models import Import, SavedMapping
from agreements.intake.queue import queue_check
from agreements.intake.receive import choose_columns, keep_mapping, look_again
from agreements.intake.words import explain_unreadable
from agreements.staff.import_forms import ColumnsForm, LookForm, MappingFileForm
from agreements.staff.imports import PAGE, may_import, may_view, waiting_its_turn

_DIGITS: Final = 18
"""Longer numbers are none of the database's."""


@require_http_methods(["GET", "POST"])
@may_import
@waiting_its_turn
def edit_columns(request: HttpRequest, import_id: int) -> HttpResponse:
    one = get_object_or_404(Import, pk=import_id)
    if not one.is_open:
        return redirect(PAGE, import_id)
    form = ColumnsForm(one, _mapping_for(one, request.GET.get("mapping", "")), request.POST or None)
    if request.method == "POST" and form.is_valid():
        remember, user = form.cleaned_data["remember"], cast(User, request.user)
        choose_columns(import_id, form.mapping(), remember=remember, by=user, at=timezone.now())
        queue_check(import_id)
        return redirect(PAGE, import_id)
    return _page(request, one, form)


@require_POST
@may_import
@waiting_its_turn
def read_otherwise(request: HttpRequest, import_id: int) -> HttpResponse:
    """Read the first rows in another way; where they can't be, all stays as it was, with the reason."""
    one = get_object_or_404(Import, pk=import_id)
    form = LookForm(one, request.POST)
    if form.is_valid():
        try:
            look_again(import_id, **form.cleaned_data)
        except Unreadable as error:
            messages.error(request, explain_unreadable(error))
        return redirect("admin:import_columns", import_id)
    return _page(request, one, ColumnsForm(one, _mapping_for(one, "")), look=form)


@require_POST
@may_import
@waiting_its_turn
def use_mapping_file(request: HttpRequest, import_id: int) -> HttpResponse:
    one = get_object_or_404(Import, pk=import_id)
    form = MappingFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            keep_mapping(import_id, ColumnMapping.from_json(form.cleaned_data["mapping"]))
        except MappingInvalid:
            form.add_error("mapping", _("This is no mapping that was kept from here: choose another file."))
        else:
            messages.success(request, _("The mapping fills the choices below: look at them, then check the file."))
            return redirect("admin:import_columns", import_id)
    return _page(request, one, ColumnsForm(one, _mapping_for(one, "")), mapping_file=form)


@require_GET
@may_view
def mapping_file(request: HttpRequest, import_id: int) -> HttpResponse:
    """The mapping of an import, as a file to keep."""
    one = get_object_or_404(Import.objects.exclude(mapping={}), pk=import_id)
    mapping = ColumnMapping.model_validate(one.mapping)
    response = HttpResponse(mapping.to_json(), content_type="application/json")
    name = slugify(mapping.name) or "mapping"
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def _mapping_for(one: Import, asked: str) -> dict[str, Any]:
    """The remembered mapping that was asked for, else what was chosen before, else what the headings suggest."""
    if asked.isdecimal() and len(asked) <= _DIGITS:
        saved = SavedMapping.objects.filter(pk=int(asked)).first()
        if saved is not None:
            return cast(dict[str, Any], saved.content)
    if one.mapping:
        return cast(dict[str, Any], one.mapping)
    return {"columns": one.preview.get("guess", {}), "remember": True}


def _page(
    request: HttpRequest,
    one: Import,
    form: ColumnsForm,
    *,
    look: LookForm | None = None,
    mapping_file: MappingFileForm | None = None,
) -> HttpResponse:
    rows = one.preview.get("rows", [])
    context = {
        **admin.site.each_context(request),
        "title": _("Columns of %(file)s") % {"file": f"\u2068{one.file_name}\u2069"},
        "one": one,
        "form": form,
        "columns": [(field, [row[index] for row in rows[:3]]) for index, field in form.column_fields()],
        "look": look or LookForm(one),
        "mapping_file": mapping_file or MappingFileForm(),
        "saved": SavedMapping.objects.all()[:50],
    }
    return render(request, "admin/agreements/imports/columns.html", context)
