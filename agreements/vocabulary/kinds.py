"""Kinds, roles and statuses: the closed lists of the register, with their translated names."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreementKind(TextChoices):
    MEMORANDUM_OF_COOPERATION = "memorandum_of_cooperation", _("Memorandum of Cooperation")
    MEMORANDUM_OF_UNDERSTANDING = "memorandum_of_understanding", _("Memorandum of Understanding")
    LETTER_OF_INTENT = "letter_of_intent", _("Letter of Intent")
    FRAMEWORK_AGREEMENT = "framework_agreement", _("Framework Agreement")
    PROTOCOL = "protocol", _("Protocol")
    AMENDMENT = "amendment", _("Amendment")
    OTHER = "other", pgettext_lazy("kind of agreement", "Other")


class LegalCharacter(TextChoices):
    BINDING = "binding", _("Binding")
    NON_BINDING = "non_binding", _("Non-binding")
    NOT_STATED = "not_stated", _("Not stated")


class TextStanding(TextChoices):
    """What an agreement's text in one language is worth."""

    AUTHENTIC = "authentic", _("authentic text")
    OFFICIAL = "official", _("official translation")
    COURTESY = "courtesy", _("courtesy translation")
    NOT_STATED = "not_stated", _("Not stated")


class LegalStatus(TextChoices):
    """Derived from dates and relations on a given day; never typed in."""

    NOT_STATED = "not_stated", _("Not stated")
    ANNOUNCED = "announced", pgettext_lazy("legal status", "Announced")
    SIGNED = "signed", pgettext_lazy("legal status", "Signed")
    IN_FORCE = "in_force", pgettext_lazy("legal status", "In force")
    SUSPENDED = "suspended", pgettext_lazy("legal status", "Suspended")
    EXPIRED = "expired", pgettext_lazy("legal status", "Expired")
    TERMINATED = "terminated", pgettext_lazy("legal status", "Terminated")
    SUPERSEDED = "superseded", pgettext_lazy("legal status", "Superseded")


class DateKind(TextChoices):
    ANNOUNCED = "announced", pgettext_lazy("date", "Announced")
    SIGNED = "signed", pgettext_lazy("date", "Signed")
    APPROVED = "approved", pgettext_lazy("date", "Approved")
    IN_FORCE = "in_force", pgettext_lazy("date", "In force from")
    SUSPENDED = "suspended", pgettext_lazy("date", "Suspended from")
    RESUMED = "resumed", pgettext_lazy("date", "Resumed")
    PLANNED_END = "planned_end", pgettext_lazy("date", "Planned end")
    ENDED = "ended", pgettext_lazy("date", "Ended")
    TERMINATED = "terminated", pgettext_lazy("date", "Terminated")
    REVIEW = "review", pgettext_lazy("date", "Review")


class RenewalKind(TextChoices):
    """What happens when a term of an agreement ends."""

    NOT_STATED = "not_stated", _("Not stated")
    NONE = "none", pgettext_lazy("renewal", "Not renewed: it ends")
    TACIT = "tacit", pgettext_lazy("renewal", "Tacit: renewed unless notice is given")
    BY_AGREEMENT = "by_agreement", pgettext_lazy("renewal", "By agreement of the parties")


class NoticeUnit(TextChoices):
    DAYS = "days", pgettext_lazy("notice period", "days")
    MONTHS = "months", pgettext_lazy("notice period", "months")


class KeyKind(TextChoices):
    """Days that staff are reminded of."""

    END = "end", pgettext_lazy("key date", "Planned end")
    NOTICE = "notice", pgettext_lazy("key date", "Last day to give notice")
    RENEWAL = "renewal", pgettext_lazy("key date", "Tacit renewal")
    REVIEW = "review", pgettext_lazy("key date", "Review")
    OBLIGATION = "obligation", pgettext_lazy("key date", "Obligation due")
    ACTIVITY = "activity", pgettext_lazy("key date", "Activity ends")


class RelationKind(TextChoices):
    """How one agreement stands to another, said from the first one's side."""

    AMENDS = "amends", _("Amends")
    RENEWS = "renews", _("Renews")
    SUPERSEDES = "supersedes", _("Supersedes")
    IMPLEMENTS = "implements", _("Implements")
    PART_OF = "part_of", _("Is part of")


class ReverseRelationKind(TextChoices):
    """The same relations, said from the other side."""

    AMENDED_BY = "amended_by", _("Amended by")
    RENEWED_BY = "renewed_by", _("Renewed by")
    SUPERSEDED_BY = "superseded_by", _("Superseded by")
    IMPLEMENTED_BY = "implemented_by", _("Implemented by")
    HAS_PART = "has_part", _("Has as a part")


REVERSE_RELATIONS = {
    RelationKind.AMENDS: ReverseRelationKind.AMENDED_BY,
    RelationKind.RENEWS: ReverseRelationKind.RENEWED_BY,
    RelationKind.SUPERSEDES: ReverseRelationKind.SUPERSEDED_BY,
    RelationKind.IMPLEMENTS: ReverseRelationKind.IMPLEMENTED_BY,
    RelationKind.PART_OF: ReverseRelationKind.HAS_PART,
}


class OrganizationKind(TextChoices):
    INTERNATIONAL = "international", _("International organisation")
    GOVERNMENT = "government", _("Government")
    MINISTRY_OR_COMMISSION = "ministry_or_commission", _("Ministry or commission")
    DONOR = "donor", _("Donor")
    NGO = "ngo", _("Non-governmental organisation")
    ACADEMIC = "academic", _("Academic institution")
    PRIVATE = "private", _("Private company")
    OTHER = "other", pgettext_lazy("kind of organisation", "Other")


class ParticipationRole(TextChoices):
    PARTY = "party", _("Party")
    FUNDER = "funder", _("Funder")
    IMPLEMENTING_PARTNER = "implementing_partner", _("Implementing partner")
    BENEFICIARY = "beneficiary", _("Beneficiary")
    WITNESS = "witness", _("Witness")


class FundingKind(TextChoices):
    GRANT = "grant", _("Grant")
    LOAN = "loan", _("Loan")
    IN_KIND = "in_kind", _("In kind")
    OTHER = "other", pgettext_lazy("kind of funding", "Other")
    NOT_STATED = "not_stated", _("Not stated")


class ActivityStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("activity", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("activity", "Under way")
    COMPLETED = "completed", pgettext_lazy("activity", "Completed")
    SUSPENDED = "suspended", pgettext_lazy("activity", "Suspended")
    CANCELLED = "cancelled", pgettext_lazy("activity", "Cancelled")
    NOT_STATED = "not_stated", _("Not stated")


class ObligationStatus(TextChoices):
    OPEN = "open", pgettext_lazy("obligation", "Open")
    FULFILLED = "fulfilled", pgettext_lazy("obligation", "Fulfilled")
    OVERDUE = "overdue", pgettext_lazy("obligation", "Overdue")
    WAIVED = "waived", pgettext_lazy("obligation", "Waived")
    NOT_STATED = "not_stated", _("Not stated")


class FrameworkKind(TextChoices):
    GLOBAL = "global", _("Global framework")
    NATIONAL = "national", _("National strategy")
    MODEL = "model", _("Model of work")
    OTHER = "other", pgettext_lazy("kind of framework", "Other")


class PlaceKind(TextChoices):
    LAND_CROSSING = "land_crossing", _("Land border crossing")
    SEA_PORT = "sea_port", _("Sea port")
    AIRPORT = "airport", _("Airport")
    CITY = "city", _("City")
    GOVERNORATE = "governorate", _("Governorate")
    COUNTRY = "country", _("Country")
    OFFICE = "office", _("Office")


class CoordinatePrecision(TextChoices):
    EXACT = "exact", _("Exact to the crossing, port or airport")
    TOWN = "town", _("Town or its surroundings")
    APPROXIMATE = "approximate", _("Approximate")
    UNVERIFIED = "unverified", _("Unverified")
    NOT_STATED = "not_stated", _("Not stated")


class StatementForm(TextChoices):
    REPORTED = "reported", _("Reported speech")
    VERBATIM = "verbatim", _("Verbatim quotation")


class DocumentKind(TextChoices):
    AUTHENTIC_TEXT = "authentic_text", _("Authentic text")
    ANNEX = "annex", _("Annex")
    REPORT = "report", _("Report")
    PHOTOGRAPH = "photograph", _("Photograph")
    OTHER = "other", pgettext_lazy("kind of document", "Other")


class ScanResult(TextChoices):
    """What a virus scanner said of a file."""

    NOT_SCANNED = "not_scanned", pgettext_lazy("virus scan", "Not scanned")
    CLEAN = "clean", pgettext_lazy("virus scan", "Clean")
    INFECTED = "infected", pgettext_lazy("virus scan", "Infected")


class TextLanguage(TextChoices):
    """Languages that a source or a document may be in."""

    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    KURDISH = "ckb", _("Central Kurdish")
    FRENCH = "fr", _("French")
    OTHER = "mul", _("Several or another language")


class WorkingState(TextChoices):
    """Where the next edition of an agreement stands on the editors' side."""

    DRAFT = "draft", pgettext_lazy("working state", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("working state", "In review")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("working state", "Changes requested")
    APPROVED = "approved", pgettext_lazy("working state", "Approved")
    SCHEDULED = "scheduled", pgettext_lazy("working state", "Scheduled")
    PUBLISHED = "published", pgettext_lazy("working state", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("working state", "Withdrawn")


class EventKind(TextChoices):
    """What happened to a record on its way to the public."""

    SUBMITTED = "submitted", pgettext_lazy("event", "Submitted for review")
    CLAIMED = "claimed", pgettext_lazy("event", "Review claimed")
    RELEASED = "released", pgettext_lazy("event", "Review given back")
    RETURNED = "returned", pgettext_lazy("event", "Changes requested")
    APPROVED = "approved", pgettext_lazy("event", "Approved")
    EDITED = "edited", pgettext_lazy("event", "Edited, so that it is a draft again")
    OVERRIDDEN = "overridden", pgettext_lazy("event", "Warning accepted")
    SCHEDULED = "scheduled", pgettext_lazy("event", "Scheduled")
    UNSCHEDULED = "unscheduled", pgettext_lazy("event", "Schedule cancelled")
    NOT_PUBLISHED = "not_published", pgettext_lazy("event", "Not published when it was due")
    PUBLISHED = "published", pgettext_lazy("event", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("event", "Withdrawn")
    LINK_MADE = "link_made", pgettext_lazy("event", "A party was asked to confirm")
    LINK_REVOKED = "link_revoked", pgettext_lazy("event", "Link revoked")
    CONFIRMED = "confirmed", pgettext_lazy("event", "Confirmed by the other side")
    CORRECTED = "corrected", pgettext_lazy("event", "Corrections proposed by the other side")
    CORRECTION_ACCEPTED = "correction_accepted", pgettext_lazy("event", "Correction accepted")
    CORRECTION_DECLINED = "correction_declined", pgettext_lazy("event", "Correction declined")
    REPORT_ACCEPTED = "report_accepted", pgettext_lazy("event", "A reader’s report accepted")
    SEAL_ASKED = "seal_asked", pgettext_lazy("event", "A party was asked to seal")
    SEAL_RECEIVED = "seal_received", pgettext_lazy("event", "A seal of the other side came")
    SEAL_ACCEPTED = "seal_accepted", pgettext_lazy("event", "Seal of the other side accepted")
    SEAL_DECLINED = "seal_declined", pgettext_lazy("event", "Seal of the other side declined")


class PartyAnswer(TextChoices):
    """What a person of a party said of a draft."""

    CONFIRMED = "confirmed", pgettext_lazy("answer", "Confirmed")
    CORRECTIONS = "corrections", pgettext_lazy("answer", "Corrections proposed")


class CorrectionState(TextChoices):
    """What became of a correction; who proposed it takes it back by answering through another link."""

    OPEN = "open", pgettext_lazy("correction", "Open")
    ACCEPTED = "accepted", pgettext_lazy("correction", "Accepted")
    DECLINED = "declined", pgettext_lazy("correction", "Declined")
    TAKEN_BACK = "taken_back", pgettext_lazy("correction", "Taken back")


class SealForm(TextChoices):
    """How the other side's seal comes; the values are also how the file's name ends."""

    PDF = "pdf", _("Sealed PDF")
    DER = "p7s", _("Signature beside the file (CMS)")
    PEM = "pem", _("Signature beside the file (CMS, as text)")


class ReportState(TextChoices):
    """What became of a reader's report of a mistake."""

    NEW = "new", pgettext_lazy("report", "New")
    SEEN = "seen", pgettext_lazy("report", "Looked at")
    ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")
    DECLINED = "declined", pgettext_lazy("report", "Declined")


class LogKind(TextChoices):
    PUBLICATION = "publication", _("Publication")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
