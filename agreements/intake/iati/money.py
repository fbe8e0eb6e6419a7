"""Commitments and budgets as funding of an agreement."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

from agreements.editions.content import Funding, Organization
from agreements.formats.iati.elements import in_each_language
from agreements.formats.iati.money import begins
from agreements.intake.iati.dates import day_of
from agreements.intake.iati.file import Element
from agreements.intake.iati.organizations import Organizations, name_of
from agreements.intake.iati.reading import Reading
from agreements.vocabulary.dates import PartialDate, in_order
from agreements.vocabulary.kinds import FundingKind
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.money import Money

_COMMITMENTS: Final = ("2", "11")
"""TransactionType: outgoing and incoming commitment. What was paid or spent is no funding of its own."""

_KINDS: Final = {"110": FundingKind.GRANT, "421": FundingKind.LOAN, "422": FundingKind.LOAN}
_AMOUNT: Final = re.compile(r"(\d{1,16}|\d{1,3}(,\d{3}){1,4})(\.\d+)?", re.ASCII)
"""A number of XML has no commas. Those of thousands leave no doubt; one for a decimal point would be misread."""

_CURRENCY: Final = re.compile(r"[A-Z]{3}")


def read_funding(
    reading: Reading, organizations: Organizations, funders: list[Organization], *, source: str
) -> tuple[Funding, ...]:
    """Each commitment; where there is none, each budget of the one funder. All other amounts are left over.

    Args:
        funders: those in the funding role; a commitment that names no provider is theirs if there is only one.
    """
    only = funders[0] if len(funders) == 1 else None
    found = list(_commitments(reading, organizations, only, source))
    return tuple(found or (_budgets(reading, only, source) if only is not None else ()))


def _commitments(
    reading: Reading, organizations: Organizations, only: Organization | None, source: str
) -> Iterator[Funding]:
    for element in reading.all("transaction"):
        kind = element.find("transaction-type")
        money = _money(element.find("value"), reading)
        if kind is None or kind.get("code") not in _COMMITMENTS or money is None:
            continue
        funder = organizations.read(reading, element.find("provider-org")) or only
        if funder is None:
            continue
        recipient = organizations.read(reading, element.find("receiver-org"))
        _use_value(reading, element.find("value"))
        reading.use(kind, "code")
        description = element.find("description")
        purpose = reading.text_of([description] if description is not None else [])
        is_ours = purpose == _own_note()
        yield Funding(
            funder=name_of(funder),
            recipient=name_of(recipient) if recipient else None,
            money=money,
            kind=_kind(reading, element),
            start=day_of(reading, element.find("transaction-date")) if is_ours else PartialDate(),
            purpose=LocalisedText() if is_ours else purpose,
            source=source,
        )


@cache
def _own_note() -> LocalisedText:
    """What this portal's files say of a commitment's day: that the funding begins on it, which is no purpose."""
    return in_each_language(begins)


def _budgets(reading: Reading, funder: Organization, source: str) -> Iterator[Funding]:
    """Where a revised budget has the same period as an original one, the revised one counts."""
    elements = reading.all("budget")
    revised = {_period(one) for one in elements if one.get("type") == "2"}
    for element in elements:
        money = _money(element.find("value"), reading)
        if money is None or (element.get("type") != "2" and _period(element) in revised):
            continue
        start = day_of(reading, element.find("period-start"))
        end = day_of(reading, element.find("period-end"))
        if not in_order(start, end):
            end = PartialDate()
        _use_value(reading, element.find("value"))
        yield Funding(
            funder=name_of(funder), money=money, kind=_kind(reading, element), start=start, end=end,
            purpose=LocalisedText(), source=source,
        )  # fmt: skip


def _money(value: Element | None, reading: Reading) -> Money | None:
    """The amount, where it is one with at most two places and a currency; ``None`` for what is no such amount."""
    if value is None:
        return None
    written = (value.text or "").strip()
    currency = value.get("currency") or reading.activity.get("default-currency") or ""
    if not _AMOUNT.fullmatch(written) or not _CURRENCY.fullmatch(currency):
        return None
    amount = Decimal(written.replace(",", ""))
    return Money.of(amount, currency) if amount == round(amount, 2) else None


def _use_value(reading: Reading, value: Element | None) -> None:
    if value is not None:
        reading.use(value, "", "currency")
        reading.use(reading.activity, "default-currency")


def _kind(reading: Reading, element: Element) -> FundingKind:
    own = element.find("finance-type")
    finance = own if own is not None else reading.activity.find("default-finance-type")
    kind = _KINDS.get(finance.get("code", "")) if finance is not None else None
    if kind is None or finance is None:
        return FundingKind.NOT_STATED
    reading.use(finance, "code")
    return kind


def _period(budget: Element) -> tuple[str | None, ...]:
    ends = (budget.find("period-start"), budget.find("period-end"))
    return tuple(one.get("iso-date") if one is not None else None for one in ends)
