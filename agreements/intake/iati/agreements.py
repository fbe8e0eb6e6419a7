"""Turns the activities of an IATI file into contents of agreements, each with what could not be placed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.editions.content import Activity, AgreementContent, Funding, Organization
from agreements.formats.iati.descriptions import funded_by
from agreements.intake.contents.incoming import IncomingContent, Provenance
from agreements.intake.contents.models import OriginKind
from agreements.intake.contents.remarks import Refusal, Remark, RemarkCode, isolated
from agreements.intake.iati.choices import Choices
from agreements.intake.iati.dates import read_agreement_dates, read_period
from agreements.intake.iati.file import Element, activities, identifier_of
from agreements.intake.iati.money import read_funding
from agreements.intake.iati.organizations import Organizations, name_of
from agreements.intake.iati.outlines import Outline, outlines, tops
from agreements.intake.iati.parts import (
    file_source,
    frameworks_of,
    in_role,
    read_contacts,
    read_links,
    read_objectives,
    read_participations,
)
from agreements.intake.iati.places import read_places
from agreements.intake.iati.reading import Reading
from agreements.vocabulary.dates import PartialDate, in_order
from agreements.vocabulary.kinds import ActivityStatus, FundingKind, LegalCharacter
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText
from agreements.vocabulary.money import Money

_STATUSES: Final = {
    "1": ActivityStatus.PLANNED,
    "2": ActivityStatus.UNDER_WAY,
    "3": ActivityStatus.COMPLETED,
    "4": ActivityStatus.COMPLETED,
    "5": ActivityStatus.CANCELLED,
    "6": ActivityStatus.SUSPENDED,
}
_KEY: Final = re.compile(r"[-a-zA-Z0-9_]{1,80}")


@dataclass
class _Group:
    """An agreement while its file is read: what is known of it, and which activities are still to come."""

    number: int
    waits_for: set[str] = field(default_factory=set)
    below: set[str] = field(default_factory=set)
    content: AgreementContent | None = None
    authority: str = ""
    written_in: Language | None = None
    work: list[Activity] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_agreements(file: BinaryIO, choices: Choices) -> Iterator[IncomingContent]:
    """The agreements of a file, each when all of its activities were seen. The file is read twice.

    Raises:
        FileRefused: it is no whole IATI 2.01 to 2.03 activity file; nothing was given then.
    """
    found = outlines(file)
    named = [one for one in found if one.identifier]
    above = {} if choices.is_flat else tops(named)
    groups = _groups(named, above)
    organizations, seen = Organizations(), set[str]()
    for activity, outline in zip(activities(file), found, strict=True):
        identifier = outline.identifier
        if not identifier or identifier in seen:
            yield _refused(activity, outline, choices)
            continue
        seen.add(identifier)
        root = above.get(identifier, identifier)
        group, reading = groups[root], Reading(activity, language=choices.language)
        if root == identifier:
            _read_agreement(group, reading, organizations, choices)
        else:
            _read_work(group, reading, organizations, root)
        group.remarks += _named(identifier, reading)
        group.waits_for.remove(identifier)
        if not group.waits_for:
            yield _incoming(groups.pop(root), root)


def _groups(named: list[Outline], above: dict[str, str]) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    for outline in named:
        root = above.get(outline.identifier, outline.identifier)
        group = groups.setdefault(root, _Group(outline.place))
        group.waits_for.add(outline.identifier)
        if root != outline.identifier:
            group.below.add(outline.identifier)
    return groups


def _read_agreement(group: _Group, reading: Reading, organizations: Organizations, choices: Choices) -> None:
    activity = reading.activity
    for element in reading.all("related-activity"):
        if element.get("type") == "2" and element.get("ref", "").strip() in group.below:
            reading.use(element, "type", "ref")
    source = file_source(reading)
    participations = read_participations(reading, organizations, choices, source=source.id)
    funders = [one.organization for one in participations if one.role == choices.funding]
    descriptions = {one: [d for d in reading.all("description") if d.get("type", "1") == one] for one in ("1", "2")}
    for element in (*descriptions["1"], *descriptions["2"]):
        reading.use(element, "type")
    reading.text(activity.find("iati-identifier"))
    reading.use(activity, "hierarchy", "last-updated-datetime")
    objectives, title = read_objectives(reading), _title(reading)
    group.content = AgreementContent(
        register_number="",
        kind=choices.kind,
        title=title,
        summary=reading.text_of(descriptions["1"]),
        purpose=reading.text_of(descriptions["2"]),
        legal_character=LegalCharacter.NOT_STATED,
        dates=read_agreement_dates(reading, choices, source=source.id),
        participations=participations,
        funding=read_funding(reading, organizations, funders, source=source.id),
        frameworks=frameworks_of(reading, objectives, source=source.id),
        places=read_places(reading, with_countries=choices.with_countries),
        contacts=read_contacts(reading, organizations, source=source.id),
        sources=(source, *read_links(reading, source.publisher)),
    )
    publisher = activity.find("reporting-org")
    group.authority = (publisher.get("ref") or "").strip()[:255] if publisher is not None else ""
    group.written_in = next((one for one in LANGUAGES if one == reading.language and title.get(one)), None)


def _read_work(group: _Group, reading: Reading, organizations: Organizations, root: str) -> None:
    activity = reading.activity
    source = file_source(reading)
    identifier = identifier_of(activity)
    funders = in_role(reading, organizations, "1")
    responsible = [one for _element, one in in_role(reading, organizations, "4")]
    reading.text(activity.find("iati-identifier"))
    reading.use(activity, "hierarchy", "last-updated-datetime")
    for element in reading.all("related-activity"):
        if element.get("type") == "1" and element.get("ref", "").strip() == root:
            reading.use(element, "type", "ref")
    start, end = read_period(reading)
    end = end if in_order(start, end) else PartialDate()
    title = _title(reading)
    funding = read_funding(reading, organizations, [one for _element, one in funders], source=source.id)
    if identifier.startswith(f"{root}-funding-") and funders:
        own = _own_funding(funders[0][1], responsible, title, (start, end), source.id)
        group.funding += tuple(_completed(one, own) for one in funding) or (own,)
        return
    group.funding += funding
    for element, funder in funders:
        if funder.id not in {one.funder.id for one in funding}:
            reading.release(element)
    for element in reading.all("description"):
        reading.use(element, "type")
    status = activity.find("activity-status")
    group.work.append(
        Activity(
            id=_key(identifier, root),
            title=title,
            description=reading.text_of(reading.all("description")),
            status=_STATUSES.get(reading.value(status, "code"), ActivityStatus.NOT_STATED)
            if status is not None
            else ActivityStatus.NOT_STATED,
            start=start,
            end=end,
            places=read_places(reading, with_countries=True),
            responsible=tuple(name_of(one) for one in responsible),
            objectives=read_objectives(reading),
            source=source.id,
        )
    )


def _own_funding(
    funder: Organization,
    recipients: list[Organization],
    title: LocalisedText,
    period: tuple[PartialDate, PartialDate],
    source: str,
) -> Funding:
    """Funding as this portal's own files have it: an activity named after the funder; its amount stands elsewhere."""
    own = Funding(
        funder=name_of(funder),
        recipient=name_of(recipients[0]) if recipients else None,
        money=Money(),
        kind=FundingKind.NOT_STATED,
        start=period[0],
        end=period[1],
        purpose=title,
        source=source,
    )
    return own.model_copy(update={"purpose": LocalisedText()}) if title == funded_by(own) else own


def _completed(amount: Funding, own: Funding) -> Funding:
    """An amount with what only its activity says of it."""
    return amount.model_copy(
        update={
            "recipient": amount.recipient or own.recipient,
            "start": amount.start if amount.start.is_stated else own.start,
            "end": amount.end if amount.end.is_stated else own.end,
            "purpose": amount.purpose or own.purpose,
        }
    )


def _incoming(group: _Group, identifier: str) -> IncomingContent:
    assert group.content is not None  # noqa: S101  # the root was read
    content = group.content.model_copy(
        update={"activities": tuple(group.work), "funding": (*group.content.funding, *group.funding)}
    )
    provenance = Provenance(
        kind=OriginKind.IATI,
        reference=identifier[:255],
        content_hash=content_hash(canonical_bytes(content)),
        authority=group.authority,
    )
    return IncomingContent(
        group.number,
        content,
        provenance,
        is_whole=False,
        written_in=group.written_in,
        remarks=tuple(group.remarks),
    )


def _refused(activity: Element, outline: Outline, choices: Choices) -> IncomingContent:
    """An activity without an identifier of its own: nothing could find it again."""
    sentence = (
        _("The activity at line %(line)s has the identifier of another one in this file.")
        if outline.identifier
        else _("The activity at line %(line)s has no iati-identifier, so it could not be found again.")
    )
    content = AgreementContent(
        register_number="",
        kind=choices.kind,
        title=_title(Reading(activity, language=choices.language)),
        summary=LocalisedText(),
        legal_character=LegalCharacter.NOT_STATED,
    )
    provenance = Provenance(OriginKind.IATI, outline.identifier[:255] or f"line {outline.line}", "0" * 64)
    refusal = Refusal("", sentence % {"line": isolated(outline.line)})
    return IncomingContent(outline.place, content, provenance, is_whole=False, refusals=(refusal,))


def _title(reading: Reading) -> LocalisedText:
    title = reading.line_of(reading.activity.find("title"), longest=1000)
    if title:
        return title
    reading.remarks.append(Remark(RemarkCode.TITLE_MISSING))
    return LocalisedText(en=identifier_of(reading.activity)[:1000] or "–")


def _key(identifier: str, root: str) -> str:
    """An activity's identifier below its agreement's: in this portal's own files what follows that one."""
    rest = identifier.removeprefix(f"{root}-")
    return rest if _KEY.fullmatch(rest) else slugify(identifier)[:80] or "activity"


def _named(identifier: str, reading: Reading) -> Iterator[Remark]:
    """What is to be said of one activity of the group; its places begin with its identifier."""
    for one in (*reading.remarks, *reading.left_over()):
        yield Remark(one.code, one.details, f"{identifier} {one.place}".strip())
