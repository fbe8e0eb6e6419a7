"""The services that a seal needs, and how long they may take."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

import aiohttp
from asn1crypto import tsp
from django.conf import settings
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

from agreements.summaries.errors import ServiceFailed, TimestampFailed

_TIMESTAMP_TIMEOUT_S: Final = 10
_LONGEST_S: Final = 60
"""All services together may take no longer for one seal."""

_T = TypeVar("_T")


class _Stamper(HTTPTimeStamper):
    """Counts an answer that is no timestamp as one that did not come."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        try:
            answer = await super().async_request_tsa_response(req)
            _ = answer["status"]["status"].native
        except (ValueError, KeyError) as error:
            raise TimestampRequestError("the answer is not a timestamp") from error
        return answer


def timestamper() -> HTTPTimeStamper:
    """The timestamp authority, for one seal or renewal: it keeps the certificates that it was met with."""
    return _Stamper(settings.TIMESTAMP_URL, timeout=_TIMESTAMP_TIMEOUT_S)


def within_bounds(work: Coroutine[Any, Any, _T]) -> _T:
    """Run what talks to services to its end, or to the end of the time that it may take.

    Raises:
        TimestampFailed: the timestamp authority does not answer, or not with a timestamp.
        ServiceFailed: it took too long.
    """

    async def bounded() -> _T:
        return await asyncio.wait_for(work, _LONGEST_S)

    try:
        return asyncio.run(bounded())
    except (TimestampRequestError, aiohttp.ClientError) as error:
        raise TimestampFailed(f"No timestamp from the authority in MOC_TIMESTAMP_URL: {_told(error)}.") from error
    except TimeoutError as error:
        raise ServiceFailed(f"The services that a seal needs took more than {_LONGEST_S} seconds.") from error


def _told(error: Exception) -> str:
    """What it says, with what is behind it."""
    cause = f" ({type(error.__cause__).__name__})" if error.__cause__ else ""
    return f"{error}{cause}".rstrip(".")
