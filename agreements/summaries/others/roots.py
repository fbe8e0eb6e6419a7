"""Authorities of certificates that are known here, besides the portal's own: a bundle that a setting names."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from asn1crypto import pem
from django.conf import settings
from django.core.checks import CheckMessage, Error


def party_roots() -> tuple[bytes, ...]:
    """The certificates in ``MOC_PARTY_ROOTS``, DER; none where it is not set.

    Raises:
        OSError, ValueError: the bundle can't be read.
    """
    return _read(settings.PARTY_ROOTS) if settings.PARTY_ROOTS else ()


@lru_cache(maxsize=4)
def _read(path: str) -> tuple[bytes, ...]:
    found = tuple(
        der for kind, _headers, der in pem.unarmor(Path(path).read_bytes(), multiple=True) if kind == "CERTIFICATE"
    )
    if not found:
        raise ValueError("no certificate in it")
    return found


def check_party_roots(**_kwargs: Any) -> list[CheckMessage]:
    """Whether the bundle can be read."""
    try:
        party_roots()
    except (OSError, ValueError) as error:
        hint = "Name a file with certificates in PEM, one after the other, or leave it unset."
        return [Error(f"MOC_PARTY_ROOTS can't be read: {error}", hint=hint, id="agreements.E003")]
    return []
