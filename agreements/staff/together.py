"""Submitting, approving or publishing many agreements: looked through first, then done in the background."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from agreements.intake.models import Import
from agreements.publishing.readiness import Readiness, readiness_of
from agreements.publishing.together import MOST, TOGETHER, Seen
from agreements.publishing.workflow import TRANSITIONS
from agreements.register.models.agreements import Agreement
from agreements.staff.forms import note_field
from agreements.staff.together_queue import act_on_many, queue_act

LOOKED_AT: Final = 50
"""Of so many the page says what stands in their way; the act says it of all."""

_PAIRS: Final = re.compile(r"\A[0-9]{1,18}:[0-9]{1,9}(?:,[0-9]{1,18}:[0-9]{1,9})*\Z", re.ASCII)
_may_view = permission_required("agreements.view_agreement", raise_exception=True)

LABELS: Final = {
    "submit": gettext_lazy("Submit together"),
    "approve": gettext_lazy("Approve together"),
    "publish": gettext_lazy("Publish together"),
}


class TogetherForm(forms.Form):
    """Which act, on which agreements as they were seen, and why warnings may pass."""

    act = forms.ChoiceField(choices=[(name, name) for name in TOGETHER], widget=forms.HiddenInput)
    agreements = forms.RegexField(_PAIRS, max_length=MOST * 30, widget=forms.HiddenInput)
    reason = note_field(gettext_lazy("Why open warnings may pass; without a reason, those records are refused"))

    def seen(self) -> list[Seen]:
        pairs = (pair.split(":") for pair in self.cleaned_data["agreements"].split(","))
        return [Seen(int(pk), int(revision)) for pk, revision in pairs][:MOST]


@dataclass(frozen=True)
class Candidate:
    """An agreement that waits for the act; ``readiness`` is unknown of those that are not looked at."""

    agreement: Agreement
    readiness: Readiness | None


@dataclass(frozen=True)
class Outcome:
    """What became of one agreement, in the active language; ``why`` is empty where it was done."""

    agreement: Agreement
    why: str
    was_done: bool


def look_through(request: HttpRequest, act: str, agreements: QuerySet[Agreement]) -> HttpResponse:
    """The page before the act: which agreements it is about, and what stands in the way of each."""
    _require(request, act)
    waiting = agreements.filter(working_state__in=TRANSITIONS[act].sources).order_by("pk")
    chosen = list(waiting[:MOST])
    pairs = ",".join(f"{one.pk}:{one.revision}" for one in chosen)
    context = {
        **admin.site.each_context(request),
        "title": LABELS[act],
        "act": act,
        "form": TogetherForm(initial={"act": act, "agreements": pairs}),
        "candidates": _candidates(chosen),
        "count": len(chosen),
        "waiting": waiting.count(),
        "others": agreements.count() - waiting.count(),
    }
    return render(request, "admin/agreements/together/look_through.html", context)


@require_GET
@_may_view
def of_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """The agreements of an import that wait for an act; without one, what may be done with them."""
    one = get_object_or_404(Import, pk=import_id)
    act = request.GET.get("act", "")
    agreements = Agreement.objects.filter(imported_as__last_import=one)
    if act in TOGETHER:
        return look_through(request, act, agreements)
    user = cast(User, request.user)
    acts = [(name, LABELS[name], _waiting(agreements, name)) for name in TOGETHER if _may(user, name)]
    context = {**admin.site.each_context(request), "title": _("Agreements of this import"), "one": one, "acts": acts}
    return render(request, "admin/agreements/together/of_import.html", context)


@require_POST
@_may_view
def act_together(request: HttpRequest) -> HttpResponse:
    form = TogetherForm(request.POST)
    if not form.is_valid():
        raise Http404
    act = form.cleaned_data["act"]
    _require(request, act)
    user = cast(User, request.user)
    job = queue_act(act, form.seen(), by=user, reason=form.cleaned_data["reason"], page=request.path)
    return redirect("admin:together_done", job)


@require_GET
@_may_view
def show_done(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """What became of each agreement, once the job is done."""
    path = f"{act_on_many.func.__module__}.{act_on_many.func.__qualname__}"
    job = get_object_or_404(DBTaskResult, pk=job_id, task_path=path)
    results = job.return_value if job.status == TaskResultStatus.SUCCESSFUL else []
    outcomes = _outcomes(results or [])
    context = {
        **admin.site.each_context(request),
        "title": LABELS.get(job.args_kwargs["args"][0], ""),
        "is_busy": job.status in (TaskResultStatus.READY, TaskResultStatus.RUNNING),
        "has_failed": job.status == TaskResultStatus.FAILED,
        "done": [one for one in outcomes if not one.why],
        "refused": [one for one in outcomes if one.why],
        "count": len(job.args_kwargs["args"][1]),
    }
    return render(request, "admin/agreements/together/done.html", context)


def _candidates(agreements: Sequence[Agreement]) -> list[Candidate]:
    looked_at = [Candidate(one, readiness_of(one)) for one in agreements[:LOOKED_AT]]
    return [*looked_at, *(Candidate(one, None) for one in agreements[LOOKED_AT:])]


def _outcomes(results: Sequence[dict[str, Any]]) -> list[Outcome]:
    language = get_language() or "en"
    agreements = Agreement.objects.in_bulk([one["id"] for one in results])
    return [
        Outcome(agreements[one["id"]], one["why"].get(language, ""), one["was_done"])
        for one in results
        if one["id"] in agreements
    ]


def _waiting(agreements: QuerySet[Agreement], act: str) -> int:
    return agreements.filter(working_state__in=TRANSITIONS[act].sources).count()


def _may(user: User, act: str) -> bool:
    return user.has_perm(TRANSITIONS[act].permission)


def _require(request: HttpRequest, act: str) -> None:
    if not _may(cast(User, request.user), act):
        raise PermissionDenied
