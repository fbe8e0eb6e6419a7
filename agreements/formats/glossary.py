"""The register's words and what they mean; anchors stay the same, because other pages link to them."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Term:
    """A word, and what it means here."""

    anchor: str
    word: str | Promise
    meaning: str | Promise


TERMS: Final = (
    Term(
        "agreement",
        pgettext_lazy("glossary", "Agreement"),
        _(
            "An instrument between organisations that this register keeps: a memorandum of cooperation or of "
            "understanding, a letter of intent, a framework agreement, a protocol, an amendment or another one."
        ),
    ),
    Term(
        "organisation",
        pgettext_lazy("glossary", "Organisation"),
        _(
            "A body that an agreement names: an international organisation, a government, a ministry or commission, "
            "a donor, an association, a university or a company. It may be part of another one."
        ),
    ),
    Term("party", pgettext_lazy("glossary", "Party"), _("An organisation that the agreement binds.")),
    Term(
        "signatory",
        pgettext_lazy("glossary", "Signatory"),
        _("A person who signed for a party, with the office held at that time."),
    ),
    Term(
        "funder",
        pgettext_lazy("glossary", "Funder"),
        _("An organisation that pays for work under the agreement. The amount is shown only where a source states it."),
    ),
    Term(
        "implementing-partner",
        pgettext_lazy("glossary", "Implementing partner"),
        _("An organisation that carries out work under the agreement without being a party."),
    ),
    Term(
        "beneficiary",
        pgettext_lazy("glossary", "Beneficiary"),
        _("An organisation that the work is done for."),
    ),
    Term(
        "witness",
        pgettext_lazy("glossary", "Witness"),
        _("An organisation that was present at the signing and is not bound by it."),
    ),
    Term(
        "activity",
        pgettext_lazy("glossary", "Activity"),
        _("Work under the agreement, with its status, dates, places and those responsible, as far as sources tell."),
    ),
    Term(
        "obligation",
        pgettext_lazy("glossary", "Obligation"),
        _("Something that a party must do, by a day where one is stated."),
    ),
    Term(
        "framework",
        pgettext_lazy("glossary", "Framework"),
        _(
            "A plan that several agreements serve, such as the Global Compact for Migration, the Sustainable "
            "Development Goals or a national strategy."
        ),
    ),
    Term("objective", pgettext_lazy("glossary", "Objective"), _("A numbered aim of a framework.")),
    Term(
        "place",
        pgettext_lazy("glossary", "Place"),
        _(
            "Where activities happen: a border crossing, a port, an airport, an office, a city or a governorate. "
            "Marks on maps are hollow where the position is only approximate."
        ),
    ),
    Term(
        "statement",
        pgettext_lazy("glossary", "Statement"),
        _("What a named person said about the agreement, in what office, when, and where that is reported."),
    ),
    Term(
        "announcement",
        pgettext_lazy("glossary", "Announcement"),
        _("The press release that made the agreement known."),
    ),
    Term(
        "document",
        pgettext_lazy("glossary", "Document"),
        _("A file that belongs to the record: the authentic text, an annex, a report or a photograph."),
    ),
    Term(
        "source",
        pgettext_lazy("glossary", "Source"),
        _("Where a fact comes from. Small numbers behind facts lead to it."),
    ),
    Term(
        "not-stated",
        pgettext_lazy("glossary", "Not stated"),
        _("No source says it. The register does not guess: it says so, with a hollow dot and in words."),
    ),
    Term(
        "legal-status",
        pgettext_lazy("glossary", "Legal status"),
        _(
            "Whether the agreement is announced, signed, in force, suspended, expired, terminated or superseded. "
            "Nobody types it in: it follows from the dates of the record, for the day beside it, in Baghdad."
        ),
    ),
    Term(
        "edition",
        pgettext_lazy("glossary", "Edition"),
        _(
            "The record as it was published on one day. An edition is never changed; a mistake is corrected by the "
            "next one, and any two can be compared."
        ),
    ),
    Term(
        "log-entry",
        pgettext_lazy("glossary", "Log entry"),
        _(
            "A publication or a withdrawal in the one log of the register. Each entry holds the hash of the one "
            "before, so that the past can’t be changed unseen."
        ),
    ),
    Term(
        "hash",
        pgettext_lazy("glossary", "Hash"),
        _("A fingerprint of a file or a text: whoever computes it anew sees whether a single letter was changed."),
    ),
    Term(
        "summary",
        pgettext_lazy("glossary", "Summary"),
        _("The PDF that is made from one edition in one language. It is not the agreement itself."),
    ),
    Term(
        "seal",
        pgettext_lazy("glossary", "Seal"),
        _(
            "The register’s electronic signature on a summary. It says that the file is exactly what the register "
            "published, and not that the agreement is valid."
        ),
    ),
)  # fmt: skip

_BY_SECTION: Final = {
    "summary": ("agreement", "legal-status", "not-stated"),
    "parties": ("party",),
    "signatories": ("signatory",),
    "funders": ("funder",),
    "others": ("implementing-partner", "beneficiary", "witness"),
    "activities": ("activity",),
    "obligations": ("obligation",),
    "frameworks": ("framework", "objective"),
    "places": ("place",),
    "statements": ("statement",),
    "announcement": ("announcement",),
    "documents": ("document",),
    "sources": ("source",),
    "edition": ("edition", "hash", "summary", "seal"),
}

_BY_ANCHOR: Final = {one.anchor: one for one in TERMS}


def term_named(anchor: str) -> Term:
    """The term with this anchor.

    Raises:
        KeyError: there is none, which is a mistake in a template.
    """
    return _BY_ANCHOR[anchor]


def terms_of_sections(anchors: list[str]) -> tuple[Term, ...]:
    """The words that the sections of an agreement's page use, in the page's order."""
    return tuple(_BY_ANCHOR[term] for anchor in anchors for term in _BY_SECTION.get(anchor, ()))
