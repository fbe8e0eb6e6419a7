"""Pages for whoever holds the secret of a link: nobody logs in, no cookie is set, and no cache or engine keeps them.

The secret in the address is what only this person has, so it also stands in for Django's token against forged
forms: who could forge the request could as well open the page (decision 10).
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Final, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agreements.correspondence.limits import Limit, TooOften, network_of
from agreements.publishing.errors import LinkAnswered, LinkClosed, LinkUnknown
from agreements.register.models.other_side import LinkOfAParty, PartyLink
from agreements.staff.closed import closed_page, too_often_page
from agreements.staff.preview import kept_from_others

WRONG_SECRETS: Final = Limit("wrong_secret", 20)
"""For each network that clients come from. Beyond it a right secret is refused too, or guessing could go on."""

_GET: Final = ("GET", "HEAD")
_FORM: Final = "application/x-www-form-urlencoded"

LinkT = TypeVar("LinkT", bound=LinkOfAParty)
L_co = TypeVar("L_co", bound=LinkOfAParty, covariant=True)

Answer = Callable[..., HttpResponse]
View = Callable[Concatenate[HttpRequest, str, LinkT, ...], HttpResponse]


class Opened(Protocol[L_co]):
    """The link of a secret; see ``open_link`` for what it raises."""

    def __call__(self, secret: str, *, at: datetime) -> L_co: ...


def for_who_has_link(
    opened: Opened[LinkT],
    *methods: str,
    limit: Limit,
    form: str = _FORM,
    answered: Callable[[HttpRequest, str, PartyLink], HttpResponse] | None = None,
) -> Callable[[View[LinkT]], Answer]:
    """Give a view the open link beside its secret; where there is none, answer in words.

    Args:
        methods: besides GET and HEAD.
        limit: how often an hour a link may be used so.
        form: the type of body that POST brings.
        answered: what a link shows that is used up.
    """

    def decorate(view: View[LinkT]) -> Answer:
        @csrf_exempt
        @require_http_methods((*_GET, *methods))
        @kept_from_others
        def answer(request: HttpRequest, /, secret: str, **named: Any) -> HttpResponse:
            response = _answer(request, secret, named)
            # The address is the secret: no page that is led to from here may learn it.
            response["Referrer-Policy"] = "no-referrer"
            return response

        def _answer(request: HttpRequest, secret: str, named: dict[str, Any]) -> HttpResponse:
            if request.method == "POST" and request.content_type != form:
                return closed_page(request, 400)  # another form with files would be kept on disk before anyone looks
            at = timezone.now()
            try:
                # The view too: the link may be closed or answered between its being opened and its being used.
                return view(request, secret, _link(request, secret, opened, limit, at=at), **named)
            except TooOften as error:
                return too_often_page(request, error)
            except LinkUnknown:
                return closed_page(request, 404)
            except LinkClosed:
                return closed_page(request, 410)
            except LinkAnswered as error:
                return answered(request, secret, error.link) if answered else closed_page(request, 410)

        return wraps(view)(answer)

    return decorate


def _link(request: HttpRequest, secret: str, opened: Opened[LinkT], limit: Limit, *, at: datetime) -> LinkT:
    network = network_of(request)
    WRONG_SECRETS.check(network, at=at)
    try:
        link = opened(secret, at=at)
    except LinkUnknown:
        WRONG_SECRETS.spend(network, at=at)
        raise
    except LinkAnswered as error:
        limit.spend(str(error.link.pk), at=at)
        raise
    limit.spend(str(link.pk), at=at)
    return link
