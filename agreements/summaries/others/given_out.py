"""The files that the other side may sign: the unsealed summary, which our sealed one begins with, and that itself.

The unsealed bytes are read off the file that was sealed, not laid out again: so they are the same for ever, also
after the portal's fonts or templates have changed, and both sides' files begin with the same bytes.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from agreements.editions.models import Edition
from agreements.summaries.models import Summary
from agreements.summaries.store import read_summary, summary_for
from agreements.vocabulary.languages import LANGUAGES, Language

_REVISION_ENDS: Final = re.compile(rb"startxref\s+[0-9]+\s+%%EOF\r?\n?")


@dataclass(frozen=True)
class GivenOut:
    """A file that may be signed. ``is_sealed``: it carries the register's seal already."""

    summary: Summary
    is_sealed: bool
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size_bytes(self) -> int:
        return len(self.content)

    @property
    def language(self) -> str:
        return self.summary.language


def to_be_signed(edition: Edition, language: Language, *, at: datetime) -> GivenOut:
    """The unsealed summary of an edition; the sealed one is made first where there is none.

    Raises:
        SealNotConfigured, ServiceFailed, FontsMissing: see ``summary_for``.
    """
    return unsealed(summary_for(edition, language, at=at))


def all_to_be_signed(edition: Edition, *, at: datetime) -> list[GivenOut]:
    """The same in each language; see ``to_be_signed`` for what it raises."""
    return [to_be_signed(edition, language, at=at) for language in LANGUAGES]


def unsealed(summary: Summary) -> GivenOut:
    """What was sealed: the file's first revision."""
    return _without_seal(sealed(summary))


def _without_seal(file: GivenOut) -> GivenOut:
    ends = _REVISION_ENDS.search(file.content)
    return GivenOut(file.summary, is_sealed=False, content=file.content[: ends.end()] if ends else file.content)


def sealed(summary: Summary) -> GivenOut:
    return GivenOut(summary, is_sealed=True, content=read_summary(summary))


def given_out(register_number: str, edition_number: int) -> Iterator[GivenOut]:
    """All that was ever given out of an edition, newest first, each language without and with the seal."""
    for summary in _kept(register_number).filter(edition_number=edition_number).order_by("-pk"):
        if default_storage.exists(summary.path):
            with_seal = sealed(summary)
            yield _without_seal(with_seal)
            yield with_seal


def given_out_of_others(register_number: str, edition_number: int) -> Iterator[GivenOut]:
    """The unsealed files of the record's other editions, newest first."""
    for summary in _kept(register_number).exclude(edition_number=edition_number).order_by("-pk"):
        if default_storage.exists(summary.path):
            yield unsealed(summary)


def _kept(register_number: str) -> QuerySet[Summary]:
    return Summary.objects.filter(register_number=register_number)
