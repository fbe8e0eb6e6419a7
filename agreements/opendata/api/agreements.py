"""Agreements: the list that the site's search gives, and one with its content."""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import Field, create_model

from agreements.editions.content import AgreementContent
from agreements.editions.legal_status import legal_status
from agreements.editions.public import public_edition
from agreements.opendata.api.addresses import Addresses, addresses_of_agreement
from agreements.opendata.api.answers import Answer, Licence, Listing, Named, PageLinks, address, licence
from agreements.opendata.api.editions import EditionLine, line_of
from agreements.opendata.api.operations import Words, reading
from agreements.opendata.api.parameters import PAGE, AgreementParameters, FieldParameters, RegisterNumber
from agreements.opendata.api.problems import OTHER_ORDER, Refused
from agreements.search.days import derive_due_statuses
from agreements.search.download import Row, rows_at
from agreements.search.find import find
from agreements.search.models import Facet
from agreements.search.query import Query as Wanted
from agreements.search.query import parse_query
from agreements.search.terms import wanted_of
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import AgreementKind, LegalCharacter, LegalStatus
from agreements.vocabulary.languages import Language, LocalisedText
from agreements.vocabulary.zone import day_in_baghdad

TAG = _("Agreements")


class AgreementLine(Answer):
    """An agreement in a list: what its current edition says of it."""

    register_number: str
    title: LocalisedText
    kind: AgreementKind
    legal_character: LegalCharacter
    legal_status: LegalStatus = Field(description=_("Derived from its dates and events, for the day as_of."))
    date: PartialDate = Field(
        description=_("Its own date: signed, else in force, announced or approved, as far as it is known.")
    )
    languages: tuple[Language, ...]
    parties: tuple[Named, ...]
    funders: tuple[Named, ...]
    frameworks: tuple[Named, ...]
    objectives: tuple[Named, ...]
    places: tuple[Named, ...]
    edition: int
    published_at: datetime
    addresses: Addresses


class UnknownValue(Answer):
    """A value of a filter that no agreement ever had."""

    parameter: str
    value: str


class AgreementList(Listing):
    """A page of agreements."""

    as_of: date = Field(description=_("The day in Baghdad that legal statuses are of."))
    total: int = Field(description=_("How many agreements match; 10,000 where there are more."))
    total_is_exact: bool
    unknown_values: tuple[UnknownValue, ...] = Field(
        description=_("Values of filters that no agreement ever had: perhaps typing errors.")
    )
    items: tuple[AgreementLine, ...]


_ANY_FIELDS: Final[dict[str, Any]] = {
    name: (one.annotation, Field(None, exclude_if=lambda value: value is None))
    for name, one in AgreementContent.model_fields.items()
}
SelectedContent: Any = create_model(
    "SelectedContent", __base__=Answer, __doc__="Those fields of the content that were asked for.", **_ANY_FIELDS
)


class Agreement(Answer):
    """One agreement with its current edition."""

    register_number: str
    as_of: date = Field(description=_("The day in Baghdad that legal statuses are of."))
    legal_status: LegalStatus
    edition: EditionLine
    content: AgreementContent | SelectedContent = Field(
        description=_("The content of the edition, or those of its fields that were asked for.")
    )
    addresses: Addresses
    licence: Licence | None


@reading(
    "agreements",
    answer=AgreementList,
    asks=AgreementParameters,
    refuses=(409,),
    words=Words(
        TAG,
        _("List and search agreements"),
        _(
            "All current agreements, or those that a search finds: the same as on the site’s own page. Values of one "
            "filter are alternatives (repeat the parameter), several filters must all match."
        ),
    ),
)
def list_agreements(request: HttpRequest, parameters: Query[AgreementParameters]) -> AgreementList:
    query = parse_query(request.GET)
    if parameters.after and query.after is None:
        raise Refused(OTHER_ORDER)
    return agreement_list(query, size=parameters.limit)


@reading(
    "agreements/{register_number}",
    answer=Agreement,
    asks=FieldParameters,
    refuses=(404, 410),
    words=Words(
        TAG,
        _("Get one agreement"),
        _(
            "The current edition with its whole content, or with those of its fields that are asked for, and the legal "
            "status of today. A withdrawn agreement answers 410 with the reason."
        ),
    ),
)
def get_agreement(
    request: HttpRequest, register_number: RegisterNumber, parameters: Query[FieldParameters]
) -> Agreement:
    return agreement(register_number, fields=parameters.fields)


def agreement_list(query: Wanted, *, size: int) -> AgreementList:
    """A page of what a query finds, from the search index alone."""
    now = timezone.now()
    derive_due_statuses(at=now)
    found = find(query, wanted_of(query.words) if query.words else None, size=size, has_values=False)
    rows = rows_at([place.sort_key for place in found.page])
    return AgreementList(
        as_of=day_in_baghdad(now),
        total=found.total,
        total_is_exact=not found.is_least,
        unknown_values=tuple(UnknownValue(parameter=facet, value=key) for facet, key in found.unknown),
        items=tuple(line(row) for row in rows),
        links=PageLinks(
            first=_page(query.beginning(None), size),
            next=_page(query.beginning(found.next), size) if found.next else None,
        ),
        licence=licence(),
    )


def agreement(register_number: str, *, fields: list[str]) -> Agreement:
    """An agreement's current edition, with these fields of its content or all.

    Raises:
        Withdrawn: it was withdrawn.
        Http404: it was never published.
    """
    edition = public_edition(register_number)
    today = day_in_baghdad(timezone.now())
    content = edition.content
    return Agreement(
        register_number=register_number,
        as_of=today,
        legal_status=legal_status(content, on=today),
        edition=line_of(edition, is_current=True),
        content=SelectedContent(**{name: getattr(content, name) for name in fields}) if fields else content,
        addresses=addresses_of_agreement(register_number),
        licence=licence(),
    )


def line(row: Row) -> AgreementLine:
    """An entry of the search index as lists show it."""
    named = {facet: _named(row, facet) for facet in row.names}
    return AgreementLine(
        register_number=row.register_number,
        title=row.title,
        kind=AgreementKind(row.keys[Facet.KIND][0]),
        legal_character=LegalCharacter(row.keys[Facet.CHARACTER][0]),
        legal_status=LegalStatus(row.status),
        date=PartialDate.parse(row.date),
        languages=tuple(row.keys[Facet.LANGUAGE]),
        parties=named[Facet.PARTY],
        funders=named[Facet.FUNDER],
        frameworks=named[Facet.FRAMEWORK],
        objectives=named[Facet.OBJECTIVE],
        places=named[Facet.PLACE],
        edition=row.edition_number,
        published_at=datetime.fromisoformat(row.published_at),
        addresses=addresses_of_agreement(row.register_number),
    )


def _named(row: Row, facet: Facet) -> tuple[Named, ...]:
    return tuple(Named(id=key, name=name) for key, name in zip(row.keys[facet], row.names[facet], strict=True))


def _page(query: Wanted, size: int) -> str:
    parameters = [*query.parameters(), *([("limit", str(size))] if size != PAGE else [])]
    return address("agreements", parameters)
