"""What a table says of one agreement: the contract between its reader and the plan.

The reader fills it with values that are parsed but not yet held against the register. What the file does not say is
absent, and absent never erases: an import adds and overwrites, and removes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from agreements.vocabulary.kinds import DateKind, ParticipationRole

AGREEMENT_TEXTS: Final = ("title", "summary", "purpose", "duration", "renewal", "termination")
"""The stems of an agreement's own texts, as its columns have them."""

AGREEMENT_VALUES: Final = (
    "kind", "legal_character", "written_in", "standing_en", "standing_ar", "standing_ckb",
    "renewal_kind", "renewal_months", "notice_length", "notice_unit", "review_months",
)  # fmt: skip
"""Its other columns that a file can give: codes of ``vocabulary.kinds``, and whole numbers."""


@dataclass(frozen=True, slots=True)
class IncomingFunding:
    """What one funder gives; without an amount it is not stated. ``start`` and ``end`` are partial dates."""

    funder: str
    amount: Decimal | None = None
    currency: str = ""
    is_undisclosed: bool = False
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class IncomingAgreement:
    """One agreement as a file gives it.

    Attributes:
        number: its row or its place in the file, counted from 1, for the report.
        register_number: which agreement of the register it is; empty where the file does not say.
        reference: what the file calls it, the same in every version of the file. Together with the
            ``collection`` that the import belongs to it is the key that later runs find the agreement by.
        texts: by column, such as ``title_ar``.
        values: by column of ``AGREEMENT_VALUES``; codes, not labels.
        dates: kind and partial date (ISO 8601 cut at its precision).
        participations: role and organisation as the file names it, in its order.
        places, frameworks: what the file calls them: identifiers or names in any language.
        cells: where each of these stands in the file, such as ``{"title_en": "C17"}``: columns by their name,
            dates as ``date:signed``, roles as ``role:party``.
    """

    number: int
    reference: str = ""
    register_number: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str | int] = field(default_factory=dict)
    dates: tuple[tuple[DateKind, str], ...] = ()
    participations: tuple[tuple[ParticipationRole, str], ...] = ()
    funding: tuple[IncomingFunding, ...] = ()
    places: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The first title there is, for the report."""
        return next((self.texts[name] for name in ("title_en", "title_ar", "title_ckb") if name in self.texts), "")
