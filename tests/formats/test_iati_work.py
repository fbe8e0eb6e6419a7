"""The work and the money under an agreement as IATI activities of the second level."""

import pytest

from agreements.vocabulary.money import Disclosure, Money
from tests.editions.contents import full, shipped
from tests.formats.iati_written import changed, values, when, written


class TestWork:
    def test_every_activity_and_every_funding_stands_below(self) -> None:
        root = written(shipped())

        assert len(root.findall("iati-activity[@hierarchy='2']")) == len(shipped().activities) + len(shipped().funding)
        assert len(root.findall("iati-activity[@hierarchy='1']")) == 1

    @pytest.mark.parametrize(
        ("money", "start", "transactions", "budgets"),
        [
            (
                Money(disclosure="stated", amount="840000.00", currency="AUD"),
                "2020-07-23",
                ["840000.00"],
                ["840000.00"],
            ),
            (Money(disclosure="stated", amount="840000.00", currency="AUD"), "2020-07", [], []),
            (Money(disclosure=Disclosure.UNDISCLOSED), "2020-07-23", [], []),
        ],
        ids=["day known", "month known", "undisclosed"],
    )
    def test_amounts_stand_only_with_days_that_are_known(
        self, money: Money, start: str, transactions: list[str], budgets: list[str]
    ) -> None:
        one = full().funding[0].model_copy(update={"money": money, "start": when(start), "end": when("2021-07-22")})
        root = written(changed(funding=(one,)))

        assert values(root, "//transaction/value/text()") == transactions
        assert values(root, "//budget/value/text()") == budgets
        told = "".join(values(root, "//iati-activity[last()]/description[@type='4']/narrative[@xml:lang='en']/text()"))
        assert ("AUD\N{NO-BREAK SPACE}840,000" in told) == (money.amount is not None)

    def test_the_recipient_of_funds_implements(self) -> None:
        last = written(shipped())[-1]

        assert values(last, "participating-org/@role") == ["1", "4"]
