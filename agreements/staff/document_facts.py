"""What the desk says of a kept file, and the file itself."""

from typing import Any, cast

from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.editions.content import DocumentSignature
from agreements.register.file_kinds import KINDS
from agreements.register.models.words_and_files import Document
from agreements.register.virus_scan import is_scanner_set
from agreements.vocabulary.files import ActiveContent, FileRemark
from agreements.vocabulary.kinds import ScanResult
from moc_portal.attachments import attachment


def facts_in_words(document: Document) -> str:
    """What the file is and what it tells, as HTML in the active language."""
    if document._state.adding:
        return "–"
    context = {
        "document": document,
        "address": address_of_file(document),
        "is_pdf": document.media_type == KINDS["PDF"].media_type,
        "signatures": [DocumentSignature.model_validate(one) for one in document.signatures or ()],
        "taken_out": [ActiveContent(one).label for one in document.taken_out],
        "remarks": [FileRemark(one).label for one in document.remarks],
    }
    return render_to_string("admin/agreements/document/facts.html", context)


def scan_in_words(document: Document) -> str:
    """What a virus scan said of a document, and when; that none looks where none is set up."""
    if document._state.adding:
        return "–"
    if document.scan_result == ScanResult.NOT_SCANNED:
        return str(ScanResult.NOT_SCANNED.label) if is_scanner_set() else _("Not scanned: no scanner is set up")
    if document.scan_result == ScanResult.INFECTED:
        return _("Infected: %(found)s") % {"found": f"\u2066{document.scan_found}\u2069"}
    return str(ScanResult.CLEAN.label)


def address_of_file(document: Document) -> str:
    """Where staff get the file; nothing for one that is infected."""
    if document.scan_result == ScanResult.INFECTED:
        return ""
    return reverse("admin:agreements_document_file", args=[document.pk])


class _Kept:
    """A kept file as Django's widget names it: by its own name, not by that in storage."""

    def __init__(self, document: Document) -> None:
        self.url = address_of_file(document)
        self._name = document.file_name

    def __str__(self) -> str:
        return self._name


class KeptFileInput(AdminFileWidget):
    """Leads to the file at the desk, public or not; the storage has no addresses."""

    def is_initial(self, value: Any) -> bool:
        return bool(value)

    def format_value(self, value: Any) -> Any:
        return _Kept(value.instance) if value and value.instance.pk else None


@require_safe
def kept_file(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """A document's file for staff, as an attachment; the desk keeps all it shows out of caches.

    Raises:
        Http404: there is none, it is infected, or it is missing from storage.
    """
    if not cast(Any, request.user).has_perm("agreements.view_document"):
        raise PermissionDenied
    document = get_object_or_404(Document, pk=document_id)
    if document.scan_result == ScanResult.INFECTED:
        raise Http404
    try:
        file = document.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    return attachment(file, file_name=document.file_name, media_type=document.media_type)
