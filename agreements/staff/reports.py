"""Readers' reports at the desk: the list, the page of one, and what may be done with it."""

from collections.abc import Callable
from typing import Any, Final, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agreements.correspondence.models import Report
from agreements.formats.words import write_number
from agreements.publishing.errors import Refused
from agreements.publishing.reported import accept_report, decline_as_no_report, decline_report, look_at_report
from agreements.staff.explain import explain
from agreements.staff.history import HistoryMixin
from agreements.staff.published import ReadOnlyAdmin
from agreements.staff.report_forms import AcceptReportForm, DeclineReportForm, LookForm
from agreements.staff.report_page import ANSWER, report_page
from agreements.vocabulary.languages import Language

View = Callable[..., HttpResponse]

PAGE: Final = "admin:agreements_report_change"


def _act(name: str, do: Callable[..., Any], done: str | Promise, form_class: type[Any]) -> View:
    """A view that acts; refused, it shows the report again with the reason and all that was typed."""

    @require_POST
    @permission_required(ANSWER, raise_exception=True)
    def view(request: HttpRequest, report_id: int) -> HttpResponse:
        report = get_object_or_404(Report, pk=report_id)
        form: Form = form_class(request.POST)
        if form.is_valid():
            try:
                do(report_id, by=cast(User, request.user), at=timezone.now(), **form.arguments())  # type: ignore[attr-defined]  # all three have it
            except Refused as refusal:
                messages.error(request, explain(refusal))
            except ObjectDoesNotExist as gone:  # erased while the page was open
                raise Http404 from gone
            else:
                messages.success(request, str(done))
            return redirect(PAGE, report_id)
        return report_page(request, report, **{name: form})  # type: ignore[arg-type]  # by the name of the act

    return view


ACTS: Final[dict[str, View]] = {
    "look": _act("look", look_at_report, _("The reader is told that it was looked at."), LookForm),
    "accept": _act(
        "accept",
        accept_report,
        _("Accepted: the note is in the draft. Put right what the record says, then submit it."),
        AcceptReportForm,
    ),
    "decline": _act("decline", decline_report, _("Declined, with the answer for the reader."), DeclineReportForm),
}
"""By name: ``admin:report_<name>`` is the act at ``…/report/<id>/<name>/``."""


def _in_digits(number: int) -> str:
    return write_number(number, cast(Language, get_language() or "en"))


@admin.register(Report)
class ReportAdmin(HistoryMixin, ReadOnlyAdmin):
    """Read by staff; what they do about a report are acts of its page, never edits of what a reader wrote."""

    list_display = ("reference_here", "register_number", "section", "state", "language", "received_at")
    list_filter = ("state", "section", "language")
    search_fields = ("register_number", "wrong", "right")
    show_full_result_count = False
    actions = ("decline_as_none",)

    @admin.display(description=_("report"), ordering="pk")
    def reference_here(self, report: Report) -> str:
        return report.reference

    def has_answer_permission(self, request: HttpRequest) -> bool:
        return cast(User, request.user).has_perm(ANSWER)

    @admin.action(description=_("Decline as no report about the record"), permissions=["answer"])
    def decline_as_none(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        """What is chosen and not decided, each with the same answer in its reader's language."""
        declined = decline_as_no_report(
            list(queryset.values_list("pk", flat=True)), by=cast(User, request.user), at=timezone.now()
        )
        messages.success(request, _("Declined: %(count)s.") % {"count": _in_digits(declined)})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        report = self.get_object(request, unquote(object_id))
        if report is None:
            missing: HttpResponse = self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]  # Django's own
            return missing
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request, report):
            raise PermissionDenied
        return report_page(request, report)

    def get_urls(self) -> list[URLPattern]:
        acts = [
            path(f"<int:report_id>/{name}/", self.admin_site.admin_view(view), name=f"report_{name}")
            for name, view in ACTS.items()
        ]
        return [*acts, *super().get_urls()]
