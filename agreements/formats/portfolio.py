"""All agreements by the year in which they were signed or announced: pure; drawn by ``components/_portfolio.html``.

    portfolio = draw_portfolio(counts, language=language, as_of=day)
    {% include "components/_portfolio.html" with portfolio=portfolio id="portfolio" only %}

``counts`` are figures, one a year and kind, so that the drawing costs the same for ten agreements and for a
million. Bars stand in the order of reading: the oldest at the right on a page in Arabic or Kurdish.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from agreements.formats.words import in_digits_of
from agreements.vocabulary.kinds import AgreementKind
from agreements.vocabulary.languages import DIRECTIONS, Language

_MOST_BARS: Final = 24
"""What a phone's width has room for, and a screen reader patience."""

_FEWEST_BARS: Final = 10
"""Two bars alone would be two blocks: empty years before them say as much."""

_SPANS: Final = (1, 2, 5, 10, 20, 50, 100, 500, 1000)
_MOST_TICKS: Final = 6


@dataclass(frozen=True)
class YearCount:
    """How many agreements of one kind were signed in a year, or announced where no signature is dated.

    ``year`` is ``None`` for those of which neither is stated.
    """

    year: int | None
    kind: AgreementKind
    count: int


@dataclass(frozen=True)
class YearBar:
    """A year, or a stretch of years, with its figures; the place of its bar in percent of the drawing."""

    label: str
    total: int
    kinds: tuple[tuple[AgreementKind, int], ...]  # the commonest first
    x: float
    width: float
    height: float
    top: float
    is_ticked: bool  # whether its label stands below it: not all have room


@dataclass(frozen=True)
class Portfolio:
    bars: tuple[YearBar, ...]
    undated: int
    total: int
    as_of: date

    @property
    def rows(self) -> tuple[YearBar, ...]:
        """What the table lists: the years with agreements, newest first."""
        return tuple(bar for bar in reversed(self.bars) if bar.total)

    @property
    def peak(self) -> YearBar:
        """The highest bar, of equals the newest."""
        return max(self.rows, key=lambda bar: bar.total)


def draw_portfolio(counts: Iterable[YearCount], *, language: Language, as_of: date) -> Portfolio | None:
    """The portfolio of these counts; ``None`` where nothing is dated.

    Years are taken together by two, five, ten… where more than 24 lie between the first and the last.
    ``as_of`` is the day in Baghdad that the figures hold for.
    """
    given = [one for one in counts if one.count > 0]
    years = [one.year for one in given if one.year is not None]
    if not years:
        return None
    span = next(span for span in _SPANS if max(years) // span - min(years) // span < _MOST_BARS)
    start = max(0, min(*years, max(years) - span * (_FEWEST_BARS - 1)))
    firsts = range(start // span * span, max(years) + 1, span)
    kinds_of = {first: _by_kind(one for one in given if _is_within(one.year, first, span)) for first in firsts}
    most = max(sum(kinds.values()) for kinds in kinds_of.values())
    slot = 100 / len(firsts)
    every = -(-len(firsts) // _MOST_TICKS)
    bars = []
    for number, first in enumerate(firsts):
        total = sum(kinds_of[first].values())
        left = number * slot + slot * 0.14
        bars.append(
            YearBar(
                label=_label(first, span, language),
                total=total,
                kinds=tuple(sorted(kinds_of[first].items(), key=lambda one: -one[1])),
                x=round(100 - left - slot * 0.72 if DIRECTIONS[language] == "rtl" else left, 2),
                width=round(slot * 0.72, 2),
                height=round(total / most * 100, 2),
                top=round(100 - total / most * 100, 2),
                is_ticked=number % every == 0,
            )
        )
    undated = sum(one.count for one in given if one.year is None)
    return Portfolio(tuple(bars), undated, undated + sum(bar.total for bar in bars), as_of)


def _is_within(year: int | None, first: int, span: int) -> bool:
    return year is not None and first <= year < first + span


def _by_kind(counts: Iterable[YearCount]) -> dict[AgreementKind, int]:
    found: dict[AgreementKind, int] = {}
    for one in counts:
        found[one.kind] = found.get(one.kind, 0) + one.count
    return found


def _label(first: int, span: int, language: Language) -> str:
    years = str(first) if span == 1 else f"{first}–{first + span - 1}"
    return in_digits_of(years, language)
