"""The register's own rules for what a file brings, asked without a query a row.

Texts are tidied and refused by the same inputs as at the desk (``formats/inputs.py``), numbers by the validators of
their columns, and what concerns several columns by the rules that PostgreSQL holds too.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import CharField

from agreements.formats.inputs import LineField, TextField
from agreements.intake.errors import RowFlaw
from agreements.intake.incoming import AGREEMENT_TEXTS
from agreements.intake.words import Refusal, refused_by_rule, refused_row, said
from agreements.register.models.agreements import Agreement
from agreements.register.models.directories import Organization
from agreements.register.rules import words_of_rule
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, RenewalKind
from agreements.vocabulary.languages import LANGUAGES
from agreements.vocabulary.life import contradictions

_TEXTS: Final = frozenset(f"{stem}_{language}" for stem in AGREEMENT_TEXTS for language in LANGUAGES)
_RENEWED: Final = (RenewalKind.TACIT, RenewalKind.BY_AGREEMENT)


def tidy_columns(
    columns: Mapping[str, str | int], cells: Mapping[str, str]
) -> tuple[dict[str, str | int], list[Refusal]]:
    """An agreement's columns as the register keeps them, and what it does not take."""
    tidied: dict[str, str | int] = {}
    refusals = []
    for name, value in columns.items():
        try:
            tidied[name] = tidy_column(name, value)
        except ValidationError:
            check = lambda name=name, value=value: tidy_column(name, value)  # noqa: E731  # asked again in each language
            refusals.append(refused_by_rule(check, place=cells.get(name, ""), target=name))
    return tidied, refusals


def tidy_column(name: str, value: str | int) -> Any:
    """One column's value as the register keeps it.

    Raises:
        ValidationError: it does not take it; in the active language.
    """
    if name in _TEXTS:
        return _input(name).clean(value)
    return Agreement._meta.get_field(name).clean(value, None)  # type: ignore[union-attr]  # a column


def tidy_name(name: str) -> str:
    """An organisation's name as the register keeps it.

    Raises:
        ValidationError: it does not take it; in the active language.
    """
    cleaned: str = LineField(max_length=Organization._meta.get_field("name_en").max_length).clean(name)
    return cleaned


def refusals_of_terms(agreement: Any, cells: Mapping[str, str]) -> Iterator[Refusal]:
    """What the columns of an agreement can't be beside each other; it need not be saved."""
    if agreement.renewal_months is not None and agreement.renewal_kind not in _RENEWED:
        yield _by_constraint("agreement_renewal_length", "renewal_months", cells)
    if (agreement.notice_length is None) != (not agreement.notice_unit):
        yield _by_constraint("agreement_notice_period", "notice_length", cells)


def refusals_of_dates(dates: Sequence[tuple[str, str | None]], cells: Mapping[str, str]) -> Iterator[Refusal]:
    """What the dates of one agreement can't be beside each other, whatever a source says."""
    stated = [(DateKind(kind), PartialDate.parse(date)) for kind, date in dates]
    for one in contradictions(stated):
        if one.is_certain:
            target = next((f"date:{kind}" for kind in (one.second, one.first) if f"date:{kind}" in cells), "")
            labels = {"first": one.first.label, "second": one.second.label}
            yield refused_row(RowFlaw.DATES_CONTRADICT, place=cells.get(target, ""), target=target, **labels)


def _by_constraint(rule: str, target: str, cells: Mapping[str, str]) -> Refusal:
    return said(partial(words_of_rule, Agreement, rule), place=cells.get(target, ""), target=target)


@cache
def _input(name: str) -> LineField | TextField:
    column: Any = Agreement._meta.get_field(name)
    is_line = isinstance(column, CharField)
    made = LineField if is_line else TextField
    return made(max_length=column.max_length, required=False)
