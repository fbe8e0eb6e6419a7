"""What keeps a record from being published, in words, with where to mend it."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Section(TextChoices):
    """The sections of an agreement's page on the desk; the value is the anchor."""

    TITLES = "titles", _("Titles")
    SUMMARY = "summary", _("Summary")
    DATES = "dates", _("Dates")
    PARTICIPATIONS = "participations", _("Participants")
    SIGNATORIES = "signatories", _("Signatories")
    FUNDING = "funding", _("Funding")
    ACTIVITIES = "activities", _("Activities")
    RELATIONS = "relations", _("Relations")
    SOURCES = "sources", _("Sources")
    STATEMENTS = "statements", _("Statements")
    ANNOUNCEMENT = "announcement", _("Announcement")


class ProblemCode(TextChoices):
    TITLE_MISSING = "title_missing", _("The title is missing in %(language)s: write it.")
    SUMMARY_MISSING = "summary_missing", _("The summary is missing in %(language)s: write it.")
    TOO_FEW_PARTIES = "too_few_parties", _("An agreement needs at least two parties: add them as participants.")
    NO_SOURCE = "no_source", _("No source is named: say where the facts come from.")
    DATE_WITHOUT_SOURCE = "date_without_source", _("The date “%(what)s” names no source: choose one.")
    DATES_OUT_OF_ORDER = "dates_out_of_order", _("“%(second)s” is earlier than “%(first)s”: correct one of them.")
    DATES_CONTRADICT = "dates_contradict", _("An agreement can't be both ended and terminated: keep one of the dates.")
    SIGNATORY_OF_NO_PARTY = (
        "signatory_of_no_party",
        _("%(who)s signed for %(organisation)s, which is not a party: correct the signatory or add the party."),
    )
    FUNDING_OF_NO_FUNDER = (
        "funding_of_no_funder",
        _("%(organisation)s gives funding but is not listed as a funder: add it as a participant."),
    )
    RELATION_TO_UNPUBLISHED = (
        "relation_to_unpublished",
        _("%(number)s is named as related but was never published: publish it first, or take the relation out."),
    )
    SPEAKER_CAPACITY_MISSING = (
        "speaker_capacity_missing",
        _("The statement by %(who)s does not say in what capacity: write it."),
    )
    STATEMENT_WITHOUT_SOURCE = "statement_without_source", _("The statement by %(who)s names no source: choose one.")
    ANNOUNCEMENT_WITHOUT_SOURCE = "announcement_without_source", _("The announcement names no source: choose one.")


@dataclass(frozen=True)
class Problem:
    """One thing to mend: what it is, in which section of the desk's page, and the names in it."""

    code: ProblemCode
    section: Section
    details: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return str(self.code.label) % dict(self.details)
