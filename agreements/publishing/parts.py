"""Fetches a working record with all its parts, in a number of queries that does not grow with it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from django.db.models import Model, Prefetch, prefetch_related_objects

from agreements.register.models import directories
from agreements.register.models.agreements import Agreement, AgreementRelation
from agreements.register.models.other_side import PartyLink

_RELATED: Final = AgreementRelation.objects.select_related("agreement", "other")

_PARTS: Final[tuple[Any, ...]] = (
    "sources__document", "principles", "places", "dates",
    Prefetch("relations", queryset=_RELATED), Prefetch("reverse_relations", queryset=_RELATED),
    "participations", "signatories", "funding",
    "activities__places", "activities__responsible", "activities__objectives", "activities__progress_notes",
    "obligations", "framework_links__objectives", "statements", "announcement", "documents",
    Prefetch("partylinks", queryset=PartyLink.objects.select_related("party")), "contacts", "correction_notes",
)  # fmt: skip

_DIRECTORIES: Final[dict[type[Model], Any]] = {
    directories.Source: directories.Source.objects.select_related("document"),
    directories.Organization: directories.Organization.objects.select_related("parent"),
    directories.Place: directories.Place.objects.all(),
    directories.Framework: directories.Framework.objects.all(),
}
"""What many rows point at: each fetched once, where a join would fetch it again with every row."""


def load_parts(agreement: Agreement) -> None:
    """Have every part of a record at hand, with what it points at."""
    prefetch_related_objects([agreement], *_PARTS)
    rows = list(_rows_of(agreement))
    for directory, entries in _DIRECTORIES.items():
        links = [(row, field) for row in rows for field in _fields_to(directory, row) if not field.is_cached(row)]
        found = entries.in_bulk({getattr(row, field.attname) for row, field in links})
        for row, field in links:
            setattr(row, field.name, found[getattr(row, field.attname)])


def _fields_to(directory: type[Model], row: Model) -> Iterator[Any]:
    """The foreign keys by which a row points at an entry of a directory."""
    for field in row._meta.concrete_fields:
        if field.related_model is directory and getattr(row, field.attname) is not None:
            yield field


def _rows_of(agreement: Agreement) -> Iterable[Model]:
    activities, framework_links = agreement.activities.all(), agreement.framework_links.all()
    announcement = getattr(agreement, "announcement", None)
    return chain(
        agreement.dates.all(),
        agreement.relations.all(),
        agreement.reverse_relations.all(),
        agreement.participations.all(),
        agreement.signatories.all(),
        agreement.funding.all(),
        activities,
        *(one.objectives.all() for one in activities),
        *(one.objectives.all() for one in framework_links),
        *(one.progress_notes.all() for one in activities),
        agreement.obligations.all(),
        framework_links,
        agreement.statements.all(),
        [announcement] if announcement else [],
        agreement.contacts.all(),
    )
