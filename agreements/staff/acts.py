"""Acts on an agreement, as the buttons of its review page and the pages that ask for more."""

from collections.abc import Callable
from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agreements.publishing.errors import Refused
from agreements.publishing.publish import publish_edition
from agreements.publishing.review import (
    approve_agreement,
    claim_review,
    release_review,
    request_changes,
    submit_agreement,
)
from agreements.publishing.schedule import cancel_schedule, schedule_publication
from agreements.publishing.withdraw import withdraw_agreement
from agreements.publishing.workflow import TRANSITIONS
from agreements.register.models.agreements import Agreement
from agreements.staff.explain import explain
from agreements.staff.forms import ActForm, ClaimForm, ScheduleForm, WithdrawForm
from agreements.staff.review import REVIEW_PAGE, review_page

View = Callable[..., HttpResponse]


def _button(name: str, do: Callable[..., Any], done: str | Promise, form_class: type[ActForm] = ActForm) -> View:
    """A view that acts; refused, it shows the review page again with the reason and all that was typed."""

    @require_POST
    @permission_required(TRANSITIONS[name].permission, raise_exception=True)
    def view(request: HttpRequest, agreement_id: int) -> HttpResponse:
        agreement = get_object_or_404(Agreement, pk=agreement_id)
        form = form_class(request.POST)
        if form.is_valid():
            try:
                do(agreement_id, by=request.user, at=timezone.now(), **form.arguments())
            except Refused as refusal:
                form.add_error(None, explain(refusal))
            else:
                messages.success(request, str(done))
                return redirect(REVIEW_PAGE, agreement_id)
        agreement.refresh_from_db()
        return review_page(request, agreement, act=form)

    return view


@require_http_methods(["GET", "POST"])
@permission_required("agreements.publish_agreement", raise_exception=True)
def _schedule(request: HttpRequest, agreement_id: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    form = ScheduleForm(request.POST or None, initial={"revision": agreement.revision})
    if form.is_valid():
        try:
            schedule_publication(agreement_id, by=cast(User, request.user), at=timezone.now(), **form.arguments())
        except Refused as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Scheduled: the portal publishes it by itself."))
            return redirect(REVIEW_PAGE, agreement_id)
    return _page(request, agreement, form, "schedule")


@require_http_methods(["GET", "POST"])
@permission_required("agreements.withdraw_agreement", raise_exception=True)
def _withdraw(request: HttpRequest, agreement_id: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_agreement(
                agreement_id,
                by=cast(User, request.user),
                at=timezone.now(),
                reason=form.reason(),
                note=form.cleaned_data["note"],
            )
        except Refused as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("The agreement is withdrawn from the public."))
            return redirect(REVIEW_PAGE, agreement_id)
    return _page(request, agreement, form, "withdraw")


def _page(request: HttpRequest, agreement: Agreement, form: Any, name: str) -> HttpResponse:
    context = {
        "form": form,
        "agreement": agreement,
        "title": TRANSITIONS[name].label,
        "back": reverse(REVIEW_PAGE, args=[agreement.pk]),
    }
    return render(request, f"admin/agreements/agreement/{name}.html", context)


VIEWS: Final[dict[str, View]] = {
    "submit": _button("submit", submit_agreement, gettext_lazy("Submitted: a reviewer can approve it now.")),
    "claim": _button("claim", claim_review, gettext_lazy("The review is yours."), ClaimForm),
    "release": _button("release", release_review, gettext_lazy("Given back: another reviewer can take it.")),
    "approve": _button("approve", approve_agreement, gettext_lazy("Approved: it can be published now.")),
    "return": _button("return", request_changes, gettext_lazy("Handed back to the editors.")),
    "publish": _button("publish", publish_edition, gettext_lazy("Published: the new edition is public.")),
    "schedule": _schedule,
    "unschedule": _button("unschedule", cancel_schedule, gettext_lazy("It waits again until somebody publishes it.")),
    "withdraw": _withdraw,
}
