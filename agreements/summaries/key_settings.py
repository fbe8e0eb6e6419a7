"""Which key the settings name. Loads nothing that seals, so that pages and checks may ask."""

from enum import Enum
from typing import Final

from django.conf import settings

from agreements.summaries.errors import NoSealKey, SealNotConfigured


class KeyKind(Enum):
    """Where the key is; the value is the setting that says so."""

    PKCS12 = "MOC_SEAL_PKCS12"
    PEM = "MOC_SEAL_PEM_KEY"
    PKCS11 = "MOC_SEAL_PKCS11_MODULE"
    DEVELOPMENT = "MOC_DEVELOPMENT"


_NO_KEY: Final = (
    "There is no key to seal summaries with: set one of MOC_SEAL_PKCS12, MOC_SEAL_PEM_KEY or MOC_SEAL_PKCS11_MODULE "
    "(see docs/seals.md)."
)


def key_kind() -> KeyKind:
    """Where the key is that the settings name; in development an authority of its own where they name none.

    Raises:
        NoSealKey: none is named.
        SealNotConfigured: several are named, or something that belongs to one is missing.
    """
    named = [kind for kind, is_named in _named().items() if is_named]
    if len(named) > 1:
        several = " and ".join(kind.value for kind in named)
        raise SealNotConfigured(f"{several} are both set, and only one key can seal: keep one and remove the other.")
    if not named:
        if settings.DEVELOPMENT:
            return KeyKind.DEVELOPMENT
        raise NoSealKey(_NO_KEY)
    if missing := _missing(named[0]):
        raise SealNotConfigured(missing)
    return named[0]


def seals_for_development() -> bool:
    """Whether seals are made by the development authority, which proves nothing to anybody else."""
    return bool(settings.DEVELOPMENT) and not any(_named().values())


def _named() -> dict[KeyKind, str]:
    return {
        KeyKind.PKCS12: settings.SEAL_PKCS12,
        KeyKind.PEM: settings.SEAL_PEM_KEY,
        KeyKind.PKCS11: settings.SEAL_PKCS11_MODULE,
    }


def _missing(kind: KeyKind) -> str:
    """What else this kind of key needs, as a sentence; empty when all is there."""
    if kind is KeyKind.PEM and not settings.SEAL_CERTIFICATE:
        return "MOC_SEAL_PEM_KEY needs its certificate: name the PEM file with it in MOC_SEAL_CERTIFICATE."
    if kind is KeyKind.PKCS12 and settings.SEAL_CERTIFICATE:
        return "MOC_SEAL_PKCS12 brings its certificate: remove MOC_SEAL_CERTIFICATE, or set MOC_SEAL_PEM_KEY instead."
    if kind is KeyKind.PKCS11:
        if not settings.SEAL_PKCS11_TOKEN:
            return "MOC_SEAL_PKCS11_MODULE needs the token: name its label in MOC_SEAL_PKCS11_TOKEN."
        if not (settings.SEAL_PKCS11_KEY or settings.SEAL_PKCS11_KEY_ID):
            return (
                "MOC_SEAL_PKCS11_MODULE needs the key: name its label in MOC_SEAL_PKCS11_KEY, or its id, in "
                "hexadecimal, in MOC_SEAL_PKCS11_KEY_ID."
            )
        try:
            bytes.fromhex(settings.SEAL_PKCS11_KEY_ID)
        except ValueError:
            return "MOC_SEAL_PKCS11_KEY_ID is not hexadecimal: set it to the id as pkcs11-tool --list-objects shows it."
    return ""
