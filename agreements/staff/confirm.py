"""The other side's pages: the draft for a named person of a party, who confirms it or proposes corrections, once.

Nobody logs in and no cookie is set. The secret in the address is what only this person has, so it also stands in
for Django's token against forged forms: who could forge the request could as well open the page (decision 10).
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agreements.correspondence.limits import Limit, TooOften, network_of
from agreements.publishing.answers import confirm_record, propose_corrections, undecided_before
from agreements.publishing.confirmations import record_hash
from agreements.publishing.correctable import correctable_parts
from agreements.publishing.errors import ChangedMeanwhile, LinkAnswered, LinkClosed, LinkUnknown, NothingProposed
from agreements.publishing.party_links import open_link
from agreements.publishing.snapshot import build_content
from agreements.register.models.other_side import PartyLink
from agreements.staff.closed import closed_page, too_often_page
from agreements.staff.confirm_forms import NOTHING_IS_CHANGED, OUT_OF_DATE, ConfirmForm, CorrectionsForm, Seen
from agreements.staff.other_side import own_corrections
from agreements.staff.preview import draft_summary, draft_view, kept_from_others
from agreements.vocabulary.kinds import PartyAnswer

View = Callable[[HttpRequest, str, PartyLink], HttpResponse]

WRONG_SECRETS: Final = Limit("wrong_secret", 20)
"""For each network that clients come from. Beyond it a right secret is refused too, or guessing could go on."""
REQUESTS: Final = Limit("party_link", 240)
SUMMARIES: Final = Limit("party_summary", 30)
"""For each link. A layout takes longer than a page."""

_GET: Final = ("GET", "HEAD")
_FORM: Final = "application/x-www-form-urlencoded"


def _for_the_other_side(*methods: str, limit: Limit = REQUESTS) -> Callable[[View], Callable[..., HttpResponse]]:
    """Give a view the open link beside its secret; where there is none, answer in words."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @require_http_methods((*_GET, *methods))
        @kept_from_others
        @wraps(view)
        def answer(request: HttpRequest, secret: str) -> HttpResponse:
            response = _answer(request, secret, view, limit)
            # The address is the secret: no page that is led to from here may learn it.
            response["Referrer-Policy"] = "no-referrer"
            return response

        return answer

    return decorate


def _answer(request: HttpRequest, secret: str, view: View, limit: Limit) -> HttpResponse:
    if request.method == "POST" and request.content_type != _FORM:
        return closed_page(request, 400)  # a form with files would be kept on disk before anyone looks
    at = timezone.now()
    try:
        # The view too: the link may be closed or answered between its being opened and its being used.
        return view(request, secret, _link(request, secret, limit, at=at))
    except TooOften as error:
        return too_often_page(request, error)
    except LinkUnknown:
        return closed_page(request, 404)
    except LinkClosed:
        return closed_page(request, 410)
    except LinkAnswered as error:
        return _receipt(request, secret, error.link)


def _link(request: HttpRequest, secret: str, limit: Limit, *, at: datetime) -> PartyLink:
    network = network_of(request)
    WRONG_SECRETS.check(network, at=at)
    try:
        link = open_link(secret, at=at)
    except LinkUnknown:
        WRONG_SECRETS.spend(network, at=at)
        raise
    except LinkAnswered as error:
        limit.spend(str(error.link.pk), at=at)
        raise
    limit.spend(str(link.pk), at=at)
    return link


@_for_the_other_side("POST")
def page(request: HttpRequest, secret: str, link: PartyLink) -> HttpResponse:
    """The draft with the question whether it is right; the button confirms it."""
    if request.method != "POST":
        return _page(request, secret, link, ConfirmForm())
    form = ConfirmForm(request.POST)
    seen = Seen.unpacked(request.POST.get("seen", ""), link)
    if not form.is_valid() or seen is None:
        return _page(request, secret, link, form, status=400)
    try:
        confirm_record(secret, seen=seen.hash, at=timezone.now(), is_name_public=form.cleaned_data["is_name_public"])
    except ChangedMeanwhile:
        return _page(request, secret, link, form, status=409)
    return redirect("confirm:page", secret)


def _page(
    request: HttpRequest,
    secret: str,
    link: PartyLink,
    form: ConfirmForm,
    *,
    status: int = 200,
) -> HttpResponse:
    view = draft_view(link.agreement)
    context = {
        **_words(secret, link),
        "view": view,
        "section": "agreements",
        "form": form,
        "seen": Seen(record_hash(view.content), {}).packed(link),
        "has_changed": status != 200,
    }
    return render(request, "confirm/page.html", context, status=status)


@_for_the_other_side("POST")
def corrections(request: HttpRequest, secret: str, link: PartyLink) -> HttpResponse:
    """Every public field with what stands there; what is changed becomes a correction."""
    parts = correctable_parts(link.agreement)
    seen = Seen(
        record_hash(build_content(link.agreement)),
        {column.target: column.text for part in parts for column in part.columns},
    )
    if request.method != "POST":
        typed = {one.target: one.proposed for one in undecided_before(link)}
        form = CorrectionsForm(parts=parts, typed=typed)
        return _corrections(request, secret, link, form, seen)
    form = CorrectionsForm(request.POST, parts=parts, typed={})
    sent = Seen.unpacked(request.POST.get("seen", ""), link)
    form.keep_to((sent or seen).before)
    if form.is_valid():
        if sent is None:
            form.add_error(None, OUT_OF_DATE)
        elif _propose(secret, form, sent):
            return redirect("confirm:page", secret)
    return _corrections(request, secret, link, form, sent or seen, status=400)


def _propose(secret: str, form: CorrectionsForm, seen: Seen) -> bool:
    try:
        propose_corrections(secret, seen=seen.hash, before=seen.before, proposed=form.proposed(), at=timezone.now())
    except NothingProposed:
        form.add_error(None, NOTHING_IS_CHANGED)
        return False
    return True


def _corrections(
    request: HttpRequest, secret: str, link: PartyLink, form: CorrectionsForm, seen: Seen, *, status: int = 200
) -> HttpResponse:
    context = {
        **_words(secret, link),
        "form": form,
        "sections": list(form.sections()),
        "seen": seen.packed(link),
        "section": "agreements",
    }
    return render(request, "confirm/corrections.html", context, status=status)


@_for_the_other_side(limit=SUMMARIES)
def summary(_request: HttpRequest, _secret: str, link: PartyLink) -> HttpResponse:
    """The draft as a PDF, marked on every page."""
    return draft_summary(link.agreement)


def _receipt(request: HttpRequest, secret: str, link: PartyLink) -> HttpResponse:
    """What was answered and what became of it: all that a used link shows, and nothing of the draft."""
    page_of_link = reverse("confirm:page", args=[secret])
    if request.method == "POST" or request.path != page_of_link:
        return redirect(page_of_link)  # also for who pressed the button twice
    is_confirmed = link.answer == PartyAnswer.CONFIRMED
    context = {
        "link": link,
        "section": "agreements",
        "is_older": is_confirmed and link.answered_hash != record_hash(build_content(link.agreement)),
        "corrections": own_corrections(link),
    }
    return render(request, "confirm/thanks.html", context)


def _words(secret: str, link: PartyLink) -> dict[str, Any]:
    return {
        "link": link,
        "agreement": link.agreement,
        **{name: reverse(f"confirm:{name}", args=[secret]) for name in ("page", "corrections_page", "summary")},
    }
