"""What the panels of the desk's first page are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, cast
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from agreements.formats.words import write_day, write_time
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import Language
from agreements.vocabulary.zone import BAGHDAD, day_in_baghdad

ROWS: Final = 6
"""A group shows no more rows than this; the rest is behind a link to the list."""

Tone = Literal["plain", "warn", "late"]


@dataclass(frozen=True)
class Fact:
    """Something said of a row; its tone is never told by colour alone."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Row:
    number: str
    title: str
    address: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Group:
    """Rows under a heading. ``more`` leads to all of them, where they are more than are shown."""

    title: str | Promise
    rows: tuple[Row, ...]
    more: str = ""
    note: str | Promise = ""


@dataclass(frozen=True)
class Panel:
    """A part of the first page; ``template`` gets the panel and shows what it needs of ``content``."""

    name: str
    title: str | Promise
    content: Any
    empty: str | Promise = ""
    template: str = "admin/agreements/desk/_groups.html"


@dataclass(frozen=True)
class Visit:
    """Who opens the desk, and when."""

    user: User
    at: datetime

    @property
    def today(self) -> date:
        return day_in_baghdad(self.at)

    def may(self, act: str) -> bool:
        return self.user.has_perm(f"agreements.{act}")


def groups_panel(name: str, title: str | Promise, groups: Iterable[Group], *, empty: str | Promise) -> Panel:
    """A panel of groups, without those that have no row and nothing to say."""
    return Panel(name, title, tuple(one for one in groups if one.rows or one.note), empty)


def few(agreements: QuerySet[Agreement]) -> list[Agreement]:
    """One more than is shown, with no more columns than a row needs: some texts are long."""
    columns = ("register_number", "title_en", "title_ar", "title_ckb", "review_due", "publish_at")
    return list(agreements.only(*columns, "reviewer_id", "submitted_by_id", "last_edited_by_id")[: ROWS + 1])


def group_of(
    title: str | Promise, agreements: Sequence[Agreement], rows: Iterable[Row], *, listed: dict[str, Any]
) -> Group:
    """The rows of ``few`` agreements; ``listed`` is the list's filter that shows them all."""
    more = list_address(listed) if len(agreements) > ROWS else ""
    return Group(title, tuple(rows)[:ROWS], more)


def row_of(agreement: Agreement, *facts: Fact | None, page: str = "admin:agreement_review") -> Row:
    said = tuple(one for one in facts if one is not None)
    return Row(agreement.register_number, title_of(agreement), reverse(page, args=[agreement.pk]), said)


def title_of(agreement: Agreement) -> str:
    """Its title in the language in use, else in the first it is written in."""
    return str(agreement).removeprefix(agreement.register_number).strip()


def list_address(filters: dict[str, Any]) -> str:
    return f"{reverse('admin:agreements_agreement_changelist')}?{urlencode(filters)}"


def day_in_words(day: date) -> str:
    return write_day(day, _language())


def moment_in_words(moment: datetime) -> str:
    there = moment.astimezone(BAGHDAD)
    return f"{write_day(there.date(), _language())} \u2068{write_time(there, _language())}\u2069"


def _language() -> Language:
    return cast(Language, get_language() or "en")
