"""The desk as a whole: what stands on its first page, in the order that staff work in."""

from functools import wraps
from typing import Any, Final, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.staff import bring_in, key_dates, my_settings
from agreements.staff.import_pages import IMPORT_PAGES
from agreements.staff.jobs import try_again
from agreements.staff.kept import KEPT, kept_of
from agreements.staff.notices import notices
from agreements.staff.panel import Visit
from agreements.staff.panels import panels_for
from agreements.staff.resume import ask_to_log_in, offer_to_send

PAGES_OF_ONES_OWN: Final = {
    "key_dates": ("key-dates/", key_dates.show_key_dates),
    "my_settings": ("my-settings/", my_settings.edit_settings),
    "make_calendar": ("my-settings/calendar/", my_settings.make_calendar),
    "revoke_calendar": ("my-settings/calendar/revoke/", my_settings.drop_calendar),
    "deliveries": ("imports/files/", bring_in.list_deliveries),
    "bring_in_edition": ("imports/files/edition/", bring_in.choose_editions),
    "bring_in_iati": ("imports/files/iati/", bring_in.choose_activities),
}
"""By name: ``admin:<name>`` is a page about no row in particular."""

_PAGES_OF_FILES: Final = {
    "delivery": ("imports/files/<int:delivery_id>/", bring_in.show_delivery),
    "delivery_agreement": ("imports/files/<int:delivery_id>/<int:number>/", bring_in.show_agreement),
}
_PAGES: Final = PAGES_OF_ONES_OWN | _PAGES_OF_FILES | IMPORT_PAGES

_GROUPS: Final = (
    ("agreements", _("Agreements"), ("Agreement", "Activity", "Document", "Report")),
    ("directories", _("Directories"), ("Organization", "Place", "Framework", "Objective", "Principle", "Source")),
    ("published", _("Published record"), ("Edition", "LogEntry", "Summary")),
    ("accounts", _("Accounts"), ("User", "Group")),
)
_ORDER: Final = [name for _label, _title, names in _GROUPS for name in names]


class Desk(AdminSite):
    site_header = _("MOC Portal: the desk")
    site_title = _("MOC Portal")
    index_title = _("Register and published record")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A form that meets an ended session is not lost: the login page carries what was typed."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            is_lost = request.method == "POST" and not self.has_permission(request)
            if is_lost and request.path != reverse("admin:logout") and (kept := kept_of(request)) is not None:
                return ask_to_log_in(request, kept)
            return guarded(request, *args, **kwargs)

        return keeping

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """As Django has it; with a form that was kept, that form is offered again instead of a page."""
        kept = kept_of(request) if KEPT in request.POST else None
        response = super().login(request, extra_context)
        if kept is None:
            return response
        if isinstance(response, HttpResponseRedirect):
            return offer_to_send(request, kept)
        return ask_to_log_in(request, kept, form=response.context_data["form"])  # type: ignore[attr-defined]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page: what waits, what is due, what went wrong and what ends, above the list of all there is."""
        visit = Visit(cast(User, request.user), timezone.now())
        return super().index(request, {"notices": notices(visit), "panels": panels_for(visit), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        again = path("jobs/<uuid:job_id>/again/", self.admin_view(try_again), name="try_job_again")
        own = [path(route, self.admin_view(view), name=name) for name, (route, view) in _PAGES.items()]
        return [again, *own, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What this person may see, grouped by the work it belongs to instead of by Django's apps."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        if app_label is not None:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [
            {
                "name": title,
                "app_label": label,
                "app_url": f"{reverse('admin:index')}#{label}",
                "has_module_perms": True,
                "models": [models.pop(name) for name in names if name in models],
            }
            for label, title, names in _GROUPS
        ]
        others = [
            {**app, "models": [model for model in app["models"] if model["object_name"] in models]} for app in apps
        ]
        return [group for group in (*groups, *others) if group["models"]]


def _place(object_name: str) -> int:
    return _ORDER.index(object_name) if object_name in _ORDER else len(_ORDER)
