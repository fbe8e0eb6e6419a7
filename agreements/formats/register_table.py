"""The register as one wide table: a row an agreement, with what people filter, count and cite by."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from agreements.editions.content import AgreementContent, Framework, ObjectiveName, Organization, Place
from agreements.editions.legal_status import legal_status
from agreements.formats.citation import permanent_address
from agreements.formats.tables import SEPARATOR, Cell, Column, Published, Table, Type, text_columns
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


_HasId = Organization | Framework | ObjectiveName | Place
_Lists = dict[str, str]
"""The cells of columns that hold several values, by the columns' names; where there is none, nothing."""


def _lists(content: AgreementContent) -> Iterator[_Lists]:
    """Worked out once a row: most columns of most agreements are empty."""
    cells: _Lists = {}
    organizations, dates = defaultdict(list), defaultdict(list)
    for participation in content.participations:
        organizations[participation.role].append(participation.organization)
    for day in content.dates:
        dates[day.kind].append(day.date)
    for role, found in organizations.items():
        name, _words = _ROLES[role]
        _name(cells, name, "name", found, [one.name for one in found])
        cells[f"{name}_identifier"] = SEPARATOR.join([one.identifier or "" for one in found])
    for kind, days in dates.items():
        cells[f"date_{kind}"] = SEPARATOR.join([one.value or "" for one in days])
        cells[f"date_{kind}_precision"] = SEPARATOR.join([one.precision for one in days])
    objectives = [goal for framework in content.frameworks for goal in framework.objectives]
    _name(cells, "frameworks", "name", content.frameworks, [one.name for one in content.frameworks])
    _name(cells, "objectives", "title", objectives, [one.title for one in objectives])
    _name(cells, "places", "name", content.places, [one.name for one in content.places])
    written = [one for one in LANGUAGES if content.title.get(one) and content.summary.get(one)]
    cells["languages"] = SEPARATOR.join(written)
    yield cells


def _name(cells: _Lists, name: str, called: str, parts: Sequence[_HasId], names: Sequence[LocalisedText]) -> None:
    cells[f"{name}_id"] = SEPARATOR.join([one.id for one in parts])
    for language in LANGUAGES:
        cells[f"{name}_{called}_{language}"] = SEPARATOR.join([one.get(language) or "" for one in names])


def _column(name: str, type_: Type, description: str, value: Callable[[Published], Cell], *values: str) -> Column:
    return Column(name, type_, description, lambda of, _part: value(of), values)


def _list(name: str, description: str) -> Column:
    """A column of several values."""
    return Column(name, "string", f"{description}{_AND}", lambda _of, cells: cells.get(name, ""))


def _named(name: str, description: str, called: str = "name") -> Iterator[Column]:
    for language, words in _LANGUAGE_NAMES.items():
        yield _list(f"{name}_{called}_{language}", f"{description}, in {words}")


def _organizations() -> Iterator[Column]:
    for name, words in _ROLES.values():
        yield _list(f"{name}_id", f"{words} by their identifiers in this register")
        yield _list(f"{name}_identifier", f"{words} by their official identifiers (org-id)")
        yield from _named(name, f"{words} by name")


def _dates() -> Iterator[Column]:
    for kind in DateKind:
        words = kind.value.replace("_", " ").capitalize()
        yield _list(f"date_{kind}", f"{words}: 2021, 2021-02 or 2021-02-05")
        yield _list(f"date_{kind}_precision", "How far that is known: day, month, year, not_stated")


def _sums(of: Published) -> str:
    sums: dict[str, Decimal] = {}
    for one in of.content.funding:
        if one.money.amount is not None and one.money.currency is not None:
            sums[one.money.currency] = sums.get(one.money.currency, Decimal(0)) + Decimal(one.money.amount)
    return SEPARATOR.join(f"{currency} {amount:.2f}" for currency, amount in sums.items())


def _without_amount(of: Published) -> int:
    return sum(one.money.disclosure is not Disclosure.STATED for one in of.content.funding)


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
    _list("frameworks_id", "Frameworks that it serves"),
    *_named("frameworks", "Frameworks by name"),
    _list("objectives_id", "Objectives of frameworks that it names"),
    *_named("objectives", "Objectives by title", "title"),
    _list("places_id", "Places that it names"),
    *_named("places", "Places by name"),
    _list("languages", "Languages that title and summary are written in"),
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
    fields=(
        "title", "summary", "kind", "legal_character", "dates.kind", "dates.date", "relations.relation",
        "relations.effective", "terms", "participations.role", "participations.organization.id",
        "participations.organization.identifier", "participations.organization.name", "funding.money", "frameworks.id",
        "frameworks.name", "frameworks.objectives.id", "frameworks.objectives.title", "places.id", "places.name",
        "standing", "reviewed_by_another",
    ),
    parts=_lists,
)  # fmt: skip
