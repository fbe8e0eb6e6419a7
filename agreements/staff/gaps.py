"""The first page's panel of translations: how many records lack one, and the newest of them."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.register.models.agreements import Agreement
from agreements.register.models.texts import TextState
from agreements.register.translations import Completeness, completeness_of
from agreements.staff.panel import ROWS, Panel, Row, Visit, few, list_address, row_of
from agreements.staff.translations import GAPS

_COUNTED: Final = 1000
"""Records are counted up to this; beyond it the page says that there are more."""


@dataclass(frozen=True)
class Gap:
    """How many records have one kind of gap, and the list of them."""

    label: str | Promise
    count: int
    is_more: bool
    address: str


@dataclass(frozen=True)
class Gaps:
    gaps: tuple[Gap, ...]
    records: tuple[tuple[Row, Completeness | None], ...]


def translation_gaps(_visit: Visit) -> Panel:
    """What lacks a language or is older than its source. However many records there are, each kind of gap costs
    one walk over at most ``_COUNTED`` records of its own index."""
    found = {gap: _records(gap) for gap in GAPS}
    newest = sorted({pk for records in found.values() for pk in records[:ROWS]}, reverse=True)[:ROWS]
    figures = completeness_of(newest)
    records = few(Agreement.objects.filter(pk__in=newest).order_by("-pk"))
    content = Gaps(
        tuple(_gap(gap, len(records)) for gap, records in found.items() if records),
        tuple((row_of(one, page="admin:agreements_agreement_change"), figures.get(one.pk)) for one in records),
    )
    return Panel(
        "translations",
        _("Translations"),
        content if content.gaps else None,
        _("Every text is there in every language, and none is older than its source."),
        "admin/agreements/desk/_gaps.html",
    )


def _records(gap: str) -> list[int]:
    states = TextState.objects.filter(**{gap: True}).order_by("-agreement_id")
    return list(states.values_list("agreement_id", flat=True).distinct()[: _COUNTED + 1])


def _gap(gap: str, count: int) -> Gap:
    return Gap(GAPS[gap], min(count, _COUNTED), count > _COUNTED, list_address({"translations": gap}))
