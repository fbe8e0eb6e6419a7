"""Whether a content is complete and consistent enough for the public."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext

from agreements.editions.content import AgreementContent
from agreements.editions.queries import was_published
from agreements.publishing.problems import Problem, ProblemCode
from agreements.vocabulary.kinds import TextLanguage
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.life import Contradiction, contradictions
from agreements.vocabulary.sections import Section

MINIMUM_PARTIES: Final = 2


def problems_of(content: AgreementContent) -> tuple[Problem, ...]:
    """All that keeps this content from being published, in the order of the desk's page.

    Texts are in the active language. Empty when it may be published. What no source states is
    no problem: "not stated" is a value.
    """
    return (
        *_missing_words(content),
        *_date_problems(content),
        *_participant_problems(content),
        *_relation_problems(content),
        *_source_problems(content),
    )


def _missing_words(content: AgreementContent) -> Iterator[Problem]:
    for stem, text, code, section in (
        ("title", content.title, ProblemCode.TITLE_MISSING, Section.TITLES),
        ("summary", content.summary, ProblemCode.SUMMARY_MISSING, Section.SUMMARY),
    ):
        for language in text.missing():
            details = (("language", str(TextLanguage(language).label)),)
            yield Problem(code, section, details, field=f"{stem}_{language}")


def _date_problems(content: AgreementContent) -> Iterator[Problem]:
    for index, one in enumerate(content.dates):
        if one.date.is_stated and one.source is None:
            what = (("what", str(one.kind.label)),)
            yield Problem(ProblemCode.DATE_WITHOUT_SOURCE, Section.DATES, what, field=f"dates-{index}-source")
    for found in contradictions([(one.kind, one.date) for one in content.dates]):
        yield problem_of_dates(found)


def problem_of_dates(found: Contradiction) -> Problem:
    """Dates that contradict each other, as a problem at the second one's row."""
    field = f"dates-{found.index}-date"
    if found.excludes:
        return Problem(ProblemCode.DATES_CONTRADICT, Section.DATES, field=field)
    details = (("first", str(found.first.label)), ("second", str(found.second.label)))
    return Problem(ProblemCode.DATES_OUT_OF_ORDER, Section.DATES, details, field=field)


def _participant_problems(content: AgreementContent) -> Iterator[Problem]:
    if len(content.parties) < MINIMUM_PARTIES:
        yield Problem(ProblemCode.TOO_FEW_PARTIES, Section.PARTICIPATIONS)
    parties = {one.organization.id for one in content.parties}
    for index, signatory in enumerate(content.signatories):
        if signatory.party.id not in parties:
            details = (("who", _words(signatory.name)), ("organisation", _words(signatory.party.name)))
            yield Problem(
                ProblemCode.SIGNATORY_OF_NO_PARTY, Section.SIGNATORIES, details, field=f"signatories-{index}-party"
            )
    funders = {one.organization.id for one in content.funders}
    for index, funding in enumerate(content.funding):
        if funding.funder.id not in funders:
            who = (("organisation", _words(funding.funder.name)),)
            yield Problem(ProblemCode.FUNDING_OF_NO_FUNDER, Section.FUNDING, who, field=f"funding-{index}-funder")


def _relation_problems(content: AgreementContent) -> Iterator[Problem]:
    """A reader follows a relation, so the other agreement must have been public at some time."""
    for one in content.relations:
        if not was_published(one.register_number):
            yield Problem(ProblemCode.RELATION_TO_UNPUBLISHED, Section.RELATIONS, (("number", one.register_number),))


def _source_problems(content: AgreementContent) -> Iterator[Problem]:
    if not content.sources:
        yield Problem(ProblemCode.NO_SOURCE, Section.SOURCES, field="sources")
    for index, statement in enumerate(content.statements):
        who = (("who", _words(statement.speaker)),)
        if not statement.capacity:
            yield Problem(
                ProblemCode.SPEAKER_CAPACITY_MISSING, Section.STATEMENTS, who, field=f"statements-{index}-capacity_en"
            )
        if statement.source is None:
            yield Problem(
                ProblemCode.STATEMENT_WITHOUT_SOURCE, Section.STATEMENTS, who, field=f"statements-{index}-source"
            )
    if content.announcement is not None and content.announcement.source is None:
        yield Problem(ProblemCode.ANNOUNCEMENT_WITHOUT_SOURCE, Section.ANNOUNCEMENT, field="announcement-0-source")


def _words(text: LocalisedText) -> str:
    best = text.best("en")
    return best.text if best else gettext("Not stated")
