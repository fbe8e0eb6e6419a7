"""Canonical bytes of a content, and their hash."""

import hashlib

import rfc8785

from agreements.editions.content import AgreementContent


def canonical_bytes(content: AgreementContent) -> bytes:
    """The content as UTF-8 JSON in the one form of RFC 8785 (JSON Canonicalization Scheme)."""
    return rfc8785.dumps(content.model_dump(mode="json"))


def content_hash(content: bytes) -> str:
    """SHA-256 of canonical content, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
