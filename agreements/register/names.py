"""What rows that the audit trail mentions are called, also those that are gone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from agreements.register.trails import foreign_keys, kept_columns, last_events

Key = tuple[type[Model], int]


def rows_named(wanted: Iterable[Key]) -> dict[Key, Model]:
    """Each of these rows, with what it takes to name it; the queries grow with the models, not with the rows.

    A row that was deleted comes back as it last was; one that nothing remembers is empty.
    """
    numbers: dict[type[Model], set[int]] = defaultdict(set)
    for model, number in wanted:
        numbers[model].add(number)
    known: dict[Key, Model] = {(model, pk): model(pk=pk) for model, pks in numbers.items() for pk in pks}
    gone: list[tuple[type[Model], Any]] = []
    for model, pks in numbers.items():
        there = model._base_manager.select_related().in_bulk(pks)
        known |= {(model, pk): row for pk, row in there.items()}
        gone += [(model, event) for event in last_events(model, pks - there.keys())]
    if gone:
        known |= rows_named({key for model, event in gone for key in _needed(model, event)} - known.keys())
        known |= {(model, event.pgh_obj_id): as_it_was(model, event, known) for model, event in gone}
    return known


def as_it_was(model: type[Model], event: Any, known: Mapping[Key, Model]) -> Model:
    """The row as an event tells it, never to be saved; what it points at is taken from ``known``."""
    row = model(**{field.attname: getattr(event, field.attname) for field in kept_columns(model, event)})
    for field in foreign_keys(model):
        other = known.get((field.related_model, getattr(event, field.attname)))
        if other is not None:
            field.set_cached_value(row, other)
    return row


def name_of(row: Model) -> str:
    """The row in words; its kind and number where it has none."""
    try:
        name = str(row).strip()
    except ObjectDoesNotExist:  # it is called after another row, which nothing remembers
        name = ""
    return name or f"{row._meta.verbose_name} {row.pk}"


def _needed(model: type[Model], event: Any) -> set[Key]:
    """The rows that this one can't be without, and may be called after."""
    always = (field for field in foreign_keys(model) if not field.null)
    return {(field.related_model, getattr(event, field.attname)) for field in always}
