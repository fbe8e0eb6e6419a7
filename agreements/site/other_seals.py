"""Seals of the other side for anyone: their files, and the file that a signature beside it was made for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from agreements.editions.models import Edition
from agreements.editions.public import Withdrawn, public_edition
from agreements.site.answers import gone
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.signatures import Signature
from agreements.summaries.others.store import accepted_seal, file_under, read_seal, seals_shown, signatures_of
from agreements.vocabulary.kinds import SealForm
from moc_portal.attachments import guarded
from moc_portal.pages.public import cacheable

_PDF: Final = "application/pdf"
_CMS: Final = "application/pkcs7-signature"


@dataclass(frozen=True)
class ShownSeal:
    """A seal as the public page shows it."""

    seal: OtherSeal
    signatures: tuple[Signature, ...]

    @property
    def is_beside(self) -> bool:
        """Whether it lies beside the file that it is for."""
        return self.seal.form != SealForm.PDF


def seals_of(edition: Edition) -> list[ShownSeal]:
    """The accepted seals of an edition, the newest of each party and language."""
    return [ShownSeal(one, signatures_of(one)) for one in seals_shown(edition.register_number, edition.number)]


def _of_an_accepted_seal(answer: Callable[[OtherSeal], HttpResponse]) -> Callable[..., HttpResponse]:
    @csrf_exempt
    @require_safe
    @wraps(answer)
    def view(request: HttpRequest, sha256: str, file_name: str) -> HttpResponse:  # noqa: ARG001  # for people to read
        seal = accepted_seal(sha256)
        if seal is None:
            raise Http404
        try:
            public_edition(seal.summary.register_number, seal.summary.edition_number)
        except Withdrawn as withdrawn:
            return gone(request, withdrawn.entry)
        return cacheable(answer(seal))

    return view


@_of_an_accepted_seal
def other_seal(seal: OtherSeal) -> HttpResponse:
    """The file as the other side sent it, as an attachment, so that no browser runs what is in it."""
    media_type = _PDF if seal.form == SealForm.PDF else _CMS
    return _file(read_seal(seal), media_type, seal.file_name, sha256=seal.sha256)


@_of_an_accepted_seal
def signed_file(seal: OtherSeal) -> HttpResponse:
    """The file of the register's that the seal goes on from, or lies beside: what a check of it needs."""
    under = file_under(seal)
    return _file(under.content, _PDF, seal.signed_name, sha256=under.sha256)


def _file(content: bytes, media_type: str, name: str, *, sha256: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = f'"{sha256}"'
    return guarded(response)
