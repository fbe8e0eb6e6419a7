"""Gathers the rooms' models for Django; no room imports this module."""

from agreements.correspondence.limits import Attempts
from agreements.correspondence.models import Report
from agreements.editions.models import Edition, LogEntry
from agreements.editions.tree_models import Checkpoint, TreeLeaf
from agreements.intake.contents.models import Delivery, Origin
from agreements.intake.models import Import, ImportedAgreement, ImportName, ImportRow, SavedMapping
from agreements.register.models.agreements import Agreement, AgreementDate, AgreementRelation, FrameworkLink
from agreements.register.models.directories import (
    Framework,
    Objective,
    Organization,
    OrganizationAlias,
    Place,
    Principle,
    Source,
)
from agreements.register.models.editorial import AcceptedWarning, ReviewComment, TimelineEntry
from agreements.register.models.notes import CorrectionNote
from agreements.register.models.other_side import Correction, PartyLink, SealLink
from agreements.register.models.participants import Funding, Participation, Signatory
from agreements.register.models.texts import ConfirmedTranslation, TextState
from agreements.register.models.words_and_files import Announcement, Contact, Document, Statement
from agreements.register.models.work import Activity, Obligation, ProgressNote
from agreements.reminders.models import DailyRun, Digest, DigestDelivery, Reminder, StaffProfile
from agreements.search.models import FacetValue, SearchEntry, SearchWord
from agreements.search.thing_models import ComingDate, Mention, MentionCount, NotedEdition, Thing
from agreements.summaries.models import Summary
from agreements.summaries.others.models import OtherSeal, OtherSealDecision

__all__ = [
    "AcceptedWarning",
    "Activity",
    "Agreement",
    "AgreementDate",
    "AgreementRelation",
    "Announcement",
    "Attempts",
    "Checkpoint",
    "ComingDate",
    "ConfirmedTranslation",
    "Contact",
    "Correction",
    "CorrectionNote",
    "DailyRun",
    "Delivery",
    "Digest",
    "DigestDelivery",
    "Document",
    "Edition",
    "FacetValue",
    "Framework",
    "FrameworkLink",
    "Funding",
    "Import",
    "ImportName",
    "ImportRow",
    "ImportedAgreement",
    "LogEntry",
    "Mention",
    "MentionCount",
    "NotedEdition",
    "Objective",
    "Obligation",
    "Organization",
    "OrganizationAlias",
    "Origin",
    "OtherSeal",
    "OtherSealDecision",
    "Participation",
    "PartyLink",
    "Place",
    "Principle",
    "ProgressNote",
    "Reminder",
    "Report",
    "ReviewComment",
    "SavedMapping",
    "SealLink",
    "SearchEntry",
    "SearchWord",
    "Signatory",
    "Source",
    "StaffProfile",
    "Statement",
    "Summary",
    "TextState",
    "Thing",
    "TimelineEntry",
    "TreeLeaf",
]
