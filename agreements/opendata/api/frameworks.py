"""Frameworks with their objectives: those that the portal ships with, and others that current agreements name."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import Field

from agreements.opendata.api.answers import Answer, Licence, Listing, address, licence, page_links
from agreements.opendata.api.operations import Words, reading
from agreements.opendata.api.parameters import Key, MentionParameters, ThingParameters
from agreements.opendata.api.things import NamingList, ThingAddresses, addresses_of, naming_list
from agreements.search.directories import FrameworkPage, framework_page, frameworks_listed
from agreements.vocabulary.kinds import FrameworkKind
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.mentions import ThingKind

TAG = _("Frameworks")


class FrameworkLine(Answer):
    """A framework as the newest edition that names it has it, else as the portal ships it."""

    id: str
    name: LocalisedText
    kind: FrameworkKind
    identifier: str | None = Field(description=_("Its document symbol, such as A/RES/73/195."))
    url: str | None
    agreements: int = Field(description=_("How many current agreements name it."))
    addresses: ThingAddresses


class Objective(Answer):
    """An objective of a framework, and how many current agreements name it."""

    id: str
    code: str
    title: LocalisedText
    agreements: int
    agreements_address: str


class FrameworkList(Listing):
    """A page of frameworks in the order of their ids."""

    items: tuple[FrameworkLine, ...]


class FrameworkAnswer(Answer):
    """One framework with all its objectives, also those that no agreement names."""

    framework: FrameworkLine
    objectives: tuple[Objective, ...]
    licence: Licence | None


@reading(
    "frameworks",
    answer=FrameworkList,
    asks=ThingParameters,
    words=Words(
        TAG,
        _("List frameworks"),
        _("The frameworks that the register knows, also those that no agreement names yet."),
    ),
)
def list_frameworks(request: HttpRequest, parameters: Query[ThingParameters]) -> FrameworkList:
    return framework_list(parameters)


@reading(
    "frameworks/{key}",
    answer=FrameworkAnswer,
    refuses=(404,),
    words=Words(TAG, _("Get one framework"), _("A framework and its objectives, with how many agreements name each.")),
)
def get_framework(request: HttpRequest, key: Key) -> FrameworkAnswer:
    return framework(key)


@reading(
    "frameworks/{key}/agreements",
    answer=NamingList,
    asks=MentionParameters,
    refuses=(404,),
    words=Words(
        TAG,
        _("List the agreements that serve a framework"),
        _("Those published last come first, each with the roles that it names the framework in."),
    ),
)
def list_agreements_of_framework(request: HttpRequest, key: Key, parameters: Query[MentionParameters]) -> NamingList:
    return naming_list(ThingKind.FRAMEWORK, key, _known(key).thing, parameters)


def framework_list(asked: ThingParameters) -> FrameworkList:
    found, after = frameworks_listed(query=asked.q, after=asked.after, size=asked.limit)
    return FrameworkList(
        items=tuple(_line(one) for one in found),
        links=page_links("frameworks", {"q": asked.q, "limit": asked.limit}, after=after),
        licence=licence(),
    )


def framework(key: str) -> FrameworkAnswer:
    """One framework.

    Raises:
        Http404: nobody knows it.
    """
    page = _known(key)
    objectives = tuple(
        Objective(
            id=f"{page.key}/{one.code}",
            code=one.code,
            title=one.title,
            agreements=one.agreements,
            agreements_address=address("agreements", [("objective", f"{page.key}/{one.code}")]),
        )
        for one in page.objectives
    )
    return FrameworkAnswer(framework=_line(page), objectives=objectives, licence=licence())


def _known(key: str) -> FrameworkPage:
    page = framework_page(key, "en")
    if page is None:
        raise Http404
    return page


def _line(page: FrameworkPage) -> FrameworkLine:
    return FrameworkLine(
        id=page.key,
        name=page.name,
        kind=page.kind,
        identifier=page.identifier,
        url=page.url,
        agreements=page.agreements,
        addresses=addresses_of(ThingKind.FRAMEWORK, page.key),
    )
