"""Asking a party to confirm, taking the link back, and deciding upon what the other side proposed."""

from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from agreements.publishing.corrections import accept_corrections, decline_corrections, open_proposals
from agreements.publishing.errors import FieldsChanged, Refused
from agreements.publishing.party_links import make_link, revoke_link
from agreements.register.models.agreements import Agreement
from agreements.staff.explain import explain
from agreements.staff.made_link import Letter, revoke_and_say, show_once
from agreements.staff.other_side import may_ask
from agreements.staff.party_forms import AskForm, DecideForm, parties_of
from agreements.staff.preview import kept_from_others
from agreements.staff.review import REVIEW_PAGE, review_page

_LETTER: Final = Letter(
    page="confirm:page",
    subject=gettext_lazy("Please confirm the record %(number)s"),
    request=gettext_lazy(
        "We keep a public record of “%(title)s” (%(number)s). Please read the draft on behalf of %(party)s: "
        "confirm that it is right, or write what should stand there instead."
    ),
)


@require_POST
@kept_from_others
def ask_party(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Make a link. The answer shows it this once, instead of leading elsewhere: its secret is kept nowhere."""
    if not may_ask(request):
        raise PermissionDenied
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    form = AskForm(request.POST, parties=parties_of(agreement))
    if form.is_valid():
        days = form.cleaned_data["days"]
        try:
            made = make_link(agreement_id, form.invited(), by=cast(User, request.user), at=timezone.now(), days=days)
        except Refused as refusal:
            form.add_error(None, explain(refusal))
        else:
            return show_once(request, made, _LETTER, back=f"{reverse(REVIEW_PAGE, args=[agreement.pk])}#other-side")
    return review_page(request, agreement, ask=form)


@require_POST
def revoke(request: HttpRequest, agreement_id: int, link_id: int) -> HttpResponse:
    if not may_ask(request):
        raise PermissionDenied
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    revoke_and_say(request, revoke_link, agreement.pk, link_id)
    return _back(agreement)


@require_POST
@permission_required("agreements.change_agreement", raise_exception=True)
def accept(request: HttpRequest, agreement_id: int) -> HttpResponse:
    return _decide(request, agreement_id, is_accepted=True)


@require_POST
@permission_required("agreements.change_agreement", raise_exception=True)
def decline(request: HttpRequest, agreement_id: int) -> HttpResponse:
    return _decide(request, agreement_id, is_accepted=False)


def _decide(request: HttpRequest, agreement_id: int, *, is_accepted: bool) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    form = DecideForm(request.POST, open_ones=[one.correction.pk for one in open_proposals(agreement)])
    if form.is_valid():
        try:
            _act(request, agreement, form, is_accepted=is_accepted)
        except Refused as refusal:
            form.asks_to_overwrite = isinstance(refusal, FieldsChanged)
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Accepted.") if is_accepted else _("Declined, with the reason kept."))
            return _back(agreement)
    return review_page(request, Agreement.objects.get(pk=agreement_id), decide=form)


def _act(request: HttpRequest, agreement: Agreement, form: DecideForm, *, is_accepted: bool) -> None:
    data = form.cleaned_data
    chosen: dict[str, Any] = {"by": request.user, "at": timezone.now(), "note": data["note"]}
    if is_accepted:
        chosen |= {"revision": data["revision"], "overwrite": data["overwrite"]}
        accept_corrections(agreement.pk, data["correction"], **chosen)
    else:
        decline_corrections(agreement.pk, data["correction"], **chosen)


def _back(agreement: Agreement) -> HttpResponse:
    return redirect(f"{reverse(REVIEW_PAGE, args=[agreement.pk])}#other-side")
