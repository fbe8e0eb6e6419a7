"""The first page's panel of what became public, and what was taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agreements.editions.models import LogEntry
from agreements.register.models.agreements import Agreement
from agreements.staff.panel import ROWS, Panel, Visit, title_of
from agreements.vocabulary.kinds import LogKind


@dataclass(frozen=True)
class Entry:
    number: str
    title: str
    edition: int
    at: datetime
    is_withdrawal: bool


def recent(_visit: Visit) -> Panel:
    """The newest entries of the log. Titles are those of the working record: the published ones are inside editions."""
    entries = list(LogEntry.objects.order_by("-sequence")[:ROWS])
    numbers = {one.register_number for one in entries}
    records = Agreement.objects.filter(register_number__in=numbers)
    titles = {one.register_number: title_of(one) for one in records.only(*_COLUMNS)}
    content = [
        Entry(
            one.register_number,
            titles.get(one.register_number, ""),
            one.edition_number,
            one.at,
            one.kind == LogKind.WITHDRAWAL,
        )
        for one in entries
    ]
    return Panel(
        "recent", _("Recently published or withdrawn"), content, _("Nothing was published yet."),
        "admin/agreements/desk/_recent.html",
    )  # fmt: skip


_COLUMNS = ("register_number", "title_en", "title_ar", "title_ckb")
