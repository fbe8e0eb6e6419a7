"""What makes an answer one that all readers may share."""

from typing import Final, TypeVar

from django.http import HttpResponseBase
from django.utils.cache import set_response_etag

SHARED_MAX_AGE_S: Final = 60
"""How long caches that many readers share may show a page: publishing must be seen soon after."""

Answer = TypeVar("Answer", bound=HttpResponseBase)


def cacheable(response: Answer) -> Answer:
    """Let shared caches keep a public answer for a minute, and tell HEAD the tag that GET would get.

    A reader's own browser asks each time, with that tag: who has just published or withdrawn sees it.
    """
    if not response.has_header("ETag"):
        set_response_etag(response)
    response["Cache-Control"] = f"public, max-age=0, s-maxage={SHARED_MAX_AGE_S}"
    return response
