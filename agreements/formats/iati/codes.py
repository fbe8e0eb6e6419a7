"""The portal's own words as codes of IATI 2.03's lists; a test holds each against the list it is from."""

from typing import Final

from agreements.vocabulary.kinds import (
    ActivityStatus,
    CoordinatePrecision,
    DocumentKind,
    FundingKind,
    LegalStatus,
    OrganizationKind,
    PlaceKind,
    RelationKind,
    ReverseRelationKind,
)

VERSION: Final = "2.03"

# OrganisationRole
FUNDING, ACCOUNTABLE, EXTENDING, IMPLEMENTING = "1", "2", "3", "4"

ORGANIZATION_TYPES: Final = {
    OrganizationKind.INTERNATIONAL: "40",
    OrganizationKind.GOVERNMENT: "10",
    OrganizationKind.MINISTRY_OR_COMMISSION: "10",
    OrganizationKind.ACADEMIC: "80",
    OrganizationKind.PRIVATE: "70",
    OrganizationKind.OTHER: "90",
}
"""OrganisationType. It asks whether a donor is public and where an NGO works, which a record does not say: no type."""

# ActivityStatus
PIPELINE, IMPLEMENTATION, CLOSED, CANCELLED, SUSPENDED = "1", "2", "4", "5", "6"

AGREEMENT_STATUSES: Final = {
    LegalStatus.NOT_STATED: PIPELINE,
    LegalStatus.ANNOUNCED: IMPLEMENTATION,
    LegalStatus.SIGNED: IMPLEMENTATION,
    LegalStatus.IN_FORCE: IMPLEMENTATION,
    LegalStatus.SUSPENDED: SUSPENDED,
    LegalStatus.EXPIRED: CLOSED,
    LegalStatus.TERMINATED: CLOSED,
    LegalStatus.SUPERSEDED: CLOSED,
}
WORK_STATUSES: Final = {
    ActivityStatus.PLANNED: PIPELINE,
    ActivityStatus.UNDER_WAY: IMPLEMENTATION,
    ActivityStatus.COMPLETED: CLOSED,
    ActivityStatus.SUSPENDED: SUSPENDED,
    ActivityStatus.CANCELLED: CANCELLED,
}

# ActivityDateType
PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"

# DescriptionType
GENERAL, OBJECTIVES, TARGET_GROUPS, OTHER = "1", "2", "3", "4"

# RelatedActivityType
PARENT, CHILD = "1", "2"

RELATIONS: Final[dict[RelationKind | ReverseRelationKind, str]] = {
    RelationKind.PART_OF: PARENT,
    RelationKind.IMPLEMENTS: PARENT,
    ReverseRelationKind.HAS_PART: CHILD,
    ReverseRelationKind.IMPLEMENTED_BY: CHILD,
}
"""Who amends, renews or supersedes another is neither its parent nor its child: such relations are told in words."""

# OtherIdentifierType, ContactType, GeographicLocationReach, ActivityScope
OTHER_IDENTIFIER, GENERAL_ENQUIRIES, ACTIVITY_TAKES_PLACE = "A9", "1", "1"
MULTINATIONAL, NATIONAL = "3", "4"

# Region of OECD DAC: developing countries, unspecified
UNSPECIFIED_REGION: Final = "998"

# Sector of OECD DAC: orderly, safe, regular migration · sectors not specified
MIGRATION, UNSPECIFIED_SECTOR = "15190", "99810"

# TagVocabulary
SDG_GOAL, SDG_TARGET, OWN = "2", "3", "99"

APPROXIMATE: Final = "2"
EXACTNESS: Final = {
    CoordinatePrecision.EXACT: "1",
    CoordinatePrecision.TOWN: APPROXIMATE,
    CoordinatePrecision.APPROXIMATE: APPROXIMATE,
    CoordinatePrecision.UNVERIFIED: APPROXIMATE,
}
"""GeographicExactness: exact, approximate."""

LOCATION_CLASSES: Final = {
    PlaceKind.LAND_CROSSING: "3",
    PlaceKind.SEA_PORT: "3",
    PlaceKind.AIRPORT: "3",
    PlaceKind.CITY: "2",
    PlaceKind.GOVERNORATE: "1",
    PlaceKind.COUNTRY: "1",
    PlaceKind.OFFICE: "3",
}
"""GeographicLocationClass: administrative region, populated place, structure."""

FEATURES: Final = {
    PlaceKind.LAND_CROSSING: "PSTB",
    PlaceKind.SEA_PORT: "PRT",
    PlaceKind.AIRPORT: "AIRP",
    PlaceKind.CITY: "PPL",
    PlaceKind.GOVERNORATE: "ADM1",
    PlaceKind.COUNTRY: "PCLI",
    PlaceKind.OFFICE: "BLDO",
}
"""LocationType, as GeoNames has it: border post, port, airport, and so on."""

ISO_COUNTRY: Final = "A4"  # GeographicVocabulary

MEMORANDUM, RESULTS, WEB_PAGE = "A09", "A08", "A12"
DOCUMENT_CATEGORIES: Final = {
    DocumentKind.AUTHENTIC_TEXT: MEMORANDUM,
    DocumentKind.ANNEX: MEMORANDUM,
    DocumentKind.REPORT: RESULTS,
}
"""DocumentCategory. It has none for a photograph or for what is only called "other"."""

INCOMING_COMMITMENT: Final = "11"  # TransactionType
ORIGINAL_BUDGET, COMMITTED_BUDGET = "1", "2"  # BudgetType, BudgetStatus
FINANCE_TYPES: Final = {FundingKind.GRANT: "110", FundingKind.LOAN: "421"}
