"""Shares of what is funded: only of amounts that are known, and never across currencies."""

from decimal import Decimal

from agreements.editions.content import AgreementContent, Funding, OrganizationName
from agreements.formats.shares import shares_of
from agreements.vocabulary.kinds import FundingKind
from agreements.vocabulary.languages import LocalisedText
from agreements.vocabulary.money import Disclosure, Money
from tests.editions.contents import shipped


def funded(*amounts: tuple[int, str] | Disclosure) -> AgreementContent:
    funding = tuple(
        Funding(
            funder=OrganizationName(id=f"funder-{number}", name=LocalisedText(en="Funder")),
            money=Money(disclosure=one) if isinstance(one, Disclosure) else Money.of(Decimal(one[0]), one[1]),
            kind=FundingKind.GRANT,
        )
        for number, one in enumerate(amounts)
    )
    return shipped().model_copy(update={"funding": funding, "participations": ()})


class TestSharesOf:
    def test_add_up_to_a_hundred_in_each_currency(self) -> None:
        shares = shares_of(funded((1, "USD"), (1, "USD"), (1, "USD"), (7, "EUR"), (3, "EUR")))

        assert [line.percent for line in shares.lines] == [34, 33, 33, 70, 30]
        assert [money.amount for money in shares.sums] == ["3.00", "10.00"]

    def test_are_nobody_s_where_an_amount_is_not_known(self) -> None:
        shares = shares_of(funded((600, "USD"), (300, "USD"), Disclosure.UNDISCLOSED))

        assert [line.percent for line in shares.lines] == [None, None, None]
        assert [line.bar for line in shares.lines] == ["100.0", "50.0", None]
        assert (shares.unknown, shares.undisclosed, shares.has_percentages) == (1, 1, False)

    def test_count_a_funder_of_whom_no_funding_is_stated_as_unknown(self) -> None:
        content = funded((600, "USD"), (300, "USD"))
        content = content.model_copy(update={"participations": shipped().funders[:1]})

        assert shares_of(content).unknown == 1

    def test_compare_nothing_where_each_currency_has_one_amount(self) -> None:
        assert not shares_of(funded((5, "USD"), (5, "EUR"))).has_bars

    def test_survive_amounts_of_nothing(self) -> None:
        assert [line.bar for line in shares_of(funded((0, "USD"), (0, "USD"))).lines] == ["0.0", "0.0"]
