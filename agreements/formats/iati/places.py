"""Where: the country that receives, and the places."""

from collections.abc import Iterable

from agreements.editions.content import Place
from agreements.formats.iati import codes
from agreements.formats.iati.elements import Element, add, in_each_language, narrate
from agreements.formats.iati.organizations import recipient_countries
from agreements.formats.iati.subject import Subject
from agreements.formats.words import write_country


def add_scope(activity: Element, subject: Subject) -> None:
    """How far the agreement reaches, where it is known which states take part."""
    countries = recipient_countries(subject.content)
    if countries:
        add(activity, "activity-scope", {"code": codes.NATIONAL if len(countries) == 1 else codes.MULTINATIONAL})


def add_recipients(activity: Element, subject: Subject) -> None:
    """The one country that receives; else no country in particular.

    Several countries would each need a share in per cent (rule 3.1.1), which no record states: they are named in words.
    """
    countries = recipient_countries(subject.content)
    if len(countries) == 1:
        add(activity, "recipient-country", {"code": countries[0], "percentage": "100"})
        return
    region = add(activity, "recipient-region", {"vocabulary": "1", "code": codes.UNSPECIFIED_REGION})
    if countries:
        names = in_each_language(lambda language: "; ".join(write_country(one, language) for one in countries))
        narrate(region, names)


def add_places(activity: Element, places: Iterable[Place]) -> None:
    """Locations, each with a point only where its coordinates are known."""
    for place in places:
        _add_location(activity, place)


def _add_location(activity: Element, place: Place) -> None:
    location = add(activity, "location", {"ref": place.id})
    add(location, "location-reach", {"code": codes.ACTIVITY_TAKES_PLACE})
    narrate(add(location, "name"), place.name, otherwise=place.id)
    if place.country:
        add(location, "administrative", {"vocabulary": codes.ISO_COUNTRY, "level": "0", "code": place.country})
    if place.latitude and place.longitude:
        point = add(location, "point", {"srsName": "http://www.opengis.net/def/crs/EPSG/0/4326"})
        add(point, "pos", text=f"{place.latitude} {place.longitude}")
        # How exact is not stated: then nobody may take it for more than approximate.
        add(location, "exactness", {"code": codes.EXACTNESS.get(place.precision, codes.APPROXIMATE)})
    add(location, "location-class", {"code": codes.LOCATION_CLASSES[place.kind]})
    add(location, "feature-designation", {"code": codes.FEATURES[place.kind]})
