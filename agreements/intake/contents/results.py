"""What an import does, or would do, with each agreement of a file."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from agreements.editions.content import AgreementContent
from agreements.editions.differences import Differences, differences
from agreements.intake.contents.incoming import Provenance
from agreements.intake.contents.remarks import Refusal, Remark
from agreements.vocabulary.languages import LocalisedText


class ContentOutcome(TextChoices):
    ADDED = "added", pgettext_lazy("agreement in a file", "New")
    CHANGED = "changed", pgettext_lazy("agreement in a file", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("agreement in a file", "Unchanged")
    REFUSED = "refused", pgettext_lazy("agreement in a file", "Refused")


@dataclass
class ContentResult:
    """One agreement of a file.

    Attributes:
        title: in the first language there is.
        register_number: its number here; empty where a new one will be given, or it was refused.
        agreement_id: its primary key; 0 where it was refused.
        before, after: what the draft said, and says then; absent where nothing is written, or where the caller
            asked for no contents.
        before_hash: of what it said; empty for a new one.
        difference_count: in how many fields and parts they differ, in the ``sections``.
        is_carried_whole: whether the draft's content is the file's, byte for byte.
    """

    number: int
    outcome: ContentOutcome
    title: str
    provenance: Provenance
    register_number: str = ""
    agreement_id: int = 0
    remarks: list[Remark] = field(default_factory=list)
    refusals: tuple[Refusal, ...] = ()
    before: AgreementContent | None = None
    after: AgreementContent | None = None
    before_hash: str = ""
    difference_count: int = 0
    sections: tuple[str, ...] = ()
    is_carried_whole: bool = False

    @property
    def differences(self) -> Differences | None:
        """What is changed in a draft that was there, or all that a new one says."""
        return differences(self.before or _blank(self.after), self.after) if self.after else None


def _blank(content: AgreementContent) -> AgreementContent:
    return AgreementContent(
        register_number=content.register_number,
        kind=content.kind,
        title=LocalisedText(),
        summary=LocalisedText(),
        legal_character=content.legal_character,
    )


@dataclass(frozen=True)
class Report:
    """All of a file; ``is_written`` tells whether anything of it was kept."""

    results: Sequence[ContentResult]
    is_written: bool

    @property
    def fingerprint(self) -> str:
        """The same as long as bringing the file in does the same to the same drafts."""
        told = hashlib.sha256()
        for one in self.results:
            told.update(f"{one.outcome}|{one.provenance.content_hash}|{one.before_hash}\n".encode())
        return told.hexdigest()

    @property
    def counts(self) -> dict[ContentOutcome, int]:
        found = Counter(one.outcome for one in self.results)
        return {outcome: found[outcome] for outcome in ContentOutcome}

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.counts[ContentOutcome.ADDED] or self.counts[ContentOutcome.CHANGED])
