"""The list of agreements: as quick for a hundred thousand of them as for ten."""

from typing import Any, Final

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.expressions import Expression
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language

from agreements.editions.queries import current_editions
from agreements.register.models.agreements import Agreement, title_order
from agreements.vocabulary.languages import LANGUAGES

_COLUMNS: Final = ("register_number", "title_en", "title_ar", "title_ckb", "kind", "working_state")


COUNTED: Final = 10_000
"""So many of what a search finds are counted and listed: to count a common word takes longer than to find it."""


class ListPaginator(Paginator[Any]):
    """Reads the pages of the second half from the end: PostgreSQL walks over all rows before those it gives."""

    is_searched = False

    @cached_property
    def found(self) -> int:
        """How many there are; of a search, at most one more than are listed."""
        rows: Any = self.object_list
        found: int = rows.order_by()[: COUNTED + 1].count() if self.is_searched else rows.count()
        return found

    @cached_property
    def count(self) -> int:
        return min(self.found, COUNTED) if self.is_searched else self.found

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        if first <= self.count // 2 or self.found > self.count:
            return super().page(number)
        after = min(first + self.per_page, self.count)
        rows: Any = self.object_list
        return Page(list(rows.reverse()[self.count - after : self.count - first])[::-1], number, self)


class AgreementList(ChangeList):
    """Reads only what the list shows, and asks for public editions of the page's rows alone."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Agreement]:
        rows: QuerySet[Agreement] = super().get_queryset(request, exclude_parameters)
        return rows.only(*_COLUMNS)

    def get_ordering_field(self, field_name: Any) -> str | Expression | None:
        if field_name == "title_here":
            language = next((one for one in LANGUAGES if one == get_language()), LANGUAGES[0])
            return title_order(language)
        return super().get_ordering_field(field_name)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.is_more = self.paginator.found > self.paginator.count
        # As a column of the query, PostgreSQL would look it up for all rows of the pages before this one too.
        rows = list(self.result_list)
        public = current_editions().filter(register_number__in=[row.register_number for row in rows])
        numbers = dict(public.order_by().values_list("register_number", "number"))
        for row in rows:
            row.public_number = numbers.get(row.register_number)
        self.result_list = rows
