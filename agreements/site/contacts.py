"""How to reach the contacts of an agreement: shown to who asks for it, so that harvesters of pages don't find it.

The answer to a form that was opened within the last hour, some times an hour for one network; no puzzle, no script and
no cookie, and nothing that a screen reader could not do. Programs that follow links never get there.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agreements.correspondence.limits import Limit, TooOften, network_of
from agreements.editions.models import Edition
from agreements.editions.public import Withdrawn, public_edition
from agreements.site.answers import gone
from agreements.site.forms import ContactsForm

SHOWINGS: Final = Limit("contacts", 30)
"""An hour, for one network: more than people behind one address need, far less than a harvester wants."""


@csrf_exempt  # it changes nothing and knows nobody, and a token would set a cookie for every reader
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, register_number: str) -> HttpResponse:
    """GET asks whether to show the addresses; POST shows them."""
    try:
        edition = public_edition(register_number)
    except Withdrawn as withdrawn:
        return gone(request, withdrawn.entry)
    form = ContactsForm(request.POST if request.method == "POST" else None, register_number=register_number)
    if not form.is_valid():
        return _page(request, edition, form=form.anew(), status=400 if form.is_bound else 200)
    try:
        SHOWINGS.spend(network_of(request), at=timezone.now())
    except TooOften as refusal:
        return _too_often(request, edition, form.anew(), refusal)
    return _page(request, edition)


def _too_often(request: HttpRequest, edition: Edition, form: ContactsForm, refusal: TooOften) -> HttpResponse:
    form.said = [_("The addresses were asked for very often from your network. Try again in an hour.")]
    response = _page(request, edition, form=form, status=429)
    response["Retry-After"] = refusal.retry_after(at=timezone.now())
    return response


def _page(
    request: HttpRequest, edition: Edition, *, form: ContactsForm | None = None, status: int = 200
) -> HttpResponse:
    """The addresses, or the form that asks for them; no cache keeps either, no search engine lists it."""
    context = {"content": edition.content, "form": form, "section": "agreements", "is_not_found_by_search": True}
    response = render(request, "site/contacts.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
