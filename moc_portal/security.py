"""Response headers that Django has no setting for."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

PERMISSIONS_POLICY: Final = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone",
                    "midi", "payment", "usb")
)  # fmt: skip
"""The portal asks for no device (W3C Permissions Policy)."""


class PermissionsPolicyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response
