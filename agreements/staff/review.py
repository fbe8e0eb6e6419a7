"""The review page of an agreement: its state, what stands in the way, comments, and the timeline."""

from contextlib import suppress
from typing import Any, Final, cast

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agreements.editions.queries import current_edition, withdrawal_of
from agreements.publishing.errors import NoSuchWarning
from agreements.publishing.readiness import accept_warnings, next_number, readiness_of
from agreements.publishing.snapshot import build_content
from agreements.register.models.agreements import Agreement
from agreements.register.models.editorial import ReviewComment
from agreements.register.translations import completeness_of
from agreements.staff.differences import distance_from_public
from agreements.staff.forms import AcceptForm, ActForm, ClaimForm, CommentForm
from agreements.staff.links import linked
from agreements.staff.offers import ASKS_FIRST, offered
from agreements.staff.other_side import other_side
from agreements.staff.party_forms import AskForm, DecideForm
from agreements.staff.sealing import sealing

REVIEW_PAGE: Final = "admin:agreement_review"


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
def show_review(request: HttpRequest, agreement_id: int) -> HttpResponse:
    return review_page(request, get_object_or_404(Agreement, pk=agreement_id))


def review_page(
    request: HttpRequest,
    agreement: Agreement,
    *,
    act: ActForm | None = None,
    comment: CommentForm | None = None,
    accept: AcceptForm | None = None,
    ask: AskForm | None = None,
    ask_for_seal: AskForm | None = None,
    decide: DecideForm | None = None,
) -> HttpResponse:
    """The page, with forms that were refused still holding what was typed."""
    content = build_content(agreement)
    readiness = readiness_of(agreement, content)
    change_page = reverse("admin:agreements_agreement_change", args=[agreement.pk])
    acts = offered(agreement, user=request.user)
    claims = any(one.name == "claim" for one in acts)
    comments = list(agreement.review_comments.select_related("by", "resolved_by"))
    initial = {"revision": agreement.revision}
    # A refused act keeps its words, but what it acts on is what is shown now.
    typed = {**act.data.dict(), **initial} if act is not None else None  # type: ignore[attr-defined]  # a QueryDict
    form = (ClaimForm if claims else ActForm)(initial=typed or initial)
    context = {
        **admin.site.each_context(request),
        "title": agreement,
        "agreement": agreement,
        "change_page": change_page,
        "current": current_edition(agreement.register_number),
        "withdrawal": withdrawal_of(agreement.register_number),
        "distance": distance_from_public(content),
        "next_number": next_number(agreement),
        "readiness": readiness,
        "blocking": linked(readiness.blocking, page=change_page),
        "warnings": linked(readiness.warnings, page=change_page),
        "completeness": completeness_of([agreement.pk]).get(agreement.pk),
        "buttons": [one for one in acts if one.name not in ASKS_FIRST],
        "links": [one for one in acts if one.name in ASKS_FIRST],
        "act": form,
        "refused": act.errors if act is not None else None,
        "comments": [one for one in comments if one.resolved_at is None],
        "resolved": [one for one in comments if one.resolved_at is not None],
        "comment": comment or CommentForm(),
        "may_comment": _may_comment(request),
        "accept": accept,
        "may_accept": request.user.has_perm("agreements.approve_agreement"),
        "timeline": agreement.timeline.select_related("by"),
        **other_side(request, agreement, content, ask=ask, decide=decide),
        **sealing(request, agreement, ask=ask_for_seal),
    }
    return render(request, "admin/agreements/agreement/review.html", context)


@require_POST
def add_comment(request: HttpRequest, agreement_id: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    if not _may_comment(request):
        raise PermissionDenied
    form = CommentForm(request.POST)
    if not form.is_valid():
        return review_page(request, agreement, comment=form)
    ReviewComment.objects.create(
        agreement=agreement, by=cast(User, request.user), at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("The comment is kept."))
    return redirect(f"{reverse(REVIEW_PAGE, args=[agreement.pk])}#comments")


@require_POST
def settle_comment(request: HttpRequest, agreement_id: int, comment_id: int) -> HttpResponse:
    """Settle an open comment, or open a settled one again."""
    if not _may_comment(request):
        raise PermissionDenied
    with transaction.atomic():
        comment = get_object_or_404(ReviewComment.objects.select_for_update(), pk=comment_id, agreement_id=agreement_id)
        is_open = comment.resolved_at is None
        comment.resolved_by = cast(User, request.user) if is_open else None
        comment.resolved_at = timezone.now() if is_open else None
        comment.save()
    return redirect(f"{reverse(REVIEW_PAGE, args=[agreement_id])}#comments")


@require_POST
@permission_required("agreements.approve_agreement", raise_exception=True)
def accept(request: HttpRequest, agreement_id: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    form = AcceptForm(request.POST, keys=[one.key for one in readiness_of(agreement).warnings])
    if not form.is_valid():
        return review_page(request, agreement, accept=form)
    chosen = form.cleaned_data
    with suppress(NoSuchWarning):  # settled while the page was open, which is as good
        by, now = cast(User, request.user), timezone.now()
        accept_warnings(agreement.pk, chosen["key"], by=by, at=now, reason=chosen["reason"])
    messages.success(request, _("Accepted, with the reason kept."))
    return redirect(f"{reverse(REVIEW_PAGE, args=[agreement.pk])}#readiness")


def _may_comment(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm("agreements.change_agreement") or user.has_perm("agreements.approve_agreement"))
