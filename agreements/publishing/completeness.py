"""Whether a content is complete and consistent enough for the public."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from django.utils.translation import gettext

from agreements.editions.content import AgreementContent
from agreements.editions.queries import was_published
from agreements.publishing.problems import Problem, ProblemCode, Section
from agreements.vocabulary.dates import in_order
from agreements.vocabulary.kinds import DateKind, TextLanguage
from agreements.vocabulary.languages import LocalisedText

MINIMUM_PARTIES: Final = 2

_LIFE: Final = (
    DateKind.SIGNED,
    DateKind.IN_FORCE,
    DateKind.PLANNED_END,
)
"""Dates of which a later one can't come before an earlier one. An announcement may come at any time."""


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
    for text, code, section in (
        (content.title, ProblemCode.TITLE_MISSING, Section.TITLES),
        (content.summary, ProblemCode.SUMMARY_MISSING, Section.SUMMARY),
    ):
        for language in text.missing():
            yield Problem(code, section, (("language", str(TextLanguage(language).label)),))


def _date_problems(content: AgreementContent) -> Iterator[Problem]:
    for one in content.dates:
        if one.date.is_stated and one.source is None:
            yield Problem(ProblemCode.DATE_WITHOUT_SOURCE, Section.DATES, (("what", str(one.kind.label)),))
    for first_kind, second_kind in combinations(_LIFE, 2):
        first, second = content.date_of(first_kind), content.date_of(second_kind)
        if first and second and not in_order(first.date, second.date):
            details = (("first", str(first_kind.label)), ("second", str(second_kind.label)))
            yield Problem(ProblemCode.DATES_OUT_OF_ORDER, Section.DATES, details)
    if content.date_of(DateKind.ENDED) and content.date_of(DateKind.TERMINATED):
        yield Problem(ProblemCode.DATES_CONTRADICT, Section.DATES)


def _participant_problems(content: AgreementContent) -> Iterator[Problem]:
    if len(content.parties) < MINIMUM_PARTIES:
        yield Problem(ProblemCode.TOO_FEW_PARTIES, Section.PARTICIPATIONS)
    parties = {one.organization.id for one in content.parties}
    for signatory in content.signatories:
        if signatory.party.id not in parties:
            details = (("who", _words(signatory.name)), ("organisation", _words(signatory.party.name)))
            yield Problem(ProblemCode.SIGNATORY_OF_NO_PARTY, Section.SIGNATORIES, details)
    funders = {one.organization.id for one in content.funders}
    for funding in content.funding:
        if funding.funder.id not in funders:
            who = (("organisation", _words(funding.funder.name)),)
            yield Problem(ProblemCode.FUNDING_OF_NO_FUNDER, Section.FUNDING, who)


def _relation_problems(content: AgreementContent) -> Iterator[Problem]:
    """A reader follows a relation, so the other agreement must have been public at some time."""
    for one in content.relations:
        if not was_published(one.register_number):
            yield Problem(ProblemCode.RELATION_TO_UNPUBLISHED, Section.RELATIONS, (("number", one.register_number),))


def _source_problems(content: AgreementContent) -> Iterator[Problem]:
    if not content.sources:
        yield Problem(ProblemCode.NO_SOURCE, Section.SOURCES)
    for statement in content.statements:
        who = (("who", _words(statement.speaker)),)
        if not statement.capacity:
            yield Problem(ProblemCode.SPEAKER_CAPACITY_MISSING, Section.STATEMENTS, who)
        if statement.source is None:
            yield Problem(ProblemCode.STATEMENT_WITHOUT_SOURCE, Section.STATEMENTS, who)
    if content.announcement is not None and content.announcement.source is None:
        yield Problem(ProblemCode.ANNOUNCEMENT_WITHOUT_SOURCE, Section.ANNOUNCEMENT)


def _words(text: LocalisedText) -> str:
    best = text.best("en")
    return best.text if best else gettext("Not stated")
