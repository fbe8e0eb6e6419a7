"""The history page of the desk: who changed what, from the database's own audit trail."""

from typing import Any, Final

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from agreements.register.history import InvalidCursor, history_of
from agreements.register.trails import trails_of

_PAGE: Final = 50


class HistoryMixin:
    """For admin classes of tracked models: their history tells parts and changes in SQL too."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        admin: Any = self
        row = admin.get_object(request, unquote(object_id))
        if row is None:
            missing: HttpResponse = admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)
            return missing
        if not admin.has_view_or_change_permission(request, row) or not _may_view_parts(request, admin.model):
            raise PermissionDenied
        try:
            changes = history_of(row, limit=_PAGE + 1, before=request.GET.get("before"))
        except InvalidCursor as error:
            raise Http404 from error
        context = {
            **admin.admin_site.each_context(request),
            "title": _("History of %(name)s") % {"name": _isolated(str(row))},
            "changes": changes[:_PAGE],
            "older": changes[_PAGE - 1].cursor if len(changes) > _PAGE else "",
            "module_name": capfirst(str(admin.opts.verbose_name_plural)),
            "object": row,
            "opts": admin.opts,
            **(extra_context or {}),
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, "admin/agreements/history.html", context)


def _isolated(name: str) -> str:
    """The name as a text of its own in the page's direction: by its first letter, "MOC-…" would be left-to-right."""
    return ("\u2067" if get_language_bidi() else "\u2066") + name + "\u2069"


def _may_view_parts(request: HttpRequest, model: type[Model]) -> bool:
    """Whether this person may view every kind of part: what is hidden on the form is not told here either."""
    parts = [trail.model._meta for trail in trails_of(model)[1:] if trail.link is None]
    return all(
        any(request.user.has_perm(f"{part.app_label}.{act}_{part.model_name}") for act in ("view", "change"))
        for part in parts
    )
