"""What each form of the data can carry of an agreement, field by field, and what is lost; a test finds out whether so.

Canonical JSON, and JSON Lines, which are the same a line, carry everything.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.editions.content import AgreementContent
from agreements.formats.difference_labels import label_of


class Carried(TextChoices):
    """How much of a field: every leaf of it, some, or none."""

    WHOLE = "whole", pgettext_lazy("of a field", "all of it")
    PART = "part", pgettext_lazy("of a field", "in part")
    NOTHING = "nothing", pgettext_lazy("of a field", "none")


@dataclass(frozen=True)
class Form:
    """A form of the data, and in words what it leaves out or changes."""

    name: str
    losses: Promise


FORMS: Final = (
    Form("CSV", _(
        "Thirteen tables, joined by register number. They leave out purpose, duration, renewal, termination and terms "
        "as texts, principles, statements, the announcement, contacts, confirmations and corrections. In "
        "agreements.csv several values of a cell are separated by “; ”. A text that a spreadsheet would take for a "
        "formula begins with an apostrophe."
    )),
    Form("XLSX", _(
        "Only the table of agreements: of participations, frameworks and places only identifiers and names, of funding "
        "only sums by currency. A sheet ends after 1,048,575 agreements, and a text after 32,767 characters."
    )),
    Form("JSON-LD", _(
        "What schema.org has words for. Parties, funders and implementing partners, but no other role; no amounts, "
        "activities, obligations, signatories, statements or documents. Dates are as precise as they are known."
    )),
    Form("Atom", _(
        "Only that something was published or withdrawn, when and why: the title, and the note of what changed or the "
        "summary, each in one language."
    )),
    Form("iCalendar", _(
        "Only dates, in one language. A day that is known to the month fills the month; one that is known to the year "
        "stands on its first day, and the entry says that the day is not stated. Renewals follow from the terms."
    )),
    Form("IATI", _(
        "Days, amounts, points and identifiers only where they are known, because the format has no unknown; dates "
        "known to the month or the year, terms, amendments, witnesses and progress in words. No signatories, "
        "obligations, principles, statements, confirmations or corrections; of sources only that of the announcement."
    )),
)  # fmt: skip

_W, _P, _N = Carried.WHOLE, Carried.PART, Carried.NOTHING

CARRIED: Final[dict[str, tuple[Carried, ...]]] = {
    "schema_version": (_N, _N, _N, _N, _N, _N),
    "register_number": (_W, _W, _W, _W, _W, _W),
    "kind": (_W, _W, _W, _W, _N, _W),
    "title": (_W, _W, _W, _P, _P, _W),
    "standing": (_W, _W, _N, _N, _N, _N),
    "summary": (_W, _W, _W, _P, _N, _W),
    "purpose": (_N, _N, _N, _N, _N, _W),
    "legal_character": (_W, _W, _N, _N, _N, _W),
    "dates": (_W, _P, _P, _N, _P, _P),
    "duration": (_N, _N, _N, _N, _N, _W),
    "renewal": (_N, _N, _N, _N, _N, _W),
    "termination": (_N, _N, _N, _N, _N, _W),
    "terms": (_N, _N, _N, _N, _P, _N),
    "relations": (_W, _N, _P, _N, _N, _P),
    "participations": (_P, _P, _P, _N, _N, _P),
    "signatories": (_W, _N, _N, _N, _N, _N),
    "funding": (_W, _P, _N, _N, _N, _P),
    "activities": (_P, _N, _N, _N, _P, _P),
    "obligations": (_W, _N, _N, _N, _P, _N),
    "frameworks": (_P, _P, _P, _N, _N, _P),
    "principles": (_N, _N, _N, _N, _N, _N),
    "places": (_W, _P, _P, _N, _N, _P),
    "statements": (_N, _N, _N, _N, _N, _N),
    "announcement": (_P, _N, _N, _N, _N, _P),
    "documents": (_W, _N, _N, _N, _N, _P),
    "contacts": (_N, _N, _N, _N, _N, _P),
    "sources": (_W, _N, _P, _N, _N, _P),
    "confirmations": (_N, _N, _N, _N, _N, _N),
    "corrections": (_N, _N, _N, _N, _N, _N),
    "reviewed_by_another": (_W, _W, _N, _N, _N, _N),
}
"""How much of each field of the content contract each of the forms carries, in their order."""

_NAMES: Final = {
    "schema_version": _("Version of the content contract"),
    "standing": _("Standing of the texts"),
    "terms": pgettext_lazy("of an agreement", "Terms to reckon by"),
}


@dataclass(frozen=True)
class CarriedField:
    """A line of the table: a field by its name in the contract and in words, and how much each form carries."""

    field: str
    name: str
    carried: tuple[Carried, ...]

    @property
    def cells(self) -> list[tuple[Form, Carried]]:
        return list(zip(FORMS, self.carried, strict=True))


def carried_fields() -> list[CarriedField]:
    """The table in the active language, in the contract's order."""
    return [
        CarriedField(field, str(_NAMES.get(field) or label_of(AgreementContent, field)), carried)
        for field, carried in CARRIED.items()
    ]
