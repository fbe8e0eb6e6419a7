"""The pages on which a form goes on that met an ended session: log in, then send what was typed."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from agreements.staff.kept import KEPT, Kept, is_desk_address, is_own_page, kept_of


def ask_to_log_in(request: HttpRequest, kept: Kept, *, form: Any = None, said: str = "") -> HttpResponse:
    """The login page that carries what was typed."""
    context = {
        **admin.site.each_context(request),
        "has_permission": False,
        "title": _("Log in"),
        "form": form or AdminAuthenticationForm(request),
        "app_path": reverse("admin:login"),
        "next": kept.path,
        "kept": kept,
        "packed": kept.pack(),
        "said": said,
    }
    return _never_kept(render(request, "admin/login.html", context, status=403))


def offer_to_send(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The page that sends the form again, with a token that holds; or the login, where this account may not."""
    if not _may_send(request, kept):
        said = _("%(username)s may not do this: log in with the account that you were writing with.")
        return ask_to_log_in(request, kept, said=said % {"username": request.user.get_username()})
    context = {
        **admin.site.each_context(request),
        "title": _("What you wrote is still here"),
        "kept": kept,
        "is_other_account": kept.account not in ("", str(request.user.pk)),
    }
    return _never_kept(render(request, "admin/resume.html", context))


def rescue(request: HttpRequest) -> HttpResponse | None:
    """What to do with a form of the desk whose token does not hold; nothing where there is nothing to save."""
    if not is_desk_address(request.path) or not is_own_page(request):
        return None
    kept = kept_of(request)
    if kept is None or not is_desk_address(kept.path):
        return None
    is_staff = admin.site.has_permission(request) and KEPT not in request.POST
    return offer_to_send(request, kept) if is_staff else ask_to_log_in(request, kept)


def _may_send(request: HttpRequest, kept: Kept) -> bool:
    """Whether this account may save on that page, as far as the page can be asked before."""
    try:
        match = resolve(kept.path.partition("?")[0])
    except Resolver404:
        return False
    page = getattr(match.func, "model_admin", None)
    if page is None:
        return True  # an act's own view, which asks itself
    return bool(
        page.has_change_permission(request) if "object_id" in match.kwargs else page.has_add_permission(request)
    )


def _never_kept(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
