"""An agreement as an activity of the first level, and the work under it as activities of the second."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from agreements.editions.content import Activity, Funding, OrganizationName
from agreements.formats.iati import codes
from agreements.formats.iati.dates import add_agreement_dates, add_work_dates
from agreements.formats.iati.descriptions import describe_activity, describe_agreement, describe_funding, funded_by
from agreements.formats.iati.documents import add_contacts, add_documents
from agreements.formats.iati.elements import XML_LANG, Element, add, narrate
from agreements.formats.iati.money import add_budget, add_commitment, default_currency
from agreements.formats.iati.organizations import add_named, add_participants, add_reporter
from agreements.formats.iati.places import add_places, add_recipients, add_scope
from agreements.formats.iati.statuses import agreement_status, work_status
from agreements.formats.iati.subject import Subject
from agreements.formats.iati.topics import add_framework_tags, add_objective_tags, add_sector
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import ActivityStatus
from agreements.vocabulary.languages import LocalisedText


def iati_activities(subject: Subject) -> Iterator[Element]:
    """``iati-activity`` elements: the agreement's, then one for each activity and each funding that it records.

    The order of children is that of the schema.
    """
    activities = [(subject.identifier_of(number_of(subject), one.id), one) for one in subject.content.activities]
    fundings = [(subject.identifier_of(number_of(subject), key), one) for key, one in keyed_fundings(subject)]
    yield _agreement(subject, children=[identifier for identifier, _one in (*activities, *fundings)])
    for identifier, activity in activities:
        yield _activity(subject, identifier, activity)
    for identifier, funding in fundings:
        yield _funding(subject, identifier, funding)


def number_of(subject: Subject) -> str:
    return subject.content.register_number


def keyed_fundings(subject: Subject) -> Iterator[tuple[str, Funding]]:
    """Each funding with the last part of its identifier: the funder's id, and a number from a second one on.

    A record gives its fundings no names. So their identifiers hold as long as a funder's own stay in order.
    """
    seen: Counter[str] = Counter()
    for funding in subject.content.funding:
        seen[funding.funder.id] += 1
        count = seen[funding.funder.id]
        yield f"funding-{funding.funder.id}" + (f"-{count}" if count > 1 else ""), funding


def _agreement(subject: Subject, *, children: list[str]) -> Element:
    content, number = subject.content, number_of(subject)
    activity = _begin(subject, subject.identifier, level=1, title=content.title, otherwise=number)
    describe_agreement(activity, subject)
    add_participants(activity, subject)
    for identifier in (number, f"{number}/{subject.edition.number}"):
        other = add(activity, "other-identifier", {"ref": identifier, "type": codes.OTHER_IDENTIFIER})
        add(add(other, "owner-org"), "narrative", {XML_LANG: "en"}, "MOC Portal")
    status = agreement_status(subject)
    add(activity, "activity-status", {"code": status})
    add_agreement_dates(activity, subject, status=status)
    add_contacts(activity, content)
    add_scope(activity, subject)
    add_recipients(activity, subject)
    add_places(activity, content.places)
    add_sector(activity, content)
    add_framework_tags(activity, subject, content.frameworks)
    add_documents(activity, subject)
    for identifier in children:
        add(activity, "related-activity", {"ref": identifier, "type": codes.CHILD})
    for related in content.relations:
        if related.relation in codes.RELATIONS:
            ref = subject.identifier_of(related.register_number)
            add(activity, "related-activity", {"ref": ref, "type": codes.RELATIONS[related.relation]})
    return activity


def _activity(subject: Subject, identifier: str, work: Activity) -> Element:
    activity = _begin(subject, identifier, level=2, title=work.title, otherwise=work.id)
    describe_activity(activity, work)
    add_named(activity, subject, [(codes.IMPLEMENTING, one) for one in work.responsible])
    _add_state(activity, subject, stated=work.status, start=work.start, end=work.end)
    add_recipients(activity, subject)
    add_places(activity, work.places)
    add_sector(activity, subject.content)
    add_objective_tags(activity, subject, work.objectives)
    add(activity, "related-activity", {"ref": subject.identifier, "type": codes.PARENT})
    return activity


def _funding(subject: Subject, identifier: str, funding: Funding) -> Element:
    title = funding.purpose or funded_by(funding)
    activity = _begin(subject, identifier, level=2, title=title, otherwise=funding.funder.id)
    describe_funding(activity, funding)
    roles: list[tuple[str, OrganizationName]] = [(codes.FUNDING, funding.funder)]
    if funding.recipient is not None:
        roles.append((codes.IMPLEMENTING, funding.recipient))
    add_named(activity, subject, roles)
    _add_state(activity, subject, stated=ActivityStatus.NOT_STATED, start=funding.start, end=funding.end)
    add_recipients(activity, subject)
    add_sector(activity, subject.content)
    add_budget(activity, funding)
    add_commitment(activity, subject, funding)
    add(activity, "related-activity", {"ref": subject.identifier, "type": codes.PARENT})
    return activity


def _add_state(
    activity: Element, subject: Subject, *, stated: ActivityStatus, start: PartialDate, end: PartialDate
) -> None:
    status = work_status(subject, stated=stated, start=start, end=end)
    add(activity, "activity-status", {"code": status})
    add_work_dates(activity, subject, start=start, end=end, status=status)


def _begin(subject: Subject, identifier: str, *, level: int, title: LocalisedText, otherwise: str) -> Element:
    activity = etree.Element("iati-activity", {XML_LANG: "en"})
    currency = default_currency(subject.content)
    if currency is not None:
        activity.set("default-currency", currency)
    activity.set("hierarchy", str(level))
    activity.set("last-updated-datetime", subject.published_at.isoformat(timespec="seconds"))
    add(activity, "iati-identifier", text=identifier)
    add_reporter(activity, subject)
    narrate(add(activity, "title"), title, otherwise=otherwise)
    return activity
