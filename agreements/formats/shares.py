"""Who funds how much, and what share of it: only of amounts that are known."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from agreements.editions.content import AgreementContent, Funding
from agreements.vocabulary.money import Disclosure, Money


@dataclass(frozen=True)
class FundingLine:
    """One funding of the record.

    ``bar`` is its length beside the largest amount in the same currency, in hundredths; ``None`` where the amount is
    not known. ``percent`` is its share of all that is funded in that currency, as a whole number; ``None`` where
    somebody's amount is not known, because then nobody's share is.
    """

    funding: Funding
    bar: str | None
    percent: int | None


@dataclass(frozen=True)
class Shares:
    """The fundings in the record's order, and the sums a currency; ``unknown`` counts amounts that are not known."""

    lines: tuple[FundingLine, ...]
    sums: tuple[Money, ...]
    unknown: int
    undisclosed: int

    @property
    def has_bars(self) -> bool:
        """Whether there is anything to compare: two amounts in one currency."""
        currencies = [line.funding.money.currency for line in self.lines if line.bar is not None]
        return len(set(currencies)) < len(currencies)

    @property
    def has_percentages(self) -> bool:
        return self.has_bars and not self.unknown


def shares_of(content: AgreementContent) -> Shares:
    """The shares of a record's funders, a currency by itself: nothing is converted.

    A funder without a funding counts as one whose amount is not known.
    """
    known: dict[str, list[Decimal]] = defaultdict(list)
    for one in content.funding:
        if one.money.amount is not None and one.money.currency is not None:
            known[one.money.currency].append(Decimal(one.money.amount))
    named = {one.funder.id for one in content.funding}
    without_line = sum(one.organization.id not in named for one in content.funders)
    unknown = sum(one.money.amount is None for one in content.funding) + without_line
    percentages = {currency: iter(_percentages(amounts)) for currency, amounts in known.items()}
    lines = []
    for one in content.funding:
        currency = one.money.currency
        if one.money.amount is None or currency is None:
            lines.append(FundingLine(one, None, None))
            continue
        percent = next(percentages[currency])
        bar = _hundredths(Decimal(one.money.amount), max(known[currency]))
        lines.append(FundingLine(one, bar, None if unknown else percent))
    return Shares(
        lines=tuple(lines),
        sums=tuple(Money.of(sum(amounts, Decimal(0)), currency) for currency, amounts in known.items()),
        unknown=unknown,
        undisclosed=sum(one.money.disclosure is Disclosure.UNDISCLOSED for one in content.funding),
    )


def _hundredths(part: Decimal, whole: Decimal) -> str:
    return f"{100 * part / whole:.1f}" if whole else "0.0"


def _percentages(amounts: Iterable[Decimal]) -> list[int]:
    """Whole percentages that add up to 100: what rounding leaves over goes to the largest remainders."""
    amounts = list(amounts)
    whole = sum(amounts, Decimal(0))
    if not whole:
        return [0] * len(amounts)
    exact = [100 * one / whole for one in amounts]
    rounded = [int(one) for one in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: rounded[place] - exact[place])
    for place in by_remainder[: 100 - sum(rounded)]:
        rounded[place] += 1
    return rounded
