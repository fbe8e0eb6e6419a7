"""An edition as pages and PDFs show it: the record, with what is derived for one language and day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from agreements.editions.content import AgreementContent, KeyDate, Participation
from agreements.editions.legal_status import legal_status
from agreements.editions.models import Edition
from agreements.formats.citation import citation, permanent_address
from agreements.vocabulary.kinds import DateKind, LegalCharacter, LegalStatus, ParticipationRole
from agreements.vocabulary.languages import DIRECTIONS, ENDONYMS, LANGUAGES, Direction, Language

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
class OtherTitle:
    language: Language
    direction: Direction
    text: str


@dataclass(frozen=True)
class Section:
    """A part of the page: its anchor, its heading, and the template that shows it, if it is its own."""

    anchor: str
    label: str
    template: str


@dataclass(frozen=True)
class AgreementView:
    """One edition as a page or a summary shows it, in one language on one day."""

    edition: Edition
    content: AgreementContent
    language: Language
    as_of: date
    status: LegalStatus
    box: tuple[BoxDate, ...]
    end: KeyDate | None
    other_titles: tuple[OtherTitle, ...]
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


def view_of(edition: Edition, *, language: Language, as_of: date, origin: str) -> AgreementView:
    """Everything that a template needs to show an edition; ``as_of`` is a day in Baghdad.

    ``origin`` is the portal's public address, which permanent addresses start with.
    """
    content = edition.content
    return AgreementView(
        edition=edition,
        content=content,
        language=language,
        as_of=as_of,
        status=legal_status(content, on=as_of),
        box=tuple(BoxDate(str(kind.label), content.date_of(kind)) for kind in _BOX),
        end=content.date_of(DateKind.ENDED)
        or content.date_of(DateKind.TERMINATED)
        or content.date_of(DateKind.PLANNED_END),
        other_titles=tuple(_other_titles(content, language)),
        languages=tuple((one, ENDONYMS[one]) for one in content.languages),
        sections=tuple(_sections(content)),
        others=_others(content),
        citation=citation(edition, language, origin=origin),
        address=permanent_address(edition, origin=origin),
        origin=origin,
        character_is_known=content.legal_character != LegalCharacter.NOT_STATED,
        no_signature_is_stated=not content.signatories,
        no_amount_is_stated=all(one.money.amount is None for one in content.funding),
        no_activity_status_is_stated=all(one.status == "not_stated" for one in content.activities),
        has_periods=any(one.start.is_stated or one.end.is_stated for one in content.activities),
    )


def _other_titles(content: AgreementContent, language: Language) -> list[OtherTitle]:
    shown = content.title.best(language)
    return [
        OtherTitle(other, DIRECTIONS[other], text)
        for other in LANGUAGES
        if (text := content.title.get(other)) and (shown is None or other != shown.language)
    ]


def _sections(content: AgreementContent) -> list[Section]:
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
        ("places", _("Places"), bool(content.places)),
        ("relations", _("Related agreements"), bool(content.relations)),
        ("statements", _("Statements"), bool(content.statements)),
        ("announcement", _("Announcement"), content.announcement is not None),
        ("documents", _("Documents"), bool(content.documents)),
        ("contacts", _("Contacts"), bool(content.contacts)),
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
