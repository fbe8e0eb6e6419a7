"""Agreements by year."""

from datetime import date

import pytest

from agreements.formats.portfolio import Portfolio, YearCount, draw_portfolio
from agreements.vocabulary.kinds import AgreementKind
from agreements.vocabulary.languages import Language
from tests.formats.drawn import rendered, words_of

TODAY = date(2026, 11, 23)
MEMORANDUM, PROTOCOL = AgreementKind.MEMORANDUM_OF_COOPERATION, AgreementKind.PROTOCOL
COUNTS = (
    YearCount(2021, MEMORANDUM, 3),
    YearCount(2021, PROTOCOL, 1),
    YearCount(2023, PROTOCOL, 2),
    YearCount(None, MEMORANDUM, 5),
)


def portfolio(*counts: YearCount, language: Language = "en") -> Portfolio:
    drawn = draw_portfolio(counts, language=language, as_of=TODAY)
    assert drawn is not None
    return drawn


class TestDrawPortfolio:
    def test_has_a_bar_a_year_as_high_as_its_share_of_the_most(self) -> None:
        drawn = portfolio(*COUNTS)

        assert [(bar.label, bar.total, bar.height) for bar in drawn.bars[-3:]] == [
            ("2021", 4, 100), ("2022", 0, 0), ("2023", 2, 50),
        ]  # fmt: skip
        assert drawn.bars[-3].kinds == ((MEMORANDUM, 3), (PROTOCOL, 1))
        assert (drawn.undated, drawn.total, drawn.peak.label) == (5, 11, "2021")
        assert [row.label for row in drawn.rows] == ["2023", "2021"]

    def test_stands_in_the_order_of_reading(self) -> None:
        assert [bar.x for bar in portfolio(*COUNTS).bars] == sorted(bar.x for bar in portfolio(*COUNTS).bars)
        arabic = portfolio(*COUNTS, language="ar").bars
        assert [bar.x for bar in arabic] == sorted((bar.x for bar in arabic), reverse=True)

    @pytest.mark.parametrize(("first", "label"), [(1995, "1994–1995"), (1900, "1900–1909"), (1, "0–99")])
    def test_takes_years_together_so_that_bars_stay_few(self, first: int, label: str) -> None:
        drawn = portfolio(YearCount(first, PROTOCOL, 1), YearCount(2026, PROTOCOL, 1))

        assert len(drawn.bars) <= 24
        assert drawn.bars[0].label == label
        assert sum(bar.total for bar in drawn.bars) == 2

    def test_has_room_for_ten_years_where_there_are_fewer(self) -> None:
        assert [bar.label for bar in portfolio(*COUNTS).bars] == [str(year) for year in range(2014, 2024)]
        assert portfolio(YearCount(3, PROTOCOL, 1)).bars[0].label == "0"

    def test_is_none_where_no_year_is_known(self) -> None:
        assert draw_portfolio([YearCount(None, PROTOCOL, 5)], language="en", as_of=TODAY) is None
        assert draw_portfolio([YearCount(2021, PROTOCOL, 0)], language="en", as_of=TODAY) is None


class TestComponent:
    @pytest.mark.parametrize(
        ("language", "row"),
        [
            ("en", "2021 4 Memorandum of Cooperation (3) · Protocol (1)"),
            ("ar", "٢٠٢١ ٤ مذكرة تعاون (٣) · بروتوكول (١)"),
            ("ckb", "٢٠٢١ ٤ یاداشتی هاوکاری (٣) · پرۆتۆکۆل (١)"),
        ],
    )
    def test_has_its_figures_in_a_table(self, language: Language, row: str) -> None:
        component = rendered("_portfolio.html", language, portfolio=portfolio(*COUNTS, language=language), id="years")

        rows = [" ".join(words_of(cell) for cell in line) for line in component.findall(".//tbody/tr")]
        assert row in rows
        assert len(rows) == 3
        assert len(component.findall(".//rect")) == 2
