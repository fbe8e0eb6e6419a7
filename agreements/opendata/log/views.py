"""The newest checkpoint, the public key, and the script and guide to check both with, as plain files."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from agreements.editions.checkpoint_key import verifier_keys
from agreements.editions.checkpoints import newest_checkpoint
from agreements.editions.errors import CheckpointsNotConfigured
from moc_portal.pages.public import cacheable


@csrf_exempt
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint as it was signed; 404 while nothing was."""
    newest = newest_checkpoint()
    if newest is None:
        raise Http404
    return _plain(newest.text)


@csrf_exempt
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The public keys that checkpoints are checked with, today's first, a line each."""
    try:
        keys = verifier_keys()
    except CheckpointsNotConfigured:
        raise Http404 from None  # a system check says what is wrong; readers can't mend it
    if not keys:
        raise Http404
    return _plain("".join(f"{one}\n" for one in keys))


@csrf_exempt
@require_safe
def script(request: HttpRequest) -> HttpResponse:
    return _plain(_document("verify_moc.py"), media_type="text/x-python")


@csrf_exempt
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    return _plain(_document("verify-it-yourself.md"), media_type="text/markdown")


def _plain(text: str, *, media_type: str = "text/plain") -> HttpResponse:
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return cacheable(response)


@cache
def _document(name: str) -> str:
    return Path(settings.BASE_DIR, "docs", name).read_text(encoding="utf-8")
