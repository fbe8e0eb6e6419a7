"""Public files: those, and only those, that a current edition names by their hash."""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from agreements.editions.queries import public_document
from moc_portal.attachments import attachment, guarded


@require_safe
def document(request: HttpRequest, sha256: str, file_name: str) -> HttpResponseBase:  # noqa: ARG001  # for people to read
    """The file as an attachment, so that no browser runs what is in it."""
    found = public_document(sha256) if re.fullmatch(r"[0-9a-f]{64}", sha256) else None
    path = f"documents/{sha256[:2]}/{sha256}"
    if found is None or not default_storage.exists(path):
        raise Http404
    etag = f'"{sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = (
        guarded(unchanged)
        if unchanged
        else attachment(default_storage.open(path), file_name=found.file_name, media_type=found.media_type)
    )
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=86400"
    return response
