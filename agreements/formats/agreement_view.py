"""An edition as pages and PDFs show it: the record, with what is derived for one language and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from agreements.editions.content import AgreementContent, KeyDate, Participation
from agreements.editions.legal_status import legal_status
from agreements.editions.models import Edition, LogEntry
from agreements.formats.actions import Action, actions_of
from agreements.formats.citation import citation, permanent_address
from agreements.formats.family import Family, family_of
from agreements.formats.notices import Notice, notices_of
from agreements.formats.places import NamedPlaces, are_worth_a_section, named_places
from agreements.formats.qr import qr_code
from agreements.formats.references import Reference, references_of
from agreements.formats.shares import Shares, shares_of
from agreements.formats.side_by_side import Columns, language_pairs
from agreements.formats.timeline import Timeline, draw_timeline
from agreements.formats.unknowns import unknown_columns
from agreements.formats.words import write_span
from agreements.vocabulary.kinds import (
    DateKind,
    LegalCharacter,
    LegalStatus,
    ParticipationRole,
    RenewalKind,
    TextStanding,
)
from agreements.vocabulary.languages import DIRECTIONS, ENDONYMS, LANGUAGES, Direction, Language
from agreements.vocabulary.money import Disclosure
from agreements.vocabulary.terms import current_term

_BOX: Final = (DateKind.ANNOUNCED, DateKind.SIGNED, DateKind.IN_FORCE)
_OTHER_ROLES: Final = (
    ParticipationRole.IMPLEMENTING_PARTNER,
    ParticipationRole.BENEFICIARY,
    ParticipationRole.WITNESS,
)

_TEMPLATES: Final = {"summary": "", "cite": "components/_edition.html", "edition": ""}
"""Sections without a template of their own name."""


@dataclass(frozen=True)
class BoxDate:
    """A date in the status box: its name, and what the record says of it, if anything."""

    label: str
    date: KeyDate | None


@dataclass(frozen=True)
class Title:
    """The title in one language; ``standing`` is what the agreement's text in it is worth, where that is stated."""

    language: Language
    direction: Direction
    text: str
    standing: TextStanding | None

    @property
    def language_name(self) -> str:
        return ENDONYMS[self.language]


@dataclass(frozen=True)
class Section:
    """A part of the page: its anchor, its heading, and the template that shows it, if it is its own."""

    anchor: str
    label: str
    template: str


@dataclass(frozen=True)
class AgreementView:
    """One edition as a page or a summary shows it, in one language on one day.

    What only a whole page shows is worked out when it is asked for: lists show editions as well.
    """

    edition: Edition
    content: AgreementContent
    language: Language
    as_of: date
    status: LegalStatus
    box: tuple[BoxDate, ...]
    end: KeyDate | None
    title: Title | None
    other_titles: tuple[Title, ...]
    languages: tuple[tuple[Language, str], ...]
    sections: tuple[Section, ...]
    others: tuple[Participation, ...]
    citation: str
    address: str
    origin: str
    character_is_known: bool
    no_signature_is_stated: bool
    no_amount_is_stated: bool
    no_activity_status_is_stated: bool
    has_periods: bool
    renewal_is_known: bool
    renewal_has_length: bool
    is_renewed_tacitly: bool
    term_end: str
    is_draft: bool = False
    is_summary: bool = False
    history: tuple[LogEntry, ...] = ()
    related: Sequence[Edition] | None = None

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        named_by = [one.content for one in self.related or ()]
        return notices_of(self.edition, status=self.status, on=self.as_of, named_by=named_by)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        return actions_of(self.content, self.history)

    @cached_property
    def unknown_columns(self) -> frozenset[str]:
        return unknown_columns(self.content)

    @cached_property
    def shares(self) -> Shares:
        return shares_of(self.content)

    @cached_property
    def references(self) -> tuple[tuple[Reference, tuple[Section, ...]], ...]:
        """The sources, each with the sections that name it."""
        return tuple(
            (one, tuple(section for section in self.sections if section.anchor in one.anchors))
            for one in references_of(self.content)
        )

    @property
    def pairs(self) -> tuple[Columns, ...]:
        """The ways to read it in two languages side by side."""
        return language_pairs(self.content)

    @property
    def qr(self) -> str:
        """The permanent address as an SVG element."""
        return mark_safe(qr_code(self.address))  # noqa: S308  # drawn here, from an address of the portal's own

    @cached_property
    def places(self) -> NamedPlaces:
        return named_places(self.content, language=self.language)

    @cached_property
    def timeline(self) -> Timeline | None:
        return draw_timeline(self.content.activities, as_of=self.as_of, language=self.language)

    @cached_property
    def family(self) -> Family | None:
        return family_of(self.content, related=self.related, as_of=self.as_of)


def view_of(
    edition: Edition,
    *,
    language: Language,
    as_of: date,
    origin: str,
    is_draft: bool = False,
    is_summary: bool = False,
    history: Sequence[LogEntry] = (),
    related: Sequence[Edition] | None = None,
) -> AgreementView:
    """Everything that a template needs to show an edition; ``as_of`` is a day in Baghdad.

    ``origin`` is the portal's public address, which permanent addresses start with. A draft is an
    edition that was never stored: it has no code and no place in the log. A summary is on paper: nothing can
    be asked for there. ``history`` are the agreement's entries in the log, ``related`` the current editions of its
    relatives; without them, its notices and its family are what the edition itself says.
    """
    content = edition.content
    titles, shown = _titles(content), content.title.best(language)
    end = content.date_of(DateKind.ENDED) or content.date_of(DateKind.TERMINATED)
    planned = content.date_of(DateKind.PLANNED_END)
    return AgreementView(
        edition=edition,
        content=content,
        language=language,
        as_of=as_of,
        status=legal_status(content, on=as_of),
        box=tuple(BoxDate(str(kind.label), content.date_of(kind)) for kind in _BOX),
        end=end or planned,
        title=next((one for one in titles if shown and one.language == shown.language), None),
        other_titles=tuple(one for one in titles if shown is None or one.language != shown.language),
        languages=tuple((one, ENDONYMS[one]) for one in content.languages),
        sections=tuple(_sections(content, has_relatives=bool(content.relations or related))),
        others=_others(content),
        citation=citation(edition, language, origin=origin),
        address=permanent_address(edition, origin=origin),
        origin=origin,
        character_is_known=content.legal_character != LegalCharacter.NOT_STATED,
        no_signature_is_stated=not content.signatories,
        no_amount_is_stated=all(one.money.disclosure is Disclosure.NOT_STATED for one in content.funding),
        no_activity_status_is_stated=all(one.status == "not_stated" for one in content.activities),
        has_periods=any(one.start.is_stated or one.end.is_stated for one in content.activities),
        renewal_is_known=content.terms.renewal != RenewalKind.NOT_STATED,
        renewal_has_length=content.terms.renewal in (RenewalKind.TACIT, RenewalKind.BY_AGREEMENT),
        is_renewed_tacitly=end is None and planned is not None and content.terms.renewal == RenewalKind.TACIT,
        term_end=_renewed_until(planned, content, as_of, language) if end is None else "",
        is_draft=is_draft,
        related=related,
        is_summary=is_summary,
        history=tuple(history),
    )


def _renewed_until(planned: KeyDate | None, content: AgreementContent, on: date, language: Language) -> str:
    """The end of the renewal that runs on that day; nothing in the first term, or where no length is stated."""
    term = current_term(planned.date, content.terms, on=on) if planned else None
    return write_span(term.end, language) if term and term.number else ""


def _titles(content: AgreementContent) -> list[Title]:
    return [
        Title(language, DIRECTIONS[language], text, content.standing.of(language))
        for language in LANGUAGES
        if (text := content.title.get(language))
    ]


def _sections(content: AgreementContent, *, has_relatives: bool) -> list[Section]:
    """The page's sections in the order of treaty collections; those that would be empty are left out.

    What every reader looks for (dates, parties, signatories, funders) is always there, also to
    say that nothing is stated.
    """
    candidates = (
        ("summary", _("Summary"), True),
        ("parties", _("Parties"), True),
        ("dates", _("Dates and terms"), True),
        ("signatories", _("Signatories"), True),
        ("funders", _("Funders"), True),
        ("others", _("Others taking part"), bool(_others(content))),
        ("activities", _("Activities"), bool(content.activities)),
        ("obligations", _("Obligations"), bool(content.obligations)),
        ("frameworks", _("Frameworks"), bool(content.frameworks)),
        ("principles", _("Principles"), bool(content.principles)),
        ("places", _("Places"), are_worth_a_section(content)),
        ("relations", _("Related agreements"), has_relatives),
        ("actions", _("Actions"), True),
        ("statements", _("Statements"), bool(content.statements)),
        ("announcement", _("Announcement"), content.announcement is not None),
        ("documents", _("Documents"), bool(content.documents)),
        ("contacts", _("Contacts"), bool(content.contacts)),
        ("corrections", _("Corrections"), bool(content.corrections)),
        ("sources", _("Sources"), True),
        ("cite", _("How to cite"), True),
        ("edition", _("Edition and hash"), True),
    )
    return [
        Section(anchor, str(label), _TEMPLATES.get(anchor, f"components/_{anchor}.html"))
        for anchor, label, is_shown in candidates
        if is_shown
    ]


def _others(content: AgreementContent) -> tuple[Participation, ...]:
    return tuple(one for one in content.participations if one.role in _OTHER_ROLES)
