"""Uploaded documents: looked at before anything of them is kept, and refused at the field in words."""

from logging import getLogger
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements.formats.inputs import validate_line
from agreements.register.file_kinds import KINDS, MAX_BYTES, Unfit, UnfitFile, examine_file
from agreements.register.models.words_and_files import Document
from agreements.register.virus_scan import ScanFailed, Verdict, is_scanner_set, scan
from agreements.staff.rules import RecordForm
from agreements.vocabulary.kinds import ScanResult

logger = getLogger(__name__)

_UNFIT: Final[dict[Unfit, str | Promise]] = {
    Unfit.EMPTY: gettext_lazy("This file is empty: choose another one."),
    Unfit.TOO_LARGE: gettext_lazy("This file is larger than %(limit)s MB: make it smaller, or split it."),
    Unfit.SUFFIX: gettext_lazy("Files that end with “%(found)s” are not kept here. Choose one of these: %(kinds)s."),
    Unfit.CONTENT: gettext_lazy(
        "What is in this file is not %(expected)s, whatever its name says. Save it as one of these: %(kinds)s."
    ),
    Unfit.OTHER_CONTENT: gettext_lazy(
        "The name says %(expected)s, but this file is %(found)s: give it the right name, or choose another file."
    ),
    Unfit.MACROS: gettext_lazy("This file holds macros, which run where it is opened: save it without them."),
}


class DocumentForm(RecordForm):
    """A document's form: the file must be what its name says, of a kind that is kept, and not infected."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            validate_line(file.name or "")
            self._examine(file)
            self.instance.verdict = _scan(file)
        return file

    def _examine(self, file: UploadedFile) -> None:
        try:
            examine_file(file, file.name or "")
        except UnfitFile as unfit:
            details = {
                "found": f"\u2066{unfit.found}\u2069",
                "expected": f"\u2066{unfit.expected}\u2069",
                "kinds": f"\u2066{', '.join(KINDS)}\u2069",
                "limit": MAX_BYTES // 1024**2,
            }
            raise ValidationError(str(_UNFIT[unfit.why]) % details, code=unfit.why) from unfit


def _scan(file: UploadedFile) -> Verdict | None:
    """What the scanner says; nothing where there is none, or it does not answer: the gate asks it again."""
    if not is_scanner_set():
        return None
    try:
        verdict = scan(file.chunks())
    except ScanFailed as error:
        logger.warning("act=scan upload failed=%s", error)
        return None
    finally:
        file.seek(0)
    if not verdict.is_clean:
        logger.warning("act=scan upload refused found=%s", verdict.found)
        said = _(
            "This file is infected (%(found)s) and was not kept: find a clean copy, and have your computer looked at."
        )
        raise ValidationError(said % {"found": f"\u2066{verdict.found}\u2069"}, code="infected")
    return verdict


def facts_in_words(document: Document) -> str:
    """How many pages a PDF has and whether it is signed electronically; that nobody knows where it does not tell."""
    pages, is_signed = document.pages, document.is_signed
    if pages is None or is_signed is None:
        return "–"
    count = ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages}
    return f"{count} · {_('electronically signed') if is_signed else _('without an electronic signature')}"


def scan_in_words(document: Document) -> str:
    """What a virus scan said of a document, and when; that none looks where none is set up."""
    if document._state.adding:
        return "–"
    if document.scan_result == ScanResult.NOT_SCANNED:
        return str(ScanResult.NOT_SCANNED.label) if is_scanner_set() else _("Not scanned: no scanner is set up")
    if document.scan_result == ScanResult.INFECTED:
        return _("Infected: %(found)s") % {"found": f"\u2066{document.scan_found}\u2069"}
    return str(ScanResult.CLEAN.label)
