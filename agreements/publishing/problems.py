"""What keeps a record from being published, in words, with where to mend it."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.vocabulary.sections import Section


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
    UNCONFIRMED = (
        "unconfirmed",
        _("“%(what)s” is not confirmed yet: find it confirmed and untick the box, or remove it."),
    )
    DOCUMENT_UNSIGNED = (
        "document_unsigned",
        _("“%(what)s” is a copy without signatures: upload the signed text, or keep the file internal."),
    )
    DOCUMENT_INFECTED = (
        "document_infected",
        _("“%(what)s” is infected (%(found)s): remove it, and upload a clean copy."),
    )
    DOCUMENT_NOT_SCANNED = (
        "document_not_scanned",
        _("“%(what)s” could not be scanned for viruses: try again, or have an administrator look at the scanner."),
    )
    CHANGED_SINCE_APPROVAL = (
        "changed_since_approval",
        _("Something that the record names was changed after it was approved: ask for changes and review it again."),
    )


class WarningCode(TextChoices):
    """What may be published all the same, once a reviewer has said why."""

    TRANSLATION_OLDER = "translation_older", _("“%(what)s” is older than the text it translates: bring it up to date.")
    ACTIVITY_WITHOUT_STATUS = "activity_without_status", _("The activity “%(what)s” has no status: choose one.")
    DOCUMENT_ENCRYPTED = (
        "document_encrypted",
        _("“%(what)s” is encrypted: not everybody can open it, and no virus scanner can look inside."),
    )
    NOTICE_PASSED = (
        "notice_passed",
        _("The last day to give notice, %(day)s, has passed: make sure that the record says what was decided."),
    )
    END_PASSED = (
        "end_passed",
        _("The planned end, %(day)s, has passed: record the end, or how the agreement goes on."),
    )
    OBLIGATION_PASSED = (
        "obligation_passed",
        _("“%(what)s” was due on %(day)s and is still open: record what came of it."),
    )
    ACTIVITY_PASSED = (
        "activity_passed",
        _("The activity “%(what)s” should have ended on %(day)s: record how it stands."),
    )
    COMMENTS_OPEN = "comments_open", _("“%(what)s” has open comments (%(count)s): settle them.")
    CONFIRMATION_OLDER = (
        "confirmation_older",
        _("What %(what)s confirmed is an earlier text, so it does not count: ask again."),
    )
    CORRECTIONS_OPEN = (
        "corrections_open",
        _("Corrections by %(what)s are open: accept or decline them."),
    )


@dataclass(frozen=True)
class Problem:
    """One thing to mend: what it is, in which section of the desk's page, and the names in it.

    ``field`` is the input's name on that page, where there is one; ``key`` tells warnings apart.
    ``place`` is where on the review page it is settled instead of on the form.
    """

    code: ProblemCode | WarningCode
    section: Section
    details: tuple[tuple[str, str], ...] = ()
    field: str = ""
    key: str = ""
    place: str = ""

    @property
    def anchor(self) -> str:
        """Where on the agreement's form it is mended: the input, else its section."""
        return f"id_{self.field}" if self.field else str(self.section)

    def __str__(self) -> str:
        return str(self.code.label) % dict(self.details)
