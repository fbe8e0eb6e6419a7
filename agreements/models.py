"""Gathers the rooms' models for Django; no room imports this module."""

from agreements.editions.models import Edition, LogEntry
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
from agreements.register.models.participants import Funding, Participation, Signatory
from agreements.register.models.words_and_files import Announcement, Contact, Document, Statement
from agreements.register.models.work import Activity, Obligation, ProgressNote
from agreements.summaries.models import Summary

__all__ = [
    "Activity",
    "Agreement",
    "AgreementDate",
    "AgreementRelation",
    "Announcement",
    "Contact",
    "Document",
    "Edition",
    "Framework",
    "FrameworkLink",
    "Funding",
    "LogEntry",
    "Objective",
    "Obligation",
    "Organization",
    "OrganizationAlias",
    "Participation",
    "Place",
    "Principle",
    "ProgressNote",
    "Signatory",
    "Source",
    "Statement",
    "Summary",
]
