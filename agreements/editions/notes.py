"""Signed notes and checkpoints as C2SP has them (c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature). Pure.

A checkpoint says how many entries the log has and what its root is. The log signs that twice with its Ed25519 key:
plainly, which any reader of such notes checks, and with the moment, so that equal sizes of two days differ.
"""

import base64
import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from agreements.editions.errors import NoteNotGenuine

_PLAIN: Final = b"\x01"
_DATED: Final = b"\x04"
_ID_LENGTH: Final = 4
_TIME_LENGTH: Final = 8
_LONGEST: Final = 20_000
_LINES: Final = 3


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name of its log: the origin, which every checkpoint begins with."""

    origin: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read ``name+id+key``, as ``str`` writes it.

        Raises:
            ValueError: it is no such key, or its id is not that of its name and key.
        """
        origin, _plus, rest = text.strip().partition("+")
        key_id, _plus, encoded = rest.partition("+")
        decoded = base64.b64decode(encoded, validate=True)
        key = cls(origin, decoded[1:])
        if not origin or decoded[:1] != _PLAIN or len(key.public) != 32 or key.id_of(_PLAIN).hex() != key_id:
            raise ValueError(f"{text[:200]!r} is no public key of a log")
        return key

    def __str__(self) -> str:
        return f"{self.origin}+{self.id_of(_PLAIN).hex()}+{base64.b64encode(_PLAIN + self.public).decode()}"

    def id_of(self, kind: bytes) -> bytes:
        return hashlib.sha256(self.origin.encode() + b"\n" + kind + self.public).digest()[:_ID_LENGTH]


@dataclass(frozen=True)
class Opened:
    """What a genuine checkpoint says; ``at`` is the signed moment, ``None`` without one."""

    origin: str
    size: int
    root: bytes
    at: datetime | None


def write_checkpoint(origin: str, *, size: int, root: bytes, at: datetime, sign_with: Ed25519PrivateKey) -> str:
    """The signed text; of ``at`` it keeps whole seconds."""
    key = VerifierKey(origin, sign_with.public_key().public_bytes_raw())
    body = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    seconds = int(at.timestamp())
    plain = key.id_of(_PLAIN) + sign_with.sign(body.encode())
    dated = key.id_of(_DATED) + struct.pack(">Q", seconds) + sign_with.sign(_dated(body, seconds))
    lines = (f"\N{EM DASH} {origin} {base64.b64encode(one).decode()}\n" for one in (plain, dated))
    return f"{body}\n{''.join(lines)}"


def open_checkpoint(text: str, keys: Sequence[VerifierKey]) -> Opened:
    """Check a checkpoint's signatures; those of keys that are not known count for nothing.

    Raises:
        NoteNotGenuine: no known key signed it, a known key's signature is wrong, or it is no checkpoint.
    """
    body, _blank, signatures = text[:_LONGEST].rpartition("\n\n")
    body += "\n"
    lines = body.split("\n")
    opened: Opened | None = None
    for line in signatures.splitlines():
        for key in keys:
            signed = _signature(line, key)
            if signed and lines[0] == key.origin:
                at = _check(body, signed, key)
                opened = _read(lines, at or (opened.at if opened else None))
    if opened is None:
        raise NoteNotGenuine("no key that is known signed it")
    return opened


def _signature(line: str, key: VerifierKey) -> bytes | None:
    start = f"\N{EM DASH} {key.origin} "
    if not line.startswith(start):
        return None
    try:
        signed = base64.b64decode(line.removeprefix(start), validate=True)
    except ValueError:
        return None
    return signed if signed[:_ID_LENGTH] in (key.id_of(_PLAIN), key.id_of(_DATED)) else None


def _check(body: str, signed: bytes, key: VerifierKey) -> datetime | None:
    """The moment that a dated signature states; ``None`` for a plain one."""
    message, signature, at = body.encode(), signed[_ID_LENGTH:], None
    if signed[:_ID_LENGTH] == key.id_of(_DATED):
        seconds = int.from_bytes(signature[:_TIME_LENGTH], "big")
        message, signature = _dated(body, seconds), signature[_TIME_LENGTH:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
        if message != body.encode():
            at = datetime.fromtimestamp(seconds, UTC)
    except (InvalidSignature, ValueError, OverflowError, OSError) as error:
        raise NoteNotGenuine("a signature is not that of its text") from error
    return at


def _dated(body: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{body}".encode()


def _read(lines: Sequence[str], at: datetime | None) -> Opened:
    try:
        root = base64.b64decode(lines[2], validate=True)
        size = int(lines[1])
    except (ValueError, IndexError) as error:
        raise NoteNotGenuine("it is signed, and no checkpoint") from error
    if len(lines) != _LINES + 1 or str(size) != lines[1] or len(root) != hashlib.sha256().digest_size:
        raise NoteNotGenuine("it is signed, and no checkpoint")
    return Opened(lines[0], size, root, at)
