"""What several public views share: finding an edition, and answering where there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import set_response_etag
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from agreements.editions.models import Edition, LogEntry
from agreements.editions.queries import (
    current_edition,
    editions_naming,
    family_editions,
    history_of,
    numbered_edition,
    withdrawal_of,
)
from agreements.formats.agreement_view import AgreementView, view_of
from agreements.formats.notices import superseding
from agreements.vocabulary.languages import Language
from agreements.vocabulary.zone import day_in_baghdad

P = ParamSpec("P")

SHARED_MAX_AGE_S = 60
"""How long caches that many readers share may show a page: publishing must be seen soon after."""


class Withdrawn(Exception):
    """The agreement was withdrawn from the public; ``entry`` says when and why."""

    def __init__(self, entry: LogEntry) -> None:
        super().__init__(entry.register_number)
        self.entry = entry


def public_edition(register_number: str, number: int | None = None) -> Edition:
    """The edition asked for, the current one without a number.

    Raises:
        Withdrawn: the agreement is withdrawn now, whichever edition was asked for.
        Http404: it was never published.
    """
    edition = current_edition(register_number) if number is None else numbered_edition(register_number, number)
    if edition is not None and number is None:
        return edition
    withdrawal = withdrawal_of(register_number)
    if withdrawal is not None and (edition is not None or number is None):
        raise Withdrawn(withdrawal)
    if edition is None:
        raise Http404
    return edition


def language_of_page() -> Language:
    return cast(Language, get_language() or "en")


def shown_today(edition: Edition) -> AgreementView:
    """The edition for the page's language, with the legal status of today in Baghdad."""
    today = day_in_baghdad(timezone.now())
    return view_of(edition, language=language_of_page(), as_of=today, origin=settings.PUBLIC_ORIGIN)


def shown_whole(edition: Edition) -> AgreementView:
    """The same with all that its page tells: the agreement's history, its family, and what others say of it."""
    return view_of(
        edition,
        language=language_of_page(),
        as_of=day_in_baghdad(timezone.now()),
        origin=settings.PUBLIC_ORIGIN,
        history=history_of(edition.register_number),
        related=family_editions(edition),
    )


def cacheable(response: HttpResponse) -> HttpResponse:
    """Let shared caches keep a public answer for a minute, and tell HEAD the tag that GET would get.

    A reader's own browser asks each time, with that tag: who has just published or withdrawn sees it.
    """
    if not response.has_header("ETag"):
        set_response_etag(response)
    response["Cache-Control"] = f"public, max-age=0, s-maxage={SHARED_MAX_AGE_S}"
    return response


def gone(request: HttpRequest, withdrawal: LogEntry) -> HttpResponse:
    """410 with the reason, and what took the agreement's place, as a page."""
    number = withdrawal.register_number
    context = {
        "withdrawal": withdrawal,
        "register_number": number,
        "successors": superseding(number, [other.content for other in editions_naming(number)]),
        "section": "agreements",
    }
    return cacheable(render(request, "site/withdrawn.html", context, status=410))


def public_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page that only answers GET and HEAD, may be cached, and explains what was withdrawn."""

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return cacheable(view(request, *args, **kwargs))
        except Withdrawn as withdrawn:
            return gone(request, withdrawn.entry)

    # Exempt, because nothing but reading is answered: 405 says so, where the check would speak of a form.
    return csrf_exempt(require_safe(wraps(view)(answer)))


def gone_json(withdrawal: LogEntry) -> HttpResponse:
    """410 with the reason, for programs."""
    body = {
        "error": "withdrawn",
        "register_number": withdrawal.register_number,
        "withdrawn_at": withdrawal.at.isoformat(),
        "reason": withdrawal.note.model_dump(),
    }
    return cacheable(JsonResponse(body, status=410))
