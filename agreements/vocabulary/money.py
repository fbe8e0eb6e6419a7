"""Amounts that are stated, withheld or unknown."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, model_validator

_AMOUNT: Final = re.compile(r"\d{1,16}\.\d{2}", re.ASCII)
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)


class Disclosure(StrEnum):
    STATED = "stated"
    UNDISCLOSED = "undisclosed"
    NOT_STATED = "not_stated"


class Money(BaseModel):
    """``{"disclosure": "stated", "amount": "250000.00", "currency": "USD"}``.

    The amount is a decimal string with two places, so that no reader's floating point
    changes it; the currency is an ISO 4217 code. "undisclosed": the parties keep it to
    themselves; "not_stated": no source says.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    disclosure: Disclosure = Disclosure.NOT_STATED
    amount: str | None = None
    currency: str | None = None

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> Self:
        return cls(disclosure=Disclosure.STATED, amount=f"{amount:.2f}", currency=currency)

    @model_validator(mode="after")
    def _amount_only_where_stated(self) -> Self:
        has_both = self.amount is not None and self.currency is not None
        has_none = self.amount is None and self.currency is None
        if self.disclosure is Disclosure.STATED:
            if not has_both or not _AMOUNT.fullmatch(self.amount or "") or not _CURRENCY.fullmatch(self.currency or ""):
                raise ValueError("a stated amount needs two decimal places and an ISO 4217 currency")
        elif not has_none:
            raise ValueError(f"an amount that is {self.disclosure} carries no figure")
        return self
