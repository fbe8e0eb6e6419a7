"""Imports at the desk: the list, sending a file, the report of the check, and writing it into the register."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Final, cast

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.formats.tables import csv_lines
from agreements.intake.errors import NotNow, Unreadable
from agreements.intake.models import Decision, Import, ImportState, Outcome
from agreements.intake.queue import queue_apply, queue_check
from agreements.intake.receive import drop_import, receive_file
from agreements.intake.words import explain_unreadable, flaw_in_words
from agreements.staff.import_forms import ApplyForm, SendForm
from agreements.staff.import_rows import (
    ShownChange,
    changes_in_words,
    counts_of,
    page_of,
    refusals_in_words,
    rows_of,
    shown_rows,
)

PAGE: Final = "admin:import_page"
PER_PAGE: Final = 30
may_view = permission_required("agreements.view_import", raise_exception=True)
may_import = permission_required("agreements.add_import", raise_exception=True)


def waiting_its_turn(view: Callable[[HttpRequest, int], HttpResponse]) -> Callable[[HttpRequest, int], HttpResponse]:
    """An act that comes too late, or too early, leads back to the import's page with a sentence."""

    @wraps(view)
    def answer(request: HttpRequest, import_id: int) -> HttpResponse:
        try:
            return view(request, import_id)
        except NotNow as refusal:
            state = ImportState(refusal.state).label
            messages.error(request, _("This is not possible while the import is “%(state)s”.") % {"state": state})
        return redirect(PAGE, import_id)

    return answer


@require_http_methods(["GET", "POST"])
@may_view
def list_imports(request: HttpRequest) -> HttpResponse:
    """All imports, newest first, and the form to send a file for those who may."""
    may_send = cast(User, request.user).has_perm("agreements.add_import")
    form = SendForm()
    if request.method == "POST":
        return _receive(request)
    page = Paginator(Import.objects.select_related("by"), PER_PAGE).get_page(request.GET.get("p"))
    return _list(request, {"page": page, "form": form if may_send else None})


@may_import
def _receive(request: HttpRequest) -> HttpResponse:
    form = SendForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        user = cast(User, request.user)
        try:
            one = receive_file(file, name=file.name, by=user, at=timezone.now(), title=form.cleaned_data["title"])
        except Unreadable as error:
            form.add_error("file", explain_unreadable(error))
        else:
            return redirect("admin:import_columns", one.pk)
    page = Paginator(Import.objects.select_related("by"), PER_PAGE).get_page(1)
    return _list(request, {"page": page, "form": form})


@require_GET
@may_view
def show_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """How an import stands: at work, what the check found, or what became of it."""
    one = get_object_or_404(Import.objects.select_related("by", "applied_by"), pk=import_id)
    outcome = request.GET.get("outcome", "")
    page = page_of(one, outcome=outcome, page=request.GET.get("p", ""))
    context = {
        "one": one,
        "title": one.file_name,
        "flaw": flaw_in_words(one.flaw["code"], one.flaw["details"]) if one.flaw else "",
        "counts": counts_of(one, outcome),
        "outcome": outcome if outcome in Outcome.values else "",
        "page": page,
        "rows": shown_rows(list(page.object_list)),
        "undecided": one.names.filter(decision=Decision.OPEN).count(),
        "unknown": one.names.count(),
        "may_import": cast(User, request.user).has_perm("agreements.add_import"),
        "apply": ApplyForm(has_refused=bool(one.counts.get(Outcome.REFUSED))),
        "writes": one.counts.get(Outcome.ADDED, 0) + one.counts.get(Outcome.CHANGED, 0),
    }
    return _page(request, "import", context)


@require_GET
@may_view
def report_csv(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """All rows of the report, or those with one outcome, for a spreadsheet; formulas in cells are neutralised."""
    one = get_object_or_404(Import, pk=import_id)
    headings = (_("Row"), _("Outcome"), _("Register number"), _("Title"), _("Cell"), _("Field"), _("What and why"))
    lines = csv_lines(headings, _report(one, request.GET.get("outcome", "")))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{one.pk}-report.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@may_import
@waiting_its_turn
def check_again(request: HttpRequest, import_id: int) -> HttpResponse:
    get_object_or_404(Import, pk=import_id)
    queue_check(import_id)
    return redirect(PAGE, import_id)


@require_POST
@may_import
@waiting_its_turn
def write_import(request: HttpRequest, import_id: int) -> HttpResponse:
    one = get_object_or_404(Import, pk=import_id)
    form = ApplyForm(request.POST, has_refused=bool(one.counts.get(Outcome.REFUSED)))
    if form.is_valid():
        good_rows_only = form.cleaned_data["rows"] == "good"
        user = cast(User, request.user)
        queue_apply(import_id, by=user, good_rows_only=good_rows_only, page=request.path)
    else:
        messages.error(request, _("Choose what is to be written."))
    return redirect(PAGE, import_id)


@require_POST
@may_import
@waiting_its_turn
def give_up(request: HttpRequest, import_id: int) -> HttpResponse:
    get_object_or_404(Import, pk=import_id)
    drop_import(import_id)
    messages.success(request, _("The import is given up, and its file will be erased."))
    return redirect("admin:imports")


def _list(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return _page(request, "list", {"title": _("Imports"), **context})


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"admin/agreements/imports/{name}.html", {**admin.site.each_context(request), **context})


def _report(one: Import, outcome: str) -> Iterator[list[str]]:
    for row in rows_of(one, outcome).iterator(chunk_size=1000):
        start = [str(row.number), str(Outcome(row.outcome).label), row.register_number, row.title]
        lines = [[one.place, one.field, one.text] for one in refusals_in_words(row)]
        lines += [["", change.field, _in_a_line(change)] for change in changes_in_words(row)]
        for line in lines or [["", "", ""]]:
            yield [*start, *line]


def _in_a_line(change: ShownChange) -> str:
    """What stood there, and what takes its place."""
    return f"{change.before.text} → {change.after.text}" if change.before else change.after.text
