"""Editions of other portals and IATI activities at the desk: choose a file, see what it would do, agree."""

from typing import Any, Final, cast

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.formats.differences import view_of_differences
from agreements.intake.contents.deliver import drafts_of, look_into, newest_deliveries, receive, write
from agreements.intake.contents.errors import FileRefused
from agreements.intake.contents.models import Delivery, OriginKind
from agreements.staff.bring_in_forms import BringInForm, EditionForm, IatiForm
from agreements.staff.preview import kept_from_others
from agreements.vocabulary.languages import Language

_FORMS: Final[dict[OriginKind, type[BringInForm]]] = {OriginKind.EDITION: EditionForm, OriginKind.IATI: IatiForm}
_READ: Final = permission_required("agreements.view_agreement", raise_exception=True)
_WRITE: Final = permission_required("agreements.add_agreement", raise_exception=True)
_LISTED: Final = 50


@require_GET
@_READ
@kept_from_others
def list_deliveries(request: HttpRequest) -> HttpResponse:
    """What was brought in, or waits to be, newest first; and where to choose a file."""
    return _page(request, "list", _("Editions of a portal, and IATI files"), deliveries=newest_deliveries(_LISTED))


@require_http_methods(["GET", "POST"])
@_WRITE
@kept_from_others
def choose_editions(request: HttpRequest) -> HttpResponse:
    return _choose(request, OriginKind.EDITION)


@require_http_methods(["GET", "POST"])
@_WRITE
@kept_from_others
def choose_activities(request: HttpRequest) -> HttpResponse:
    return _choose(request, OriginKind.IATI)


@require_http_methods(["GET", "POST"])
@_READ
@kept_from_others
def show_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """What bringing the file in would do now; sent back with what was shown there, it is done."""
    if request.method == "POST":
        return _write(request, delivery_id)
    delivery = get_object_or_404(Delivery, pk=delivery_id)
    context = {"delivery": delivery, "written": drafts_of(delivery), **_looked_into(request, delivery)}
    return _page(request, "delivery", delivery.file_name, **context)


@require_GET
@_READ
@kept_from_others
def show_agreement(request: HttpRequest, delivery_id: int, number: int) -> HttpResponse:
    """One agreement of a file: what of it has no place, and what would be changed in the draft."""
    delivery = get_object_or_404(Delivery, pk=delivery_id, applied_at=None)
    report = _looked_into(request, delivery).get("report")
    result = next((one for one in report.results if one.number == number), None) if report else None
    if result is None:
        raise Http404
    found = result.differences
    view = view_of_differences(found, language=_language()) if found else None
    return _page(request, "agreement", result.title, delivery=delivery, result=result, found=view)


def _choose(request: HttpRequest, kind: OriginKind) -> HttpResponse:
    """A file that can't be read is refused at its field, and nothing of it is kept."""
    form = _FORMS[kind](request.POST, request.FILES) if request.method == "POST" else _FORMS[kind]()
    if form.is_valid():
        try:
            delivery = receive(form.upload, kind, form.wishes, by=cast(User, request.user), at=timezone.now())
        except FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("admin:delivery", delivery.pk)
    return _page(request, "choose", str(kind.label), form=form, kind=kind)


@_WRITE
def _write(request: HttpRequest, delivery_id: int) -> HttpResponse:
    expected = request.POST.get("fingerprint", "")
    try:
        report = write(delivery_id, expected=expected or "–", by=cast(User, request.user), at=timezone.now())
    except Delivery.DoesNotExist:
        messages.error(request, _("This file was written or erased meanwhile."))
        return redirect("admin:deliveries")
    except FileRefused as refused:
        messages.error(request, str(refused))
    else:
        if report.is_written:
            messages.success(request, _("Written as drafts. Nothing of it is public yet."))
        else:
            messages.error(request, _("The register was changed meanwhile, so nothing is written: look at it again."))
    return redirect("admin:delivery", delivery_id)


def _looked_into(request: HttpRequest, delivery: Delivery) -> dict[str, Any]:
    if not delivery.is_open:
        return {}
    try:
        return {"report": look_into(delivery, by=cast(User, request.user), at=timezone.now())}
    except FileRefused as refused:
        return {"fault": str(refused)}


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    may_write = cast(User, request.user).has_perm("agreements.add_agreement")
    common = {**admin.site.each_context(request), "title": title, "may_write": may_write}
    return render(request, f"admin/agreements/bring_in/{name}.html", {**common, **context})


def _language() -> Language:
    return cast(Language, get_language() or "en")
