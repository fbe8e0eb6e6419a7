"""Reads stored editions of every schema version, for ever.

A new version adds its number to ``SCHEMA_VERSION``, and here one upgrader from the version
before; ``tests/editions/frozen/`` keeps one example of each version.
"""

import json
from collections.abc import Callable
from typing import Any, Final

from pydantic import ValidationError

from agreements.editions.content import SCHEMA_VERSION, AgreementContent
from agreements.editions.errors import UnknownSchemaVersion, UnreadableContent

Upgrader = Callable[[dict[str, Any]], dict[str, Any]]


def _to_2(document: dict[str, Any]) -> dict[str, Any]:
    """Version 2 says who confirmed and reviewed a record, what its texts are worth, and terms to compute days from.

    Before, nobody was asked, it always was reviewed by another person, no standing and no such terms were stated.
    """
    standing = {"en": "not_stated", "ar": "not_stated", "ckb": "not_stated"}
    added = {"confirmations": [], "reviewed_by_another": True, "standing": standing, "terms": {}}
    return {**document, "schema_version": 2, **added}


UPGRADERS: Final[dict[int, Upgrader]] = {1: _to_2}
"""From version n to n+1, by n."""


def read_content(stored: bytes) -> AgreementContent:
    """An edition's content in today's schema, from the bytes as they were published.

    Raises:
        UnknownSchemaVersion: written by a later portal than this one.
        UnreadableContent: not JSON, or not what its schema version promises.
    """
    try:
        document = json.loads(stored)
        version = document["schema_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableContent(str(error)) from error
    if version != SCHEMA_VERSION and version not in UPGRADERS:
        raise UnknownSchemaVersion(version)
    while version != SCHEMA_VERSION:
        document = UPGRADERS[version](document)
        version = document["schema_version"]
    try:
        return AgreementContent.model_validate(document)
    except ValidationError as error:
        raise UnreadableContent(str(error)) from error
