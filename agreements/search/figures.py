"""How much the public record holds today, from the indexes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Sum

from agreements.search.days import derive_due_statuses
from agreements.search.models import Facet, FacetValue
from agreements.search.thing_models import Mention, NotedEdition, Thing
from agreements.vocabulary.kinds import LegalStatus
from agreements.vocabulary.mentions import ThingKind


@dataclass(frozen=True)
class Figures:
    """Counts over current editions; a thing counts once, in however many roles and agreements it is named."""

    agreements: int
    in_force: int
    organizations: int
    activities: int
    places: int


def figures(*, at: datetime) -> Figures:
    """The figures of this moment's day in Baghdad; four queries over small rows, whatever editions hold."""
    derive_due_statuses(at=at)
    noted = NotedEdition.objects.aggregate(agreements=Count("pk"), activities=Sum("activities"))
    named = Thing.objects.filter(Exists(Mention.objects.filter(thing=OuterRef("pk"))))
    things = dict(named.order_by().values_list("kind").annotate(Count("pk")))
    in_force = FacetValue.objects.filter(facet=Facet.STATUS, key=LegalStatus.IN_FORCE)
    return Figures(
        agreements=noted["agreements"],
        in_force=in_force.values_list("entries", flat=True).first() or 0,
        organizations=things.get(ThingKind.ORGANIZATION, 0),
        activities=noted["activities"] or 0,
        places=things.get(ThingKind.PLACE, 0),
    )


def agreements_by_year() -> list[tuple[int, int]]:
    """How many agreements there are of each year, oldest first, by the date that each is sorted by.

    Agreements whose date is not stated are in none.
    """
    years = FacetValue.objects.filter(facet=Facet.YEAR, entries__gt=0).order_by("key")
    return [(int(year), agreements) for year, agreements in years.values_list("key", "entries")]
