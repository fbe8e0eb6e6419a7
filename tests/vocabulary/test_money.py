"""Amounts that are stated, withheld or unknown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agreements.vocabulary.money import Disclosure, Money


class TestMoney:
    @given(st.decimals(min_value=0, max_value=Decimal("9999999999999999.99"), places=2))
    def test_keeps_every_cent(self, amount: Decimal) -> None:
        assert Decimal(Money.of(amount, "USD").amount or "") == amount

    @pytest.mark.parametrize("disclosure", [Disclosure.UNDISCLOSED, Disclosure.NOT_STATED])
    def test_carries_no_figure_where_none_is_known(self, disclosure: Disclosure) -> None:
        with pytest.raises(ValidationError, match="carries no figure"):
            Money(disclosure=disclosure, amount="5.00", currency="USD")

    @pytest.mark.parametrize(
        ("amount", "currency"),
        [(None, None), ("5.00", None), (None, "USD"), ("5", "USD"), ("-5.00", "USD"), ("5.00", "usd"), ("5,00", "USD"),
         ("NaN", "USD"), ("٥.٠٠", "USD")],
    )  # fmt: skip
    def test_needs_figure_and_currency_where_stated(self, amount: str | None, currency: str | None) -> None:
        with pytest.raises(ValidationError):
            Money(disclosure=Disclosure.STATED, amount=amount, currency=currency)
