"""Wrong combinations of settings that the register can tell when the portal starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004  # Django's names

from agreements.register.virus_scan import Address


def check_scanner(**_kwargs: Any) -> list[CheckMessage]:
    """Whether uploads are scanned, and the scanner's address can be read."""
    if not settings.CLAMD:
        hint = "Set MOC_CLAMD to ClamAV's daemon, such as unix:/run/clamav/clamd.ctl or tcp:clamav:3310."
        unset = Warning("Uploaded documents are not scanned for viruses.", hint=hint, id="agreements.W001")
        return [] if settings.DEVELOPMENT else [unset]
    try:
        Address.parse(settings.CLAMD)
    except ValueError:
        hint = "Write unix:/path/to/socket or tcp:host:port."
        return [Error(f"MOC_CLAMD is {settings.CLAMD!r}, which is no address.", hint=hint, id="agreements.E001")]
    return []
