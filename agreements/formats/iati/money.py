"""Amounts, where they are stated together with the days that the standard asks for; others are told in words."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext

from agreements.editions.content import AgreementContent, Funding
from agreements.formats.iati import codes
from agreements.formats.iati.dates import known_day
from agreements.formats.iati.elements import Element, add, in_each_language, narrate
from agreements.formats.iati.organizations import add_side
from agreements.formats.iati.subject import Subject
from agreements.vocabulary.languages import Language

_YEAR: Final = timedelta(days=365)
"""No period of a budget may be longer (rule 7.5.3)."""


def default_currency(content: AgreementContent) -> str | None:
    """The currency of the first stated amount; each amount names its own as well."""
    return next((one.money.currency for one in content.funding if one.money.currency), None)


def add_budget(activity: Element, funding: Funding) -> None:
    """A committed budget, where both ends of its period are known to the day and at most a year lies between them."""
    start, end = known_day(funding.start), known_day(funding.end)
    if funding.money.amount is None or start is None or end is None or not timedelta() <= end - start <= _YEAR:
        return
    budget = add(activity, "budget", {"type": codes.ORIGINAL_BUDGET, "status": codes.COMMITTED_BUDGET})
    add(budget, "period-start", {"iso-date": start.isoformat()})
    add(budget, "period-end", {"iso-date": end.isoformat()})
    _add_value(budget, funding, start)


def add_commitment(activity: Element, subject: Subject, funding: Funding) -> None:
    """The funder's commitment, where the amount is stated and it began on a known day that has come."""
    start = known_day(funding.start)
    if funding.money.amount is None or start is None or start > subject.as_of:
        return
    transaction = add(activity, "transaction")
    add(transaction, "transaction-type", {"code": codes.INCOMING_COMMITMENT})
    add(transaction, "transaction-date", {"iso-date": start.isoformat()})
    _add_value(transaction, funding, start)
    narrate(add(transaction, "description"), in_each_language(begins))
    add_side(transaction, "provider-org", subject, funding.funder)
    if funding.recipient is not None:
        add_side(transaction, "receiver-org", subject, funding.recipient)
    if funding.kind in codes.FINANCE_TYPES:
        add(transaction, "finance-type", {"code": codes.FINANCE_TYPES[funding.kind]})


def begins(_language: Language) -> str:
    """How the day of a commitment is told; who reads such a file knows by it what the day is."""
    return gettext("The day is that on which the funding begins.")


def _add_value(parent: Element, funding: Funding, day: date) -> None:
    attributes = {"currency": funding.money.currency, "value-date": day.isoformat()}
    add(parent, "value", attributes, funding.money.amount)
