"""The list of agreements as files: whole, and by kind, in the order of years, a page so many at a time.

It takes the place of the search, which needs a portal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from agreements.formats.portfolio import YearCount
from agreements.search.download import Row, all_matches
from agreements.search.figures import agreements_by_year
from agreements.search.models import Facet
from agreements.search.query import Query
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import AgreementKind, LegalStatus
from agreements.vocabulary.languages import Language, LocalisedText

A_PAGE: Final = 200


@dataclass(frozen=True)
class Line:
    """One agreement in the list."""

    register_number: str
    title: LocalisedText
    kind: AgreementKind
    status: LegalStatus
    date: PartialDate
    parties: list[LocalisedText]


@dataclass(frozen=True)
class Group:
    """A way through the list: the whole of it, or one kind; the addresses of its pages by their numbers."""

    kind: AgreementKind | None
    count: int
    years: tuple[tuple[int | None, int, int], ...]  # year, agreements, the page that it begins on

    @property
    def last_page(self) -> int:
        return max(1, -(-self.count // A_PAGE))

    def address(self, language: Language, page: int = 1) -> str:
        with translation.override(language):
            start = reverse("site:agreements")
        if self.kind is None:
            return start if page == 1 else f"{start}page-{page}.html"
        return f"{start}kind-{self.kind.value.replace('_', '-')}{f'-{page}' if page > 1 else ''}.html"


def list_pages(language: Language) -> Iterator[tuple[str, str]]:
    """The address and the text of each page of the list; the memory needed does not grow with the register."""
    groups = _groups(agreements_by_year())
    for group in groups:
        query = Query(chosen=((Facet.KIND, (group.kind.value,)),) if group.kind else ())
        rows = all_matches(query)
        for page in range(1, group.last_page + 1):
            yield group.address(language, page), _text(group, page, islice(rows, A_PAGE), groups, language)


def _groups(counts: Iterable[YearCount]) -> list[Group]:
    counts = list(counts)
    kinds = [kind for kind in AgreementKind if any(one.kind is kind for one in counts)]
    return [_group(None, counts), *(_group(kind, [one for one in counts if one.kind is kind]) for kind in kinds)]


def _group(kind: AgreementKind | None, counts: list[YearCount]) -> Group:
    newest_first = sorted(counts, key=lambda one: one.year or 0, reverse=True)
    years, before = [], 0
    for year, ones in groupby(newest_first, key=lambda one: one.year):
        number = sum(one.count for one in ones)
        years.append((year, number, before // A_PAGE + 1))
        before += number
    return Group(kind, before, tuple(years))


def _text(group: Group, page: int, rows: Iterable[Row], groups: list[Group], language: Language) -> str:
    years = groupby(rows, key=lambda row: int(row.date[:4]) if row.date else None)
    request = HttpRequest()
    request.path = group.address(language, page)
    context = {
        "group": group,
        "years": [(year, [_line(row) for row in of_it]) for year, of_it in years],
        "year_links": [(year, count, group.address(language, begins)) for year, count, begins in group.years],
        "kind_links": [(one, one.address(language)) for one in groups],
        "before": group.address(language, page - 1) if page > 1 else "",
        "after": group.address(language, page + 1) if page < group.last_page else "",
        "is_first": page == 1 and group.kind is None,
        "section": "agreements",
    }
    with translation.override(language):
        return render_to_string("opendata/agreement_list.html", context, request)


def _line(row: Row) -> Line:
    return Line(
        register_number=row.register_number,
        title=row.title,
        kind=AgreementKind(row.keys[Facet.KIND][0]),
        status=LegalStatus(row.status),
        date=PartialDate.parse(row.date),
        parties=row.names[Facet.PARTY],
    )
