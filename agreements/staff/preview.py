"""The draft exactly as the public would see it, for staff only: never cached, never indexed."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from agreements.formats.agreement_view import AgreementView, view_of
from agreements.publishing.preview import draft_edition
from agreements.register.models.agreements import Agreement
from agreements.summaries.layout import lay_out
from agreements.vocabulary.languages import Language
from agreements.vocabulary.zone import day_in_baghdad

P = ParamSpec("P")


def kept_from_others(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """An answer that no cache keeps and no search engine lists."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


def draft_view(agreement: Agreement) -> AgreementView:
    """The draft as the public page would show it, in the active language."""
    now = timezone.now()
    return view_of(
        draft_edition(agreement, at=now),
        language=cast(Language, get_language()),
        as_of=day_in_baghdad(now),
        origin=settings.PUBLIC_ORIGIN,
        is_draft=True,
    )


def draft_summary(agreement: Agreement) -> HttpResponse:
    """The PDF of the draft in the active language, marked on every page and without a seal."""
    language = cast(Language, get_language())
    pdf = lay_out(draft_edition(agreement, at=timezone.now()), language, seal=None)
    name = f"{agreement.register_number}-draft-{language}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@kept_from_others
def preview(request: HttpRequest, agreement_id: int) -> HttpResponse:
    agreement = get_object_or_404(Agreement, pk=agreement_id)
    back = reverse("admin:agreement_review", args=[agreement_id])
    summary = reverse("admin:agreement_preview_summary", args=[agreement_id])
    context = {"view": draft_view(agreement), "section": "agreements", "back": back, "summary": summary}
    return render(request, "admin/agreements/agreement/preview.html", context)


@require_GET
@permission_required("agreements.view_agreement", raise_exception=True)
@kept_from_others
def preview_summary(_request: HttpRequest, agreement_id: int) -> HttpResponse:
    return draft_summary(get_object_or_404(Agreement, pk=agreement_id))
