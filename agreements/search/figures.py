"""How much the public record holds today, from the indexes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum

from agreements.formats.portfolio import YearCount
from agreements.search.days import derive_due_statuses
from agreements.search.models import Facet, FacetValue
from agreements.search.thing_models import NotedEdition, Thing
from agreements.vocabulary.kinds import AgreementKind, LegalStatus
from agreements.vocabulary.mentions import ThingKind


@dataclass(frozen=True)
class Figures:
    """Counts over current editions; a thing counts once, in however many roles and agreements it is named.

    Organisations are those with a page of their own: also those that are only named as what others are part of.
    """

    agreements: int
    in_force: int
    organizations: int
    activities: int
    places: int


def figures(*, at: datetime) -> Figures:
    """The figures of this moment's day in Baghdad; four queries over small rows, whatever editions hold."""
    derive_due_statuses(at=at)
    noted = NotedEdition.objects.aggregate(agreements=Count("pk"), activities=Sum("activities"))
    things = dict(Thing.objects.order_by().values_list("kind").annotate(Count("pk")))
    in_force = FacetValue.objects.filter(facet=Facet.STATUS, key=LegalStatus.IN_FORCE)
    return Figures(
        agreements=noted["agreements"],
        in_force=in_force.values_list("entries", flat=True).first() or 0,
        organizations=things.get(ThingKind.ORGANIZATION, 0),
        activities=noted["activities"] or 0,
        places=things.get(ThingKind.PLACE, 0),
    )


def agreements_by_year() -> list[YearCount]:
    """How many agreements of each kind there are of each year, by the date that each is sorted by."""
    counted = NotedEdition.objects.order_by("year").values_list("year", "kind").annotate(Count("pk"))
    return [YearCount(year, AgreementKind(kind), agreements) for year, kind, agreements in counted]
