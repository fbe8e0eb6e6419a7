"""Buttons that act on an agreement: submit, ask for changes, approve, publish, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass
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

from agreements.editions.queries import current_edition
from agreements.publishing.completeness import problems_of
from agreements.publishing.errors import (
    ContentIncomplete,
    FourEyes,
    NothingToPublish,
    NothingToWithdraw,
    ReasonMissing,
    Refused,
    WrongState,
)
from agreements.publishing.problems import Problem
from agreements.publishing.publish import publish_edition
from agreements.publishing.review import approve_agreement, request_changes, submit_agreement
from agreements.publishing.snapshot import build_content
from agreements.publishing.withdraw import withdraw_agreement
from agreements.register.models.agreements import Agreement
from agreements.staff.forms import WithdrawForm
from agreements.vocabulary.kinds import WorkingState

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Offer:
    """A button that the record's state and the person's role allow."""

    name: str
    label: str | Promise
    asks_first: bool = False

    @property
    def route(self) -> str:
        """The name of the address that acts."""
        return f"admin:agreement_{self.name}"


def offered(agreement: Agreement, *, user: Any) -> list[Offer]:
    """The acts that this person may do on this agreement now."""
    state = agreement.working_state
    candidates = (
        (
            Offer("submit", gettext_lazy("Submit for review")),
            state in {WorkingState.DRAFT, WorkingState.CHANGES_REQUESTED},
        ),
        (Offer("approve", gettext_lazy("Approve")), state == WorkingState.IN_REVIEW),
        (Offer("return", gettext_lazy("Ask for changes")), state in {WorkingState.IN_REVIEW, WorkingState.APPROVED}),
        (Offer("publish", gettext_lazy("Publish")), state == WorkingState.APPROVED),
        (
            Offer("withdraw", gettext_lazy("Withdraw from the public"), asks_first=True),
            current_edition(agreement.register_number) is not None,
        ),
    )
    return [offer for offer, fits in candidates if fits and user.has_perm(_PERMISSIONS[offer.name])]


def problems(agreement: Agreement) -> tuple[Problem, ...]:
    """What keeps the agreement from being published, as it stands."""
    return problems_of(build_content(agreement))


def explain(refusal: Refused) -> str:  # noqa: PLR0911  # one return a refusal
    """A refusal in words: what is wrong, and how to mend it."""
    match refusal:
        case ContentIncomplete():
            return _("Not yet: %(problems)s") % {"problems": " ".join(str(one) for one in refusal.problems)}
        case FourEyes():
            return _("Who last edited or submitted a record can’t approve it: ask another reviewer.")
        case WrongState():
            return _("This is not possible while the record is “%(state)s”.") % {
                "state": WorkingState(refusal.found).label
            }
        case NothingToPublish():
            return _("Edition %(number)s already says exactly this: change something first.") % {
                "number": refusal.number
            }
        case NothingToWithdraw():
            return _("The public has no edition of this agreement, so there is nothing to withdraw.")
        case ReasonMissing():
            return _("Say why, in at least one language: the public reads it.")
        case _:
            return _("This was refused.")


def _act(name: str, do: Callable[..., Any], done: str | Promise) -> View:
    @require_POST
    @permission_required(_PERMISSIONS[name], raise_exception=True)
    def view(request: HttpRequest, agreement_id: int) -> HttpResponse:
        try:
            do(agreement_id, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, explain(refusal))
        else:
            messages.success(request, str(done))
        return redirect("admin:agreements_agreement_change", agreement_id)

    return view


@require_http_methods(["GET", "POST"])
@permission_required("agreements.withdraw_agreement", raise_exception=True)
def _withdraw(request: HttpRequest, agreement_id: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_agreement(agreement_id, by=cast(User, request.user), at=timezone.now(), reason=form.reason())
        except Refused as refusal:
            messages.error(request, explain(refusal))
        else:
            messages.success(request, _("The agreement is withdrawn from the public."))
        return redirect("admin:agreements_agreement_change", agreement_id)
    context = {"form": form, "agreement": agreement, "title": _("Withdraw from the public"), "back": reverse(
        "admin:agreements_agreement_change", args=[agreement_id])}  # fmt: skip
    return render(request, "admin/agreements/agreement/withdraw.html", context)


_PERMISSIONS: Final = {
    "submit": "agreements.submit_agreement",
    "approve": "agreements.approve_agreement",
    "return": "agreements.approve_agreement",
    "publish": "agreements.publish_agreement",
    "withdraw": "agreements.withdraw_agreement",
}

VIEWS: Final[dict[str, View]] = {
    "submit": _act("submit", submit_agreement, gettext_lazy("Submitted: a reviewer can approve it now.")),
    "approve": _act("approve", approve_agreement, gettext_lazy("Approved: it can be published now.")),
    "return": _act("return", request_changes, gettext_lazy("Handed back to the editors.")),
    "publish": _act("publish", publish_edition, gettext_lazy("Published: the new edition is public.")),
    "withdraw": _withdraw,
}
