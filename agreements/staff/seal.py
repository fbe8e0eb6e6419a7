"""The other side's page to seal an edition: the file to be sealed, and the way to send it back."""

import logging
from collections.abc import Callable
from typing import Any, Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.correspondence.limits import Limit
from agreements.editions.models import Edition
from agreements.editions.queries import current_edition
from agreements.publishing.other_seals import edition_of, open_seal_link, receive_seal
from agreements.register.models.other_side import SealLink
from agreements.register.virus_scan import ScanFailed, is_scanner_set, scan
from agreements.staff.by_link import Answer, View, for_who_has_link
from agreements.staff.seal_forms import SealForm
from agreements.staff.seal_words import INFECTED, NOT_SCANNED, why_refused
from agreements.summaries.errors import SummariesError
from agreements.summaries.others.given_out import GivenOut, all_to_be_signed, to_be_signed
from agreements.summaries.others.judge import MAX_BYTES, SealRefused, Unfit
from agreements.summaries.others.store import seals_of_links
from agreements.vocabulary.languages import Language
from moc_portal.bodies import body_size

REQUESTS: Final = Limit("seal_link", 240)
UPLOADS: Final = Limit("seal_upload", 20)
"""For each link. Looking at a file takes longer than a page."""

_MULTIPART: Final = "multipart/form-data"
_MAX_BODY_BYTES: Final = MAX_BYTES + 64 * 1024
"""The file, and what a browser writes around it."""

logger = logging.getLogger(__name__)


def _for_who_seals(*methods: str) -> Callable[[View[SealLink]], Answer]:
    return for_who_has_link(open_seal_link, *methods, limit=REQUESTS, form=_MULTIPART)


@_for_who_seals("POST")
def page(request: HttpRequest, secret: str, link: SealLink) -> HttpResponse:
    """What is asked, the files, and what became of those that were sent."""
    if request.method != "POST":
        return _page(request, secret, link, SealForm())
    UPLOADS.spend(str(link.pk), at=timezone.now())
    if body_size(request) > _MAX_BODY_BYTES:
        # Nothing of it is read: the form itself would be kept on disk first.
        form = SealForm({"may_be_published": "on"})
        form.errors.clear()
        form.add_error("file", why_refused(SealRefused(Unfit.TOO_LARGE.value)))
        return _page(request, secret, link, form, status=413)
    form = SealForm(request.POST, request.FILES)
    if form.is_valid() and _is_received(secret, form):
        return redirect("confirm:seal", secret)
    return _page(request, secret, link, form, status=400)


def _is_received(secret: str, form: SealForm) -> bool:
    upload = cast(UploadedFile, form.cleaned_data["file"])
    refusal = _infection(upload)
    if not refusal:
        try:
            receive_seal(secret, upload.read(), at=timezone.now())
        except SealRefused as error:
            logger.info("act=receive_seal outcome=refused why=%s", error.why)
            refusal = why_refused(error)
    if refusal:
        form.add_error("file", refusal)
    return not refusal


def _infection(upload: UploadedFile) -> str:
    """What keeps the file from being looked at: malware, or a scanner that does not answer. Nothing without one."""
    if not is_scanner_set():
        return ""
    try:
        verdict = scan(upload.chunks())
    except ScanFailed as error:
        logger.warning("act=scan seal failed=%s", error)
        return str(NOT_SCANNED)
    finally:
        upload.seek(0)
    return "" if verdict.is_clean else str(INFECTED) % {"found": f"\u2066{verdict.found}\u2069"}


def _page(request: HttpRequest, secret: str, link: SealLink, form: SealForm, *, status: int = 200) -> HttpResponse:
    edition = edition_of(link)
    files = _files(edition)
    context = {
        "link": link,
        "edition": edition,
        "newer": _newer(edition),
        "files": [(one, reverse("confirm:seal_file", args=[secret, one.language])) for one in files],
        "form": form,
        "seals": seals_of_links([link.pk]),
        "page": reverse("confirm:seal", args=[secret]),
        "section": "agreements",
    }
    return render(request, "confirm/seal.html", context, status=status)


def _files(edition: Edition) -> list[GivenOut]:
    try:
        return all_to_be_signed(edition, at=timezone.now())
    except SummariesError:
        logger.exception("act=offer_to_seal register_number=%s edition=%s", edition.register_number, edition.number)
        return []


def _newer(edition: Edition) -> Edition | None:
    current = current_edition(edition.register_number)
    return current if current is not None and current.number != edition.number else None


@_for_who_seals()
def file(request: HttpRequest, _secret: str, link: SealLink, *, language: Language) -> HttpResponse:
    """The unsealed summary in one language: always the same bytes."""
    edition = edition_of(link)
    try:
        given = to_be_signed(edition, language, at=timezone.now())
    except SummariesError:
        logger.exception("act=offer_to_seal register_number=%s edition=%s", edition.register_number, edition.number)
        context = {
            "heading": _("The PDF can’t be made at the moment"),
            "explanation": _("Please try again in a few minutes."),
        }
        answer = render(request, "site/error.html", context, status=503)
        answer["Retry-After"] = "300"
        return answer
    name = f"{edition.register_number}-edition-{edition.number}-{language}-to-be-sealed.pdf"
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(given.content, content_type="application/pdf", headers=headers)
