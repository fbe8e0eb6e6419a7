"""What several public views share: the page's language, an edition as shown, and answering where there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from agreements.editions.models import Edition, LogEntry
from agreements.editions.public import Withdrawn
from agreements.editions.queries import editions_naming, family_editions, history_of
from agreements.formats.agreement_view import AgreementView, view_of
from agreements.formats.notices import superseding
from agreements.vocabulary.languages import Language
from agreements.vocabulary.zone import day_in_baghdad
from moc_portal.pages.public import cacheable

P = ParamSpec("P")


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


def gone_json(withdrawn: Withdrawn) -> HttpResponse:
    """410 with the reason, for programs."""
    return cacheable(JsonResponse(withdrawn.document, status=410))
