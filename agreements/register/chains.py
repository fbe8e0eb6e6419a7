"""Where a chain of relations, or of bodies that belong to others, leads."""

from collections.abc import Callable, Iterable

from agreements.register.models.agreements import AgreementRelation
from agreements.register.models.directories import Organization

Step = Callable[[list[int]], Iterable[tuple[int, int]]]


def relation_circle(agreement_id: int, *, kind: str, other_id: int) -> list[int]:
    """The agreements from ``other_id`` back to ``agreement_id`` by relations of this kind, both included.

    Empty where no way leads back. The agreement's own relations play no part: the way ends at it.
    """
    relations = AgreementRelation.objects.filter(kind=kind)
    return _way(
        other_id,
        agreement_id,
        lambda ids: relations.filter(agreement_id__in=ids).values_list("agreement_id", "other_id"),
    )


def parent_circle(organization_id: int, *, parent_id: int) -> list[int]:
    """The organisations from ``parent_id`` up to ``organization_id``, both included; empty where it isn't above."""
    children = Organization.objects.filter(parent__isnull=False)
    return _way(parent_id, organization_id, lambda ids: children.filter(pk__in=ids).values_list("pk", "parent_id"))


def _way(start: int, end: int, step: Step) -> list[int]:
    """The shortest way, looking one step further with each query; a circle that is there already ends it too."""
    came_from: dict[int, int | None] = {start: None}
    reached = [start]
    while reached and end not in came_from:
        found = {to: here for here, to in step(reached) if to not in came_from}
        came_from |= found
        reached = list(found)
    way: list[int] = []
    place: int | None = end if end in came_from else None
    while place is not None:
        way.append(place)
        place = came_from[place]
    return way[::-1]
