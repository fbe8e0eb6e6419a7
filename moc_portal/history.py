"""Who changed a row, from which page and address: what the audit trail keeps beside each change."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware


class StaffHistoryMiddleware(HistoryMiddleware):  # type: ignore[misc]  # the library has no types
    """Adds the address of the client, as the web server saw it, to what pghistory keeps.

    It runs for writing methods only, so a reader's request never touches the session.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request)
        return context | {"address": request.META.get("REMOTE_ADDR", "")}
