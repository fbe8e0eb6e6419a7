"""Who changed a row, from which page and address: what the audit trail keeps beside each change."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware


class StaffHistoryMiddleware(HistoryMiddleware):
    """Adds the client's address to what pghistory keeps of a change that staff make.

    Readers' requests pass by untouched: asking who they are would make their pages vary by cookie.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_staff_page(request.path_info):
            handled: HttpResponse = super().__call__(request)  # type: ignore[no-untyped-call]  # the library's
            return handled
        passed: HttpResponse = self.get_response(request)
        return passed

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request)
        return context | {"address": client_address(request)}


def client_address(request: HttpRequest) -> str:
    """The client's network address; the last hop's word for it where a proxy is trusted.

    Earlier entries of X-Forwarded-For are whatever the client wrote there.
    """
    if settings.TRUST_PROXY:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def _is_staff_page(path: str) -> bool:
    return path.split("/")[2:3] == ["admin"]
