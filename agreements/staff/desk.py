"""The desk as a whole: what stands on its first page, in the order that staff work in."""

from typing import Any, Final

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

_GROUPS: Final = (
    ("agreements", _("Agreements"), ("Agreement", "Activity", "Document")),
    ("directories", _("Directories"), ("Organization", "Place", "Framework", "Objective", "Principle", "Source")),
    ("published", _("Published record"), ("Edition", "LogEntry", "Summary")),
    ("accounts", _("Accounts"), ("User", "Group")),
)
_ORDER: Final = [name for _label, _title, names in _GROUPS for name in names]


class Desk(AdminSite):
    site_header = _("MOC Portal: the desk")
    site_title = _("MOC Portal")
    index_title = _("Register and published record")

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
