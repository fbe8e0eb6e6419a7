"""The register as one wide table: a row an agreement, with what people filter, count and cite by."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from agreements.editions.content import AgreementContent, ObjectiveName, Organization
from agreements.editions.legal_status import legal_status
from agreements.formats.citation import permanent_address
from agreements.formats.tables import SEPARATOR, Cell, Column, Published, Table, Type, text_columns
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import (
    AgreementKind,
    DateKind,
    LegalCharacter,
    LegalStatus,
    ParticipationRole,
    TextStanding,
)
from agreements.vocabulary.languages import LANGUAGES, Language, LocalisedText
from agreements.vocabulary.money import Disclosure

_ROLES: Final = {
    ParticipationRole.PARTY: ("parties", "Parties"),
    ParticipationRole.FUNDER: ("funders", "Funders"),
    ParticipationRole.IMPLEMENTING_PARTNER: ("implementing_partners", "Implementing partners"),
    ParticipationRole.BENEFICIARY: ("beneficiaries", "Beneficiaries"),
    ParticipationRole.WITNESS: ("witnesses", "Witnesses"),
}
_LANGUAGE_NAMES: Final[dict[Language, str]] = {"en": "English", "ar": "Arabic", "ckb": "Central Kurdish"}
_AND: Final = f"; several are separated by “{SEPARATOR.strip()}”, in one order in all such columns"


@dataclass(frozen=True)
class _Gathered:
    """What many columns ask for, gathered once a row."""

    organizations: dict[ParticipationRole, list[Organization]]
    dates: dict[DateKind, list[PartialDate]]
    objectives: list[ObjectiveName]


def _gathered(content: AgreementContent) -> Iterator[_Gathered]:
    organizations, dates = defaultdict(list), defaultdict(list)
    for participation in content.participations:
        organizations[participation.role].append(participation.organization)
    for day in content.dates:
        dates[day.kind].append(day.date)
    objectives = [goal for framework in content.frameworks for goal in framework.objectives]
    yield _Gathered(dict(organizations), dict(dates), objectives)


def _column(name: str, type_: Type, description: str, value: Callable[[Published], Cell], *values: str) -> Column:
    return Column(name, type_, description, lambda of, _part: value(of), values)


def _list(name: str, description: str, texts: Callable[[Published, _Gathered], Iterable[str | None]]) -> Column:
    """A column of several values."""

    def value(of: Published, part: _Gathered) -> str:
        return SEPARATOR.join(text or "" for text in texts(of, part))

    return Column(name, "string", f"{description}{_AND}", value)


def _names(
    name: str, description: str, found: Callable[[Published, _Gathered], Iterable[LocalisedText]]
) -> Iterator[Column]:
    for language, words in _LANGUAGE_NAMES.items():
        get = attrgetter(language)
        yield _list(f"{name}_{language}", f"{description}, in {words}", partial(_each, get, found))


def _each(
    get: Callable[[Any], str | None],
    found: Callable[[Published, _Gathered], Iterable[Any]],
    of: Published,
    part: _Gathered,
) -> Iterable[str | None]:
    return map(get, found(of, part))


def _organizations() -> Iterator[Column]:
    for role, (name, words) in _ROLES.items():
        of_role = partial(_in_role, role)
        named = f"{words} by name"
        yield _list(f"{name}_id", f"{words} by their identifiers in this register",
                    partial(_each, attrgetter("id"), of_role))  # fmt: skip
        yield _list(f"{name}_identifier", f"{words} by their official identifiers (org-id)",
                    partial(_each, attrgetter("identifier"), of_role))  # fmt: skip
        for language, spoken in _LANGUAGE_NAMES.items():
            get = attrgetter(f"name.{language}")
            yield _list(f"{name}_name_{language}", f"{named}, in {spoken}", partial(_each, get, of_role))


def _in_role(role: ParticipationRole, _of: Published, part: _Gathered) -> list[Organization]:
    return part.organizations.get(role, [])


def _dates() -> Iterator[Column]:
    for kind in DateKind:
        words, of_kind = kind.value.replace("_", " ").capitalize(), partial(_of_kind, kind)
        yield _list(f"date_{kind}", f"{words}: 2021, 2021-02 or 2021-02-05",
                    partial(_each, attrgetter("value"), of_kind))  # fmt: skip
        yield _list(f"date_{kind}_precision", "How far that is known: day, month, year, not_stated",
                    partial(_each, attrgetter("precision"), of_kind))  # fmt: skip


def _of_kind(kind: DateKind, _of: Published, part: _Gathered) -> list[PartialDate]:
    return part.dates.get(kind, [])


def _sums(of: Published) -> str:
    sums: dict[str, Decimal] = {}
    for one in of.content.funding:
        if one.money.amount is not None and one.money.currency is not None:
            sums[one.money.currency] = sums.get(one.money.currency, Decimal(0)) + Decimal(one.money.amount)
    return SEPARATOR.join(f"{currency} {amount:.2f}" for currency, amount in sums.items())


def _without_amount(of: Published) -> int:
    return sum(one.money.disclosure is not Disclosure.STATED for one in of.content.funding)


def _languages(of: Published, _part: _Gathered) -> list[str]:
    content = of.content
    return [one for one in LANGUAGES if content.title.get(one) and content.summary.get(one)]


def _standing() -> Iterator[Column]:
    for language in LANGUAGES:

        def of(published: Published, language: Language = language) -> str:
            standing: TextStanding = getattr(published.content.standing, language)
            return standing.value

        words = f"What the agreement’s text in {_LANGUAGE_NAMES[language]} is worth"
        yield _column(f"standing_{language}", "string", words, of, *TextStanding.values)


_IDENTITY: Final = (
    _column("register_number", "string", "The agreement’s number; permanent", lambda of: of.edition.register_number),
    _column("edition", "integer", "The number of the edition that the row is of", lambda of: of.edition.number),
    _column("published_at", "datetime", "When that edition was published, with its offset",
            lambda of: of.edition.published_at.isoformat(timespec="seconds")),
    *text_columns("title", "Title", lambda of, _part: of.content.title),
    *text_columns("summary", "Summary", lambda of, _part: of.content.summary),
    _column("kind", "string", "What instrument it is", lambda of: of.content.kind.value, *AgreementKind.values),
    _column("legal_character", "string", "Whether it binds", lambda of: of.content.legal_character.value,
            *LegalCharacter.values),
    _column("legal_status", "string", "Derived from dates and events, on the day beside",
            lambda of: legal_status(of.content, on=of.as_of).value, *LegalStatus.values),
    _column("legal_status_as_of", "date", "The day in Baghdad that the legal status is of",
            lambda of: of.as_of.isoformat()),
)  # fmt: skip

_MONEY: Final = (
    _column("amounts", "string", "Sums of the amounts that are stated, by ISO 4217 currency, as USD 1200000.00; "
            "EUR 250000.00", _sums),
    _column("amounts_without_figure", "integer", "How many lines of funding are undisclosed or not stated",
            _without_amount),
)  # fmt: skip

_REFERENCES: Final = (
    _list("frameworks_id", "Frameworks that it serves", lambda of, _part: [one.id for one in of.content.frameworks]),
    *_names("frameworks_name", "Frameworks by name", lambda of, _part: [one.name for one in of.content.frameworks]),
    _list("objectives_id", "Objectives of frameworks that it names", lambda _of, part: [o.id for o in part.objectives]),
    *_names("objectives_title", "Objectives by title", lambda _of, part: [one.title for one in part.objectives]),
    _list("places_id", "Places that it names", lambda of, _part: [one.id for one in of.content.places]),
    *_names("places_name", "Places by name", lambda of, _part: [one.name for one in of.content.places]),
    _list("languages", "Languages that title and summary are written in", _languages),
)

_PROOF: Final = (
    _column("reviewed_by_another", "boolean", "Whether another person approved the record than wrote it",
            lambda of: of.content.reviewed_by_another),
    _column("content_sha256", "string", "SHA-256 of the edition’s canonical JSON", lambda of: of.edition.content_hash),
    _column("licence", "string", "The licence of the data; empty where none is declared",
            lambda of: str(of.licence or "")),
    _column("address", "string", "The edition’s permanent address",
            lambda of: permanent_address(of.edition, origin=of.origin)),
)  # fmt: skip

AGREEMENTS: Final = Table(
    name="agreements",
    title=_("Agreements"),
    columns=(*_IDENTITY, *_dates(), *_organizations(), *_MONEY, *_REFERENCES, *_standing(), *_PROOF),
    key=("register_number",),
    fields=("title", "summary", "kind", "legal_character", "dates", "relations", "terms", "participations", "funding",
            "frameworks", "places", "standing", "reviewed_by_another"),
    parts=_gathered,
)  # fmt: skip
