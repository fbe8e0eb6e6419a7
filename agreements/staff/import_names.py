"""Names of an import that the register does not know: people decide which are other names, and which are new."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import admin, messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.intake.models import Decision, Import, ImportName
from agreements.intake.names import decide_names, decide_rest
from agreements.intake.queue import queue_check
from agreements.staff.imports import PAGE, may_import, waiting_its_turn
from agreements.vocabulary.kinds import OrganizationKind

PER_PAGE: Final = 50
_DIGITS: Final = 18
"""Longer numbers are none of the database's."""

_SAME: Final = "same-"
_KIND: Final = "kind-"


@dataclass(frozen=True)
class ShownName:
    """A name with what it may be: pairs of what is sent back, and the name."""

    name: ImportName
    choices: list[tuple[str, str]]
    chosen: str


@require_http_methods(["GET", "POST"])
@may_import
@waiting_its_turn
def decide(request: HttpRequest, import_id: int) -> HttpResponse:
    one = get_object_or_404(Import, pk=import_id)
    if request.method == "POST":
        choices, kinds = _sent(request, _SAME), _sent(request, _KIND)
        decide_names(import_id, choices, {pk: kind for pk, kind in kinds.items() if kind in OrganizationKind.values})
        if "check" in request.POST:
            queue_check(import_id)
            return redirect(PAGE, import_id)
        messages.success(request, _("Noted. Check the file again when all names are decided."))
        return redirect(request.get_full_path())
    is_all = "all" in request.GET
    names = one.names.all() if is_all else one.names.filter(decision=Decision.OPEN)
    page: Page[Any] = Paginator(names.select_related("same_as"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": _("Names that the register does not know"),
        "one": one,
        "page": page,
        "is_all": is_all,
        "names": [_shown(name) for name in page.object_list],
        "kinds": OrganizationKind.choices,
        "undecided": one.names.filter(decision=Decision.OPEN).count(),
    }
    return render(request, "admin/agreements/imports/names.html", context)


@require_POST
@may_import
@waiting_its_turn
def all_others_are_new(request: HttpRequest, import_id: int) -> HttpResponse:
    get_object_or_404(Import, pk=import_id)
    decide_rest(import_id)
    queue_check(import_id)
    return redirect(PAGE, import_id)


def _shown(name: ImportName) -> ShownName:
    choices = [
        (str(one["id"]) if one["id"] is not None else f"name:{one['key']}", one["name"]) for one in name.proposals
    ]
    chosen = ""
    if name.decision == Decision.NEW:
        chosen = "new"
    elif name.decision == Decision.SAME:
        chosen = f"name:{name.same_name}" if name.same_name else str(name.same_as_id or "")
    return ShownName(name, choices, chosen)


def _sent(request: HttpRequest, prefix: str) -> dict[int, str]:
    """What was sent of each name, by its number; what is no number is left out."""
    sent = {name.removeprefix(prefix): value for name, value in request.POST.items() if name.startswith(prefix)}
    return {int(pk): str(value)[:600] for pk, value in sent.items() if pk.isdecimal() and len(pk) <= _DIGITS}
