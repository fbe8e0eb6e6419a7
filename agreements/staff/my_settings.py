"""A person's own settings: the language of their mail, reminders, and the private address of their calendar."""

from typing import cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.reminders.profile import choose, make_calendar_secret, profile_of, revoke_calendar
from agreements.staff.forms import SettingsForm
from agreements.staff.preview import kept_from_others
from agreements.vocabulary.languages import Language

_may = permission_required("agreements.view_agreement", raise_exception=True)


@require_http_methods(["GET", "POST"])
@_may
@kept_from_others
def edit_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = SettingsForm(request.POST or None, instance=profile_of(user, language=_language()))
    if request.method == "POST" and form.is_valid():
        choose(user, language=form.cleaned_data["language"], wants_digest=form.cleaned_data["wants_digest"])
        messages.success(request, _("Your settings are saved."))
        return redirect("admin:my_settings")
    return _page(request, form)


@require_POST
@_may
@kept_from_others
def make_calendar(request: HttpRequest) -> HttpResponse:
    """Answers with the address itself: a redirect would have to keep it somewhere."""
    user = cast(User, request.user)
    secret = make_calendar_secret(user, at=timezone.now(), language=_language())
    address = settings.PUBLIC_ORIGIN + reverse("neutral:calendar", args=[secret])
    return _page(request, SettingsForm(instance=profile_of(user)), address=address)


@require_POST
@_may
def drop_calendar(request: HttpRequest) -> HttpResponse:
    revoke_calendar(cast(User, request.user))
    messages.success(request, _("The calendar’s address is turned off."))
    return redirect("admin:my_settings")


def _language() -> Language:
    """What this page is read in: a first guess at what they want to be written to in."""
    return cast(Language, get_language() or "en")


def _page(request: HttpRequest, form: SettingsForm, *, address: str = "") -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("My settings"),
        "form": form,
        "profile": form.instance,
        "address": address,
        "email": cast(User, request.user).email,
        "lead_days": settings.REMINDER_DAYS,
        "reminds_by_mail": settings.REMINDS_BY_MAIL,
    }
    return render(request, "admin/agreements/reminders/my_settings.html", context)
