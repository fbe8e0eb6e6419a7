"""What the record says and IATI has no field for, in words: partial dates, terms, witnesses, amounts without a day."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext

from agreements.editions.content import Activity, AgreementContent, Funding, OrganizationName
from agreements.formats.iati import codes
from agreements.formats.iati.elements import Element, add, in_each_language, narrate, told
from agreements.formats.iati.subject import Subject
from agreements.formats.words import write_day, write_money, write_partial_date
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import FundingKind, ParticipationRole
from agreements.vocabulary.languages import Language, LocalisedText
from agreements.vocabulary.money import Disclosure

Line = tuple[str, str | None]
"""A label and what it says; ``None`` where the record does not."""

Lines = Callable[[Language], Iterator[Line]]


def describe_agreement(activity: Element, subject: Subject) -> None:
    """What it is, what it is for, whom it serves, and what has no field."""
    content = subject.content
    general = content.summary or content.title
    narrate(add(activity, "description", {"type": codes.GENERAL}), general, otherwise=content.register_number)
    told(activity, "description", content.purpose, {"type": codes.OBJECTIVES})
    told(activity, "description", _beneficiaries(content), {"type": codes.TARGET_GROUPS})
    _add_rest(activity, lambda language: _agreement_lines(subject, language))


def describe_activity(activity: Element, work: Activity) -> None:
    """What an activity is, and its area, days and progress as far as they are known."""
    narrate(add(activity, "description", {"type": codes.GENERAL}), work.description or work.title, otherwise=work.id)
    _add_rest(activity, lambda language: _activity_lines(work, language))


def describe_funding(activity: Element, funding: Funding) -> None:
    """Who funds whom, and the amount, kind and period as far as they are known."""
    general = in_each_language(lambda language: _joined(_sides(funding, language)))
    narrate(add(activity, "description", {"type": codes.GENERAL}), general)
    _add_rest(activity, lambda language: _funding_lines(funding, language))


def funded_by(funding: Funding) -> LocalisedText:
    """What stands for the title of funding whose purpose is not stated."""
    return in_each_language(
        lambda language: gettext("Funding by %(name)s") % {"name": name_of(funding.funder, language)}
    )


def name_of(organization: OrganizationName, language: Language) -> str:
    return _best(organization.name, language) or organization.id


def _sides(funding: Funding, language: Language) -> Iterator[Line]:
    yield gettext("Funder"), name_of(funding.funder, language)
    yield gettext("Recipient"), name_of(funding.recipient, language) if funding.recipient else None


def _beneficiaries(content: AgreementContent) -> LocalisedText:
    rows = content.participants(ParticipationRole.BENEFICIARY)
    return in_each_language(lambda language: _listed((one.organization.name for one in rows), language) or "")


def _agreement_lines(subject: Subject, language: Language) -> Iterator[Line]:
    content = subject.content
    yield gettext("Kind"), str(content.kind.label)
    as_of = {"day": write_day(subject.as_of, language)}
    yield gettext("Legal status as of %(day)s") % as_of, str(subject.status.label)
    yield gettext("Legal character"), str(content.legal_character.label)
    for one in content.dates:
        yield str(one.kind.label), _with_note(write_partial_date(one.date, language), one.note, language)
    yield gettext("Duration"), _best(content.duration, language)
    yield gettext("Renewal"), _best(content.renewal, language)
    yield gettext("Termination"), _best(content.termination, language)
    witnesses = content.participants(ParticipationRole.WITNESS)
    yield gettext("Witness"), _listed((one.organization.name for one in witnesses), language)
    for related in content.relations:
        if related.relation not in codes.RELATIONS:
            title = _best(related.title, language)
            yield str(related.relation.label), ", ".join(filter(None, (related.register_number, title)))


def _activity_lines(work: Activity, language: Language) -> Iterator[Line]:
    yield gettext("Area"), _best(work.area, language)
    yield gettext("Status"), str(work.status.label)
    yield from _period(work.start, work.end, language)
    for note in work.progress:
        day = write_partial_date(note.noted_on, language)
        label = gettext("Progress notes")
        yield f"{label} ({day})" if day else label, _best(note.text, language)


def _funding_lines(funding: Funding, language: Language) -> Iterator[Line]:
    yield gettext("Amount"), _amount(funding, language)
    yield gettext("Kind"), str(funding.kind.label) if funding.kind != FundingKind.NOT_STATED else None
    yield from _period(funding.start, funding.end, language)


def _amount(funding: Funding, language: Language) -> str:
    if funding.money.disclosure is Disclosure.UNDISCLOSED:
        return gettext("Undisclosed")
    return write_money(funding.money, language) or gettext("Not stated")


def _period(start: PartialDate, end: PartialDate, language: Language) -> Iterator[Line]:
    yield gettext("Start"), write_partial_date(start, language)
    yield gettext("End"), write_partial_date(end, language)


def _with_note(day: str | None, note: LocalisedText, language: Language) -> str | None:
    said = _best(note, language)
    return " – ".join(filter(None, (day, said))) or None


def _add_rest(activity: Element, lines: Lines) -> None:
    """One description of type "other" with a line for each."""
    rest = in_each_language(lambda language: _joined(lines(language)))
    told(activity, "description", rest, {"type": codes.OTHER})


def _joined(lines: Iterable[Line]) -> str:
    return "\n".join(f"{label}: {said}" for label, said in lines if said)


def _listed(names: Iterable[LocalisedText], language: Language) -> str | None:
    return "; ".join(filter(None, (_best(name, language) for name in names))) or None


def _best(text: LocalisedText, language: Language) -> str | None:
    best = text.best(language)
    return best.text if best is not None else None
