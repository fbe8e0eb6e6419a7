"""Receiving a reader's report: once, within limits that keep the desk from being buried."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.correspondence.errors import AlreadyReceived, ReportUnknown
from agreements.correspondence.limits import Limit
from agreements.correspondence.models import Report
from agreements.correspondence.tickets import Ticket, code_meant
from agreements.vocabulary.languages import Language

OF_A_NETWORK: Final = Limit("report_network", 10)
ON_AN_AGREEMENT: Final = Limit("report_agreement", 20)
WITHOUT_WORK: Final = Limit("report_unproved", 30)
OF_ALL: Final = Limit("report_all", 100)
"""An hour's reports; those without a proof of work share a smaller number of their own."""

WRONG_CODES: Final = Limit("wrong_report_code", 20)
"""For each network that clients come from."""

_EVERYBODY: Final = "everybody"


@dataclass(frozen=True)
class Words:
    """What a reader wrote; all but ``wrong`` may be empty."""

    section: str
    wrong: str
    right: str
    source: str
    name: str
    email: str


@dataclass(frozen=True)
class Sender:
    """Where a report comes from. ``network`` is counted as a keyed hash, and kept nowhere with the report."""

    network: str
    language: Language
    is_proved: bool


def receive_report(ticket: Ticket, words: Words, *, content_hash: str, sender: Sender, at: datetime) -> str:
    """Keep a report; the code by which its reader comes back.

    A form that is sent again with the same words is the same report. Must not run in a transaction that may be
    undone: what was counted has to stay counted.

    Args:
        ticket: checked already.
        content_hash: of the edition that the ticket names.

    Raises:
        AlreadyReceived: the form was sent before with other words.
        TooOften: a limit is reached, see ``limits.py``.
    """
    if _known(ticket, words):
        return ticket.code
    OF_A_NETWORK.spend(sender.network, at=at)
    if not sender.is_proved:
        WITHOUT_WORK.spend(_EVERYBODY, at=at)
    ON_AN_AGREEMENT.spend(ticket.register_number, at=at)
    OF_ALL.spend(_EVERYBODY, at=at)
    try:
        with transaction.atomic(), pghistory.context(person=_("A reader")):
            Report.objects.create(
                code_hash=_hashed(ticket.code),
                register_number=ticket.register_number,
                edition_number=ticket.edition_number,
                content_hash=content_hash,
                language=sender.language,
                received_at=at,
                **vars(words),
            )
    except IntegrityError:  # a second press of the button overtook the first
        if not _known(ticket, words):
            raise
    return ticket.code


def report_with_code(typed: str, *, network: str, at: datetime) -> Report:
    """The report that a code belongs to, however the code is typed.

    Raises:
        ReportUnknown: none has this code, or it has been deleted since.
        TooOften: this network has asked for too many codes that do not exist.
    """
    WRONG_CODES.check(network, at=at)
    code = code_meant(typed)
    report = Report.objects.filter(code_hash=_hashed(code)).first() if code else None
    if report is None:
        WRONG_CODES.spend(network, at=at)
        raise ReportUnknown
    return report


def _known(ticket: Ticket, words: Words) -> bool:
    """Whether the ticket's report is there already.

    Raises:
        AlreadyReceived: with other words.
    """
    known = Report.objects.filter(code_hash=_hashed(ticket.code)).first()
    if known is None:
        return False
    if any(getattr(known, name) != said for name, said in vars(words).items()):
        raise AlreadyReceived
    return True


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
