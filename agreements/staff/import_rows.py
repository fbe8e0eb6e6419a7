"""What the check found, as the page of an import shows it: rows by outcome, refusals and differences in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from agreements.intake.columns import DATE, label_of
from agreements.intake.models import Import, ImportRow, Outcome
from agreements.register.models.agreements import Agreement, AgreementDate
from agreements.register.values import Value, value_as_typed

PER_PAGE: Final = 50


@dataclass(frozen=True)
class ShownRefusal:
    place: str
    field: str
    text: str


@dataclass(frozen=True)
class ShownChange:
    field: str
    before: Value | None
    after: Value


@dataclass(frozen=True)
class ShownRow:
    """A row as the page shows it; ``address`` is the agreement's page, where there is one."""

    row: ImportRow
    address: str
    refusals: tuple[ShownRefusal, ...]
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True)
class Count:
    """How many rows have an outcome; ``is_shown`` where only these are listed."""

    outcome: Outcome
    count: int
    is_shown: bool


def counts_of(one: Import, shown: str) -> list[Count]:
    return [Count(outcome, one.counts.get(outcome, 0), outcome == shown) for outcome in Outcome]


def page_of(one: Import, *, outcome: str, page: str) -> Page[Any]:
    """The rows of one page; what is no number of a page is the nearest one."""
    return Paginator(rows_of(one, outcome), PER_PAGE).get_page(page)


def rows_of(one: Import, outcome: str) -> QuerySet[ImportRow]:
    rows = ImportRow.objects.filter(of_import=one).order_by("number")
    return rows.filter(outcome=outcome) if outcome in Outcome.values else rows


def shown_rows(rows: Sequence[ImportRow]) -> list[ShownRow]:
    """Rows in words, with the addresses of their agreements: one query."""
    numbers = {row.register_number for row in rows if row.register_number}
    keys = dict(Agreement.objects.filter(register_number__in=numbers).values_list("register_number", "pk"))
    return [
        ShownRow(
            row,
            reverse("admin:agreements_agreement_change", args=[keys[row.register_number]])
            if row.register_number in keys
            else "",
            tuple(refusals_in_words(row)),
            tuple(changes_in_words(row)),
        )
        for row in rows
    ]


def refusals_in_words(row: ImportRow) -> Iterator[ShownRefusal]:
    language = get_language() or "en"
    for one in row.refusals:
        text = one["texts"].get(language) or one["texts"]["en"]
        yield ShownRefusal(one["place"], label_of(one["target"]) if one["target"] else "", text)


def changes_in_words(row: ImportRow) -> Iterator[ShownChange]:
    for one in row.changes:
        field = _column(one["target"])
        before = value_as_typed(field, one["before"]) if one["before"] else None
        yield ShownChange(label_of(one["target"]), before, value_as_typed(field, one["after"]))


def _column(target: str) -> Any:
    """The register's column that a field fills, which knows how its values are written; none of a list."""
    if target.startswith(DATE):
        return AgreementDate._meta.get_field("date")
    names = {field.name: field for field in Agreement._meta.concrete_fields}
    return names.get(target)
