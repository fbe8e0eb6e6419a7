"""Places: those that the portal ships with, and others that current agreements name."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import Field

from agreements.editions.content import Place
from agreements.opendata.api.answers import Answer, Licence, Listing, licence, page_links
from agreements.opendata.api.operations import Words, reading
from agreements.opendata.api.parameters import Key, MentionParameters, ThingParameters
from agreements.opendata.api.things import NamingList, ThingAddresses, addresses_of, naming_list
from agreements.search.directories import PlaceLine as Known
from agreements.search.directories import place_line, places_listed
from agreements.vocabulary.mentions import ThingKind

TAG = _("Places")


class PlaceLine(Answer):
    """A place as the newest edition that names it has it, else as the portal ships it."""

    place: Place
    agreements: int = Field(description=_("How many current agreements name it."))
    addresses: ThingAddresses


class PlaceList(Listing):
    """A page of places in the order of their ids."""

    items: tuple[PlaceLine, ...]


class PlaceAnswer(Answer):
    """One place."""

    place: PlaceLine
    licence: Licence | None


@reading(
    "places",
    answer=PlaceList,
    asks=ThingParameters,
    words=Words(
        TAG,
        _("List places"),
        _(
            "Border crossings, ports, airports and other places that the register knows, also those that no agreement "
            "names yet."
        ),
    ),
)
def list_places(request: HttpRequest, parameters: Query[ThingParameters]) -> PlaceList:
    return place_list(parameters)


@reading(
    "places/{key}",
    answer=PlaceAnswer,
    refuses=(404,),
    words=Words(TAG, _("Get one place"), _("A place, with its position where that is known well enough.")),
)
def get_place(request: HttpRequest, key: Key) -> PlaceAnswer:
    return place(key)


@reading(
    "places/{key}/agreements",
    answer=NamingList,
    asks=MentionParameters,
    refuses=(404,),
    words=Words(
        TAG,
        _("List the agreements that name a place"),
        _("Those published last come first, each with the roles that it names the place in."),
    ),
)
def list_agreements_of_place(request: HttpRequest, key: Key, parameters: Query[MentionParameters]) -> NamingList:
    return naming_list(ThingKind.PLACE, key, _known(key).thing, parameters)


def place_list(asked: ThingParameters) -> PlaceList:
    found, after = places_listed(query=asked.q, after=asked.after, size=asked.limit)
    return PlaceList(
        items=tuple(_line(one) for one in found),
        links=page_links("places", {"q": asked.q, "limit": asked.limit}, after=after),
        licence=licence(),
    )


def place(key: str) -> PlaceAnswer:
    """One place.

    Raises:
        Http404: nobody knows it.
    """
    return PlaceAnswer(place=_line(_known(key)), licence=licence())


def _known(key: str) -> Known:
    line = place_line(key)
    if line is None:
        raise Http404
    return line


def _line(known: Known) -> PlaceLine:
    addresses = addresses_of(ThingKind.PLACE, known.place.id)
    return PlaceLine(place=known.place, agreements=known.agreements, addresses=addresses)
