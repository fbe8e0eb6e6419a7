"""Readers report a mistake, and see later what became of it: without an account, a cookie or a script."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from agreements.correspondence.erase import NAME_DAYS_AFTER_ANSWER
from agreements.correspondence.errors import ReportRefused, ReportUnknown, TooSoon
from agreements.correspondence.limits import TooOften, network_of
from agreements.correspondence.models import Report
from agreements.correspondence.receive import Sender, receive_report, report_with_code
from agreements.correspondence.tickets import WORK_BITS, Ticket, check_ticket, issue_ticket, read_ticket
from agreements.editions.models import Edition
from agreements.editions.public import Withdrawn, public_edition
from agreements.editions.queries import current_edition, first_edition_noting
from agreements.formats.words import write_time
from agreements.site.answers import gone, language_of_page
from agreements.site.errors import bad_request
from agreements.site.report_forms import OUT_OF_DATE, WHY_NOT, ReportCodeForm, ReportForm
from agreements.vocabulary.kinds import ReportState
from agreements.vocabulary.sections import Section
from agreements.vocabulary.zone import BAGHDAD

_FORM: Final = "application/x-www-form-urlencoded"
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


def _about_an_edition(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Explain what was withdrawn, and let nobody keep the answer: each form is good for one report."""

    # Exempt: it acts for nobody, so that a forged request can do no more than its forger, and a token would set a
    # cookie for every reader. What other sites send is refused all the same (decision 19).
    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, register_number: str) -> HttpResponse:
        try:
            return view(request, register_number)
        except Withdrawn as withdrawn:
            return gone(request, withdrawn.entry)

    return answer


@_about_an_edition
def report(request: HttpRequest, register_number: str) -> HttpResponse:
    """GET shows the form, for the edition of ``?edition=``; POST takes it and leads to the report's own page."""
    if request.method != "POST":
        edition = public_edition(register_number, _asked_number(request))
        about = request.GET.get("about", "")
        form = ReportForm(initial={"section": about if about in Section.values else ""})
        return _form_page(request, form, edition)
    if request.content_type != _FORM or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return bad_request(request)
    form = ReportForm(request.POST)
    ticket = read_ticket(request.POST.get("ticket", ""), register_number=register_number)
    edition = public_edition(register_number, ticket.edition_number if ticket else None)
    try:
        return _received(request, form, edition, ticket)
    except TooOften as error:
        return _too_often(request, form, edition, ticket, error)


def _received(request: HttpRequest, form: ReportForm, edition: Edition, ticket: Ticket | None) -> HttpResponse:
    """Lead to the page of the report, or show the form with what is wrong with it."""
    if ticket is None:
        form.add_error(None, OUT_OF_DATE)
    if ticket is None or not form.is_valid():
        return _form_page(request, form, edition, ticket=ticket, status=400)
    at = timezone.now()
    try:
        is_proved = check_ticket(ticket, work=request.POST.get("work", ""), at=at)
        sender = Sender(network_of(request), language_of_page(), is_proved)
        code = receive_report(ticket, form.words(), content_hash=edition.content_hash, sender=sender, at=at)
    except ReportRefused as refusal:
        form.add_error(None, WHY_NOT[type(refusal)])
        kept = ticket if isinstance(refusal, TooSoon) else None
        return _form_page(request, form, edition, ticket=kept, status=400)
    return redirect("site:report_state", code)


def _too_often(
    request: HttpRequest, form: ReportForm, edition: Edition, ticket: Ticket | None, error: TooOften
) -> HttpResponse:
    """429 with the form as it was typed, saying when to send it again (RFC 6585, section 4)."""
    form.add_error(None, _too_often_words(error))
    response = _form_page(request, form, edition, ticket=ticket, status=429)
    response["Retry-After"] = error.retry_after(at=timezone.now())
    return response


def _form_page(
    request: HttpRequest, form: ReportForm, edition: Edition, *, ticket: Ticket | None = None, status: int = 200
) -> HttpResponse:
    """The form; a ticket that is still good is kept, so that its age goes on."""
    ticket = ticket or issue_ticket(edition.register_number, edition.number, at=timezone.now())
    context = {
        "form": form,
        "edition": edition,
        "register_number": edition.register_number,
        "title": edition.content.title,
        "ticket": ticket.packed,
        "work_bits": WORK_BITS,
        "name_days": NAME_DAYS_AFTER_ANSWER,
        "section": "agreements",
    }
    return render(request, "site/report_form.html", context, status=status)


@never_cache
@csrf_exempt
@require_safe
def report_lookup(request: HttpRequest) -> HttpResponse:
    """Where a reader types the code of a report."""
    form = ReportCodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("site:report_state", form.cleaned_data["code"])
    return render(request, "site/report_lookup.html", {"form": form}, status=400 if form.is_bound else 200)


@never_cache
@csrf_exempt
@require_safe
def report_state(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a report: all that its code shows, and nothing of what was written or by whom."""
    try:
        report = report_with_code(code, network=network_of(request), at=timezone.now())
    except ReportUnknown:
        context = {"form": ReportCodeForm(), "is_unknown": True}
        return _unlinked(render(request, "site/report_lookup.html", context, status=404))
    except TooOften as error:
        context = {"form": ReportCodeForm(), "refusal": _too_often_words(error)}
        response = render(request, "site/report_lookup.html", context, status=429)
        response["Retry-After"] = error.retry_after(at=timezone.now())
        return _unlinked(response)
    context = {"report": report, "code": code, "section": "agreements"} | _what_came_of(report)
    return _unlinked(render(request, "site/report_state.html", context))


def _what_came_of(report: Report) -> dict[str, Edition | None]:
    """The edition that carries the note of an accepted report; or else one after the decision that goes without it.

    An editor may take a note out again before it is public, and the register is not this page's to ask.
    """
    if report.state != ReportState.ACCEPTED or report.decided_at is None:
        return {}
    noting = first_edition_noting(report.register_number, report.reference)
    current = current_edition(report.register_number)
    is_later = noting is None and current is not None and current.published_at > report.decided_at
    return {"edition": noting, "without_note": current if is_later else None}


def _unlinked(response: HttpResponse) -> HttpResponse:
    """The address is the reader's secret: no page that is led to from here may learn it, and no list may name it."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _asked_number(request: HttpRequest) -> int | None:
    asked = request.GET.get("edition")
    if asked is None:
        return None
    if not _NUMBER.fullmatch(asked):
        raise Http404
    return int(asked)


def _too_often_words(error: TooOften) -> str:
    time = write_time(error.until.astimezone(BAGHDAD), language_of_page())
    return _("Too many came in this hour. Please wait until %(time)s in Baghdad, then send it again.") % {"time": time}
