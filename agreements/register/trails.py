"""Which event tables keep the trail of a row and of the parts that belong to it, and how to read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

Moment = tuple[datetime, str]
"""What was changed together: since when, and the request's context; "" where there was none."""


@dataclass(frozen=True)
class Trail:
    """One event table, and how its rows belong to the row whose history is told.

    Attributes:
        model: whose rows the events are of.
        owner: the column that names the row that a part belongs to; none for the row itself.
        above: the trail of that row.
        link: the many-to-many field, where the events are of its links.
    """

    event: type[Model]
    model: type[Model]
    owner: Any = None
    above: "Trail | None" = None
    link: Any = None


def trails_of(model: type[Model]) -> tuple[Trail, ...]:
    """The trail of a tracked model, then of all that belongs to its rows, parts of parts included.

    A part is what is deleted with its whole (its foreign key cascades); of the links between two
    rows, those are included that the row itself chooses.

    Raises:
        LookupError: nothing keeps the trail of this model.
    """
    own = Trail(event_model_of(model), model)
    return (own, *_below(own))


def event_model_of(model: type[Model]) -> type[Model]:
    """The event table of a tracked model.

    Raises:
        LookupError: nothing keeps the trail of this model.
    """
    return _event_models()[model]


def changes_of(trail: Trail, pk: int) -> QuerySet[Any]:
    """The events of this table that belong to the row ``pk`` of the first trail.

    Each has ``pgh_moment`` and ``pgh_request``, together its ``Moment``, and ``pgh_previous``: the
    event that tells how the same row was before, where there is one. A part that was moved to
    another owner is told on both sides.
    """
    events: QuerySet[Any] = _rows(trail.event).annotate(
        pgh_moment=Coalesce("pgh_context__created_at", "pgh_created_at"),
        pgh_request=Coalesce(Cast("pgh_context_id", models.TextField()), Value(""), output_field=models.TextField()),
    )
    if trail.link is not None:
        events = events.annotate(pgh_previous=Value(None, output_field=models.IntegerField()))
        return events.filter(_belongs(trail, pk, _column(trail)))
    same_row = Q(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    earlier = _rows(trail.event).filter(same_row).order_by("-pgh_id")
    events = events.annotate(pgh_previous=Subquery(earlier.values("pgh_id")[:1]))
    if trail.owner is None:
        return events.filter(pgh_obj_id=pk)
    ever = _rows(trail.event).filter(_belongs(trail, pk, _column(trail))).values("pgh_obj_id")
    events = events.annotate(pgh_came_from=Subquery(earlier.values(_column(trail))[:1]))
    return events.filter(
        _belongs(trail, pk, _column(trail)) | _belongs(trail, pk, "pgh_came_from"), pgh_obj_id__in=ever
    )


def newest_moments(trails: Iterable[Trail], pk: int, *, limit: int, before: Moment | None) -> list[Moment]:
    """When something was changed, newest first; ``before`` is the last one already known."""
    older = Q()
    if before is not None:
        older = Q(pgh_moment__lt=before[0]) | Q(pgh_moment=before[0], pgh_request__gt=before[1])
    first, *others = [
        changes_of(trail, pk).filter(older).values_list("pgh_moment", "pgh_request").distinct() for trail in trails
    ]
    return list(first.union(*others).order_by("-pgh_moment", "pgh_request")[:limit])


def events_at(trail: Trail, pk: int, moments: Iterable[Moment]) -> list[tuple[Any, Any]]:
    """The events of these moments in their order, each with the one before it of the same row, or ``None``."""
    contexts = {request for _at, request in moments if request}
    times = {at for at, request in moments if not request}
    then = Q(pgh_context_id__in=contexts) | Q(pgh_context_id__isnull=True, pgh_created_at__in=times)
    events = list(changes_of(trail, pk).filter(then).select_related("pgh_context").order_by("pgh_id"))
    known = {event.pgh_id: event for event in events}
    wanted = {event.pgh_previous for event in events if event.pgh_previous} - known.keys()
    known |= _rows(trail.event).in_bulk(wanted)
    return [(event, known.get(event.pgh_previous)) for event in events]


def foreign_keys(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def kept_columns(model: type[Model], event: Any) -> list[Any]:
    """The model's columns that this trail tells of; some keep less than the row holds, as of readers' reports."""
    return [field for field in model._meta.concrete_fields if hasattr(event, field.attname)]


def last_events(model: type[Model], pks: Iterable[int]) -> list[Any]:
    """The newest event of each of these rows; of a model without a trail, none."""
    event = _event_models().get(model)
    if event is None:
        return []
    rows = _rows(event).filter(pgh_obj_id__in=pks)
    return list(rows.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id"))


def _event_models() -> dict[type[Model], type[Model]]:
    kept = apps.get_app_config("agreements").get_models()
    tracked = ((getattr(event, "pgh_tracked_model", None), event) for event in kept)
    return {model: event for model, event in tracked if model is not None}


def _rows(event: type[Model]) -> QuerySet[Any]:
    return event._default_manager.all()


def _below(above: Trail) -> Iterator[Trail]:
    for model, event in _event_models().items():
        for trail in (_links(above, model, event), _part(above, model, event)):
            if trail is not None:
                yield trail
                yield from _below(trail)


def _links(above: Trail, model: type[Model], event: type[Model]) -> Trail | None:
    for field in above.model._meta.local_many_to_many:
        if field.remote_field.through is model._meta.concrete_model:
            owner = model._meta.get_field(field.m2m_field_name())
            return Trail(event, model, owner, above, field)
    return None


def _part(above: Trail, model: type[Model], event: type[Model]) -> Trail | None:
    if model._meta.proxy:  # a table of links, whose two sides both cascade
        return None
    for field in foreign_keys(model):
        if field.related_model is above.model and field.remote_field.on_delete is models.CASCADE:
            return Trail(event, model, field, above)
    return None


def _column(trail: Trail) -> str:
    return trail.owner.attname if trail.owner is not None else "pgh_obj_id"


def _belongs(trail: Trail, pk: int, column: str) -> Q:
    if trail.above is None or trail.above.owner is None:
        return Q(**{column: pk})
    above = trail.above
    rows = _rows(above.event).filter(_belongs(above, pk, _column(above)))
    return Q(**{f"{column}__in": rows.values("pgh_obj_id")})
