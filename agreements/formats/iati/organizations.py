"""Organisations: who reports, who takes part in which role, who gives and who receives."""

import re
from collections.abc import Iterator
from typing import Final

from agreements.editions.content import AgreementContent, Organization, OrganizationName, Participation
from agreements.formats.iati import codes
from agreements.formats.iati.elements import XML_LANG, Element, add, narrate
from agreements.formats.iati.subject import Reporter, Subject
from agreements.vocabulary.kinds import OrganizationKind, ParticipationRole

_IDENTIFIER: Final = re.compile(r"[^\s/&|?]+")
"""Rules 1.8.1 and 1.8.13: neither blanks nor these signs."""

_STATE: Final = (OrganizationKind.GOVERNMENT, OrganizationKind.MINISTRY_OR_COMMISSION)


def add_reporter(activity: Element, subject: Subject) -> None:
    """The reporting organisation; a secondary reporter unless it takes part in the agreement itself."""
    reporter = subject.reporter
    takes_part = any(one.identifier == reporter.ref for one in known_organizations(subject.content).values())
    flag = "0" if takes_part else "1"
    reporting = add(activity, "reporting-org", {"ref": reporter.ref, "type": reporter.type, "secondary-reporter": flag})
    add(reporting, "narrative", {XML_LANG: "en"}, reporter.name)


def known_organizations(content: AgreementContent) -> dict[str, Organization]:
    """The organisations that the record describes in full, by their id."""
    taking_part = (one for row in content.participations for one in (row.organization, row.acting_through))
    return {one.id: one for one in taking_part if one is not None}


def add_participants(activity: Element, subject: Subject) -> None:
    """The agreement's participants in IATI's roles; who only witnesses or benefits has none."""
    roles = [pair for row in subject.content.participations for pair in _roles(row)]
    for role, organization in dict.fromkeys(roles):
        _add_participant(activity, role, organization)
    if not roles:
        _add_reporter_as_accountable(activity, subject.reporter)


def _roles(row: Participation) -> Iterator[tuple[str, Organization]]:
    """A participation's roles; a body that a funder acts through passes the funds on: extending."""
    match row.role:
        case ParticipationRole.FUNDER:
            role, through = codes.FUNDING, codes.EXTENDING
        case ParticipationRole.PARTY:
            role = through = codes.ACCOUNTABLE if row.organization.kind in _STATE else codes.IMPLEMENTING
        case ParticipationRole.IMPLEMENTING_PARTNER:
            role = through = codes.IMPLEMENTING
        case _:
            return
    yield role, row.organization
    if row.acting_through is not None:
        yield through, row.acting_through


def add_named(activity: Element, subject: Subject, roles: list[tuple[str, OrganizationName]]) -> None:
    """Organisations that a part of the record names; without any, the agreement's parties."""
    known = known_organizations(subject.content)
    for role, organization in dict.fromkeys(roles):
        _add_participant(activity, role, known.get(organization.id, organization))
    parties = [] if roles else [pair for row in subject.content.parties for pair in _roles(row)]
    for role, party in dict.fromkeys(parties):
        _add_participant(activity, role, party)
    if not roles and not parties:
        _add_reporter_as_accountable(activity, subject.reporter)


def add_side(parent: Element, tag: str, subject: Subject, organization: OrganizationName) -> None:
    """Who provides or receives an amount."""
    found = known_organizations(subject.content).get(organization.id, organization)
    narrate(add(parent, tag, _reference(found)), found.name, otherwise=found.id)


def recipient_countries(content: AgreementContent) -> list[str]:
    """ISO 3166-1 codes: those of the states that are parties or benefit, without funders; else those of places."""
    funders = {one.organization.id for one in content.funders}
    parties = [one for one in content.parties if one.organization.kind in _STATE]
    beneficiaries = content.participants(ParticipationRole.BENEFICIARY)
    states = [one.organization for one in (*parties, *beneficiaries) if one.organization.id not in funders]
    for found in (states, (*content.places, *(place for one in content.activities for place in one.places))):
        countries = [one.country for one in found if one.country]
        if countries:
            return list(dict.fromkeys(countries))
    return []


def _add_participant(activity: Element, role: str, organization: Organization | OrganizationName) -> None:
    participant = add(activity, "participating-org", {**_reference(organization), "role": role})
    narrate(participant, organization.name, otherwise=organization.id)


def _add_reporter_as_accountable(activity: Element, reporter: Reporter) -> None:
    """The standard asks for one participant. Where a record names none, the reporter accounts for what it says."""
    attributes = {"ref": reporter.ref, "type": reporter.type, "role": codes.ACCOUNTABLE}
    add(add(activity, "participating-org", {**attributes}), "narrative", {XML_LANG: "en"}, reporter.name)


def _reference(organization: Organization | OrganizationName) -> dict[str, str | None]:
    """Identifier and type, where they are known: none is ever made up."""
    if isinstance(organization, OrganizationName):
        return {}
    identifier = organization.identifier
    is_fit = identifier is not None and _IDENTIFIER.fullmatch(identifier)
    return {"ref": identifier if is_fit else None, "type": codes.ORGANIZATION_TYPES.get(organization.kind)}
