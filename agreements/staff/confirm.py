"""The other side's pages: the draft for a named person of a party, who confirms it or proposes corrections, once.

Nobody logs in and no cookie is set. The secret in the address is what only this person has, so it also stands in
for Django's token against forged forms: who could forge the request could as well open the page (decision 10).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from agreements.correspondence.limits import Limit
from agreements.publishing.answers import confirm_record, propose_corrections, undecided_before
from agreements.publishing.confirmations import record_hash
from agreements.publishing.correctable import correctable_parts
from agreements.publishing.errors import ChangedMeanwhile, NothingProposed
from agreements.publishing.party_links import open_link
from agreements.publishing.snapshot import build_content
from agreements.register.models.other_side import PartyLink
from agreements.staff.by_link import Answer, View, for_who_has_link
from agreements.staff.confirm_forms import NOTHING_IS_CHANGED, OUT_OF_DATE, ConfirmForm, CorrectionsForm, Seen
from agreements.staff.other_side import own_corrections
from agreements.staff.preview import draft_summary, draft_view
from agreements.vocabulary.kinds import PartyAnswer

REQUESTS: Final = Limit("party_link", 240)
SUMMARIES: Final = Limit("party_summary", 30)
"""For each link. A layout takes longer than a page."""


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


def _opened(secret: str, *, at: datetime) -> PartyLink:
    return open_link(secret, at=at)


def _for_the_other_side(*methods: str, limit: Limit = REQUESTS) -> Callable[[View[PartyLink]], Answer]:
    return for_who_has_link(_opened, *methods, limit=limit, answered=_receipt)


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


def _words(secret: str, link: PartyLink) -> dict[str, Any]:
    return {
        "link": link,
        "agreement": link.agreement,
        **{name: reverse(f"confirm:{name}", args=[secret]) for name in ("page", "corrections_page", "summary")},
    }
