"""Uploaded documents: looked through before anything of them is kept, and refused at the field in words."""

import hashlib
from logging import getLogger
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from agreements.formats.inputs import validate_line
from agreements.register.file_kinds import KINDS, MAX_BYTES, FileKind, Unfit, UnfitFile, examine_file
from agreements.register.inside import Inside, NotLookedThrough, look_inside, without_active
from agreements.register.uploaded import Uploaded
from agreements.register.virus_scan import ScanFailed, Verdict, is_scanner_set, scan
from agreements.staff.document_facts import KeptFileInput
from agreements.staff.rules import RecordForm
from agreements.vocabulary.files import REMOVABLE, ActiveContent

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

_SIGNED: Final = gettext_lazy(
    "This PDF is signed, and holds what acts by itself: %(found)s. A signed file is never altered here, so it can’t be "
    "kept: ask those who signed it for one without that."
)
_PDF: Final = gettext_lazy(
    "This PDF holds what may do harm where it is opened: %(found)s. Print it to a new PDF (best PDF/A), and choose "
    "that."
)
_PICTURE: Final = gettext_lazy(
    "This picture holds %(found)s: open it in a picture program, save it anew, and choose that."
)
_OFFICE: Final = gettext_lazy(
    "This file holds what may do harm where it is opened: %(found)s. Take that out, or save the text as a PDF, and "
    "choose that."
)
_CLOSED: Final = gettext_lazy(
    "This file can’t be looked through: it is damaged, or far larger inside than a document. Open it and save it anew, "
    "or print it to a new PDF, and choose that."
)


class DocumentForm(RecordForm):
    """A document's form: the file must be what its name says, of a kind that is kept, harmless, and not infected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # not where the page is only read
            self.fields["file"].widget = KeptFileInput()
            self.fields["file"].widget.is_required = self.fields["file"].required

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        validate_line(file.name or "")
        kind = _kind_of(file)
        verdict = _scan(file)
        inside = _look_inside(file, kind)
        self.instance.uploaded = Uploaded(verdict=verdict, remarks=inside.remarks)
        if inside.active:
            digest = hashlib.sha256(file.read()).hexdigest()
            file = _without(file, inside, kind)
            self.instance.uploaded = Uploaded(_scan(file), inside.active, digest, inside.remarks)
        return file


def _kind_of(file: UploadedFile) -> FileKind:
    try:
        return examine_file(file, file.name or "")
    except UnfitFile as unfit:
        details = {
            "found": f"\u2066{unfit.found}\u2069",
            "expected": f"\u2066{unfit.expected}\u2069",
            "kinds": f"\u2066{', '.join(KINDS)}\u2069",
            "limit": MAX_BYTES // 1024**2,
        }
        raise ValidationError(str(_UNFIT[unfit.why]) % details, code=unfit.why) from unfit


def _look_inside(file: UploadedFile, kind: FileKind) -> Inside:
    try:
        return look_inside(file.read(), kind.name)
    except NotLookedThrough as error:
        raise ValidationError(str(_CLOSED), code="closed") from error
    finally:
        file.seek(0)


def _without(file: UploadedFile, inside: Inside, kind: FileKind) -> UploadedFile:
    """The file without what acts by itself, where that can be taken out and nobody signed it."""
    found = active_in_words(inside.active)
    if kind.name != "PDF":
        said = _PICTURE if ActiveContent.TRAILING in inside.active else _OFFICE
        raise ValidationError(str(said) % {"found": found}, code="active")
    if inside.is_signed:
        raise ValidationError(str(_SIGNED) % {"found": found}, code="active_signed")
    if inside.is_encrypted or not REMOVABLE.issuperset(inside.active):
        raise ValidationError(str(_PDF) % {"found": found}, code="active")
    file.seek(0)
    try:
        cleaned = without_active(file.read())
        is_clean = len(cleaned) <= MAX_BYTES and not look_inside(cleaned, kind.name).active
    except NotLookedThrough:
        is_clean = False
    if not is_clean:
        raise ValidationError(str(_PDF) % {"found": found}, code="active")
    logger.info("act=take-out found=%s", ",".join(inside.active))
    return SimpleUploadedFile(file.name or "", cleaned, kind.media_type)


def active_in_words(found: tuple[ActiveContent, ...]) -> str:
    """What was found, in the active language."""
    return f"{pgettext('between a date and a place', ',')} ".join(str(one.label) for one in found)


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
