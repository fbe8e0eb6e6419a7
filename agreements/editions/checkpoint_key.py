"""The key that signs checkpoints: from the settings, or in development one that is made in the data folder."""

import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from agreements.editions.errors import CheckpointsNotConfigured
from agreements.editions.notes import VerifierKey

_DEVELOPMENT_ORIGIN: Final = "development.invalid/log"
_UNSET: Final = "There is no key to sign checkpoints of the log with: set MOC_CHECKPOINT_KEY_FILE."
_UNREADABLE: Final = "MOC_CHECKPOINT_KEY is no Ed25519 key in PEM: make one with openssl genpkey -algorithm ed25519."


def origin() -> str:
    """The log's name, which its checkpoints begin with: the portal's public address without the scheme.

    A development log has a name that stays when it is served at another port.
    """
    if settings.DEVELOPMENT and not settings.CHECKPOINT_KEY:
        return _DEVELOPMENT_ORIGIN
    return f"{settings.PUBLIC_ORIGIN.partition('://')[2]}/log"


def has_signing_key() -> bool:
    """Whether checkpoints are signed here; development makes a key of its own."""
    return bool(settings.CHECKPOINT_KEY) or settings.DEVELOPMENT


def signing_key() -> Ed25519PrivateKey:
    """The key to sign with now.

    Raises:
        CheckpointsNotConfigured: there is none, or it can't be read. The message never holds the key.
    """
    if settings.CHECKPOINT_KEY:
        return _read(settings.CHECKPOINT_KEY)
    if settings.DEVELOPMENT:
        return _read(_development_key(Path(settings.DATA_DIR, "log", "checkpoint.key")))
    raise CheckpointsNotConfigured(_UNSET)


def verifier_keys() -> list[VerifierKey]:
    """The public keys that this log's checkpoints may be signed with: today's, then former ones.

    Raises:
        CheckpointsNotConfigured: a key that the settings name can't be read.
    """
    try:
        former = [VerifierKey.parse(one) for one in settings.CHECKPOINT_FORMER_KEYS]
    except ValueError as error:
        raise CheckpointsNotConfigured(f"MOC_CHECKPOINT_FORMER_KEYS: {error}") from error
    if not has_signing_key():
        return former
    return [VerifierKey(origin(), signing_key().public_key().public_bytes_raw()), *former]


@lru_cache(maxsize=4)
def _read(pem: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        # Without the cause: what a parser says may quote what it read.
        raise CheckpointsNotConfigured(_UNREADABLE) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise CheckpointsNotConfigured(_UNREADABLE)
    return key


def _development_key(path: Path) -> str:
    """The key in this file, made where it is missing; of two processes that start together one makes it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, new = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
        with os.fdopen(descriptor, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            Path(new).unlink()
    return path.read_text()
