"""Organisations that current agreements name."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import Field

from agreements.editions.content import Organization as Body
from agreements.opendata.api.answers import Answer, Licence, Listing, Named, licence, page_links
from agreements.opendata.api.operations import Words, reading
from agreements.opendata.api.parameters import Key, MentionParameters, OrganizationParameters
from agreements.opendata.api.things import NamingList, RoleCount, ThingAddresses, addresses_of, naming_list, roles_of
from agreements.search.thing_models import Thing
from agreements.search.things import ListedThing, list_things, parts_of, thing_named, with_counts
from agreements.vocabulary.kinds import OrganizationKind
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.mentions import ThingKind

TAG = _("Organisations")


class OrganizationLine(Answer):
    """An organisation as the newest edition that names it has it."""

    id: str
    name: LocalisedText
    short_name: LocalisedText
    kind: OrganizationKind | None = Field(description=_("Null where agreements only give its name."))
    identifier: str | None = Field(description=_("Its org-id code, where it has one."))
    country: str | None = Field(description=_("ISO 3166-1, two letters."))
    website: str | None
    parent: Named | None
    agreements: int = Field(description=_("How many current agreements name it."))
    roles: tuple[RoleCount, ...]
    addresses: ThingAddresses


class OrganizationList(Listing):
    """A page of organisations in alphabetical order."""

    items: tuple[OrganizationLine, ...]


class OrganizationAnswer(Answer):
    """One organisation with the bodies that belong to it."""

    organisation: OrganizationLine
    bodies: tuple[OrganizationLine, ...] = Field(description=_("The first 200 that belong to it."))
    licence: Licence | None


@reading(
    "organisations",
    answer=OrganizationList,
    asks=OrganizationParameters,
    words=Words(
        TAG,
        _("List organisations"),
        _("Every organisation that a current agreement names, with how many name it in each role."),
    ),
)
def list_organisations(request: HttpRequest, parameters: Query[OrganizationParameters]) -> OrganizationList:
    return organization_list(parameters)


@reading(
    "organisations/{key}",
    answer=OrganizationAnswer,
    refuses=(404,),
    words=Words(TAG, _("Get one organisation"), _("An organisation and the bodies that belong to it.")),
)
def get_organisation(request: HttpRequest, key: Key) -> OrganizationAnswer:
    return organization(key)


@reading(
    "organisations/{key}/agreements",
    answer=NamingList,
    asks=MentionParameters,
    refuses=(404,),
    words=Words(
        TAG,
        _("List the agreements that name an organisation"),
        _("Those published last come first, each with the roles that it names the organisation in."),
    ),
)
def list_agreements_of_organisation(request: HttpRequest, key: Key, parameters: Query[MentionParameters]) -> NamingList:
    return naming_list(ThingKind.ORGANIZATION, key, _named(key), parameters)


def organization_list(asked: OrganizationParameters) -> OrganizationList:
    page = list_things(ThingKind.ORGANIZATION, language=asked.order, query=asked.q, after=asked.after, size=asked.limit)
    return OrganizationList(
        items=tuple(_line(one) for one in page.things),
        links=page_links(
            "organisations", {"q": asked.q, "order": asked.order, "limit": asked.limit}, after=page.next_after
        ),
        licence=licence(),
    )


def organization(key: str) -> OrganizationAnswer:
    """One organisation.

    Raises:
        Http404: no current agreement names it.
    """
    thing = _named(key)
    bodies = parts_of(thing, kind=ThingKind.ORGANIZATION, language="en")
    return OrganizationAnswer(
        organisation=_line(with_counts([thing])[0]), bodies=tuple(_line(one) for one in bodies), licence=licence()
    )


def _named(key: str) -> Thing:
    thing = thing_named(ThingKind.ORGANIZATION, key)
    if thing is None:
        raise Http404
    return thing


def _line(listed: ListedThing) -> OrganizationLine:
    thing = listed.thing
    body = Body.model_validate(thing.part) if thing.part else None
    return OrganizationLine(
        id=thing.key,
        name=thing.name,
        short_name=body.short_name if body else LocalisedText(),
        kind=body.kind if body else None,
        identifier=body.identifier if body else None,
        country=body.country if body else None,
        website=body.website if body else None,
        parent=Named(id=body.parent.id, name=body.parent.name) if body and body.parent else None,
        agreements=listed.agreements,
        roles=roles_of(listed),
        addresses=addresses_of(ThingKind.ORGANIZATION, thing.key),
    )
