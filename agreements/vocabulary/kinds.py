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


class LogKind(TextChoices):
    PUBLICATION = "publication", _("Publication")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
