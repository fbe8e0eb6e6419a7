"""Seals of the other side at the desk: asking a party, and the page on which one is accepted or declined."""

from typing import Any, Final, cast

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from agreements.editions.queries import current_edition, numbered_edition
from agreements.publishing.errors import Refused
from agreements.publishing.other_seals import accept_seal, ask_for_seal, decline_seal, revoke_seal_link
from agreements.register.models.agreements import Agreement
from agreements.staff.explain import explain
from agreements.staff.made_link import Letter, revoke_and_say, show_once
from agreements.staff.other_side import may_ask
from agreements.staff.preview import kept_from_others
from agreements.staff.review import REVIEW_PAGE, review_page
from agreements.staff.seal_forms import DeclineSealForm
from agreements.staff.sealing import ask_form
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.store import file_under, read_seal, signatures_of
from agreements.vocabulary.kinds import SealForm, WorkingState
from moc_portal.attachments import guarded

SEAL_PAGE: Final = "admin:agreement_seal"
_DECIDE: Final = "agreements.publish_agreement"
_MEDIA_TYPES: Final = {SealForm.PDF: "application/pdf"}
_CMS: Final = "application/pkcs7-signature"

_LETTER: Final = Letter(
    page="confirm:seal",
    subject=gettext_lazy("Please seal the record %(number)s"),
    request=gettext_lazy(
        "We have published the record of “%(title)s” (%(number)s) and sealed its summary. %(party)s may seal it too, "
        "with its own certificate: the link leads to the file, and takes it back sealed."
    ),
)


@require_POST
@kept_from_others
def ask(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Make a link. The answer shows it this once, instead of leading elsewhere: its secret is kept nowhere."""
    if not may_ask(request):
        raise PermissionDenied
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    edition = current_edition(agreement.register_number)
    if edition is None:
        messages.error(request, _("The public has no edition that a party could seal: publish one first."))
        return _back(agreement)
    form = ask_form(edition, request.POST)
    if form.is_valid():
        days = form.cleaned_data["days"]
        try:
            made = ask_for_seal(agreement_id, form.invited(), by=cast(User, request.user), at=timezone.now(), days=days)
        except Refused as refusal:
            form.add_error(None, explain(refusal))
        else:
            back = f"{reverse(REVIEW_PAGE, args=[agreement.pk])}#seals"
            return show_once(request, made, _LETTER, back=back, is_for_seal=True)
    return review_page(request, agreement, ask_for_seal=form)


@require_POST
def revoke(request: HttpRequest, agreement_id: int, link_id: int) -> HttpResponse:
    if not may_ask(request):
        raise PermissionDenied
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    revoke_and_say(request, revoke_seal_link, agreement.pk, link_id)
    return _back(agreement)


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def show(request: HttpRequest, agreement_id: int, seal_id: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    return _page(request, agreement, _seal(agreement, seal_id), DeclineSealForm())


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@kept_from_others
def file(request: HttpRequest, agreement_id: int, seal_id: int) -> HttpResponse:
    """The file as it came, to look at before it is decided upon; nothing in it runs here."""
    seal = _seal(get_object_or_404(Agreement, pk=agreement_id), seal_id)
    media_type = _MEDIA_TYPES.get(SealForm(seal.form), _CMS)
    headers = {"Content-Disposition": f'attachment; filename="{seal.file_name}"'}
    return guarded(HttpResponse(read_seal(seal), content_type=media_type, headers=headers))


@require_POST
@permission_required(_DECIDE, raise_exception=True)
def accept(request: HttpRequest, agreement_id: int, seal_id: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    seal = _seal(agreement, seal_id)
    try:
        accept_seal(agreement.pk, seal.pk, by=cast(User, request.user), at=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal))
    else:
        messages.success(request, _("Accepted: it stands on the public page now."))
    return redirect(SEAL_PAGE, agreement.pk, seal.pk)


@require_POST
@permission_required(_DECIDE, raise_exception=True)
def decline(request: HttpRequest, agreement_id: int, seal_id: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    seal = _seal(agreement, seal_id)
    form = DeclineSealForm(request.POST)
    if not form.is_valid():
        return _page(request, agreement, seal, form)
    reason = form.cleaned_data["reason"]
    try:
        decline_seal(agreement.pk, seal.pk, by=cast(User, request.user), at=timezone.now(), reason=reason)
    except Refused as refusal:
        messages.error(request, explain(refusal))
    else:
        messages.success(request, _("Declined: who sent it reads the reason."))
    return redirect(SEAL_PAGE, agreement.pk, seal.pk)


def _page(request: HttpRequest, agreement: Agreement, seal: OtherSeal, form: DeclineSealForm) -> HttpResponse:
    is_withdrawn = agreement.working_state == WorkingState.WITHDRAWN
    current = current_edition(agreement.register_number)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("A seal of the other side"),
        "agreement": agreement,
        "review_page": reverse(REVIEW_PAGE, args=[agreement.pk]),
        "seal": seal,
        "signatures": signatures_of(seal),
        "under": file_under(seal),
        "edition": numbered_edition(agreement.register_number, seal.summary.edition_number),
        "newer": current if current is not None and current.number != seal.summary.edition_number else None,
        "is_withdrawn": is_withdrawn,
        "is_open": not hasattr(seal, "decision"),
        "may_decide": request.user.has_perm(_DECIDE),
        "form": form,
    }
    return render(request, "admin/agreements/agreement/seal.html", context)


def _seal(agreement: Agreement, seal_id: int) -> OtherSeal:
    found = OtherSeal.objects.filter(pk=seal_id, summary__register_number=agreement.register_number)
    seal = found.select_related("summary", "decision__by").first()
    if seal is None:
        raise Http404
    return seal


def _back(agreement: Agreement) -> HttpResponse:
    return redirect(f"{reverse(REVIEW_PAGE, args=[agreement.pk])}#seals")
