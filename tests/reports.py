"""Readers' reports for tests: the form filled in as a browser would, and reports that are there already."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from agreements.correspondence.models import Report
from agreements.correspondence.tickets import MIN_AGE_WITHOUT_WORK_S, issue_ticket
from agreements.editions.models import Edition

FORM = "application/x-www-form-urlencoded"
ADDRESS = "/en/agreements/MOC-0001/report/"
WRONG = "The second funder is written wrongly."


def ticket(*, age_s: float = MIN_AGE_WITHOUT_WORK_S + 1, number: str = "MOC-0001", edition: int = 1) -> str:
    """A form's ticket that was issued so many seconds ago."""
    return issue_ticket(number, edition, at=timezone.now() - timedelta(seconds=age_s)).packed


def send(address: str = ADDRESS, *, from_address: str = "198.51.100.7", **typed: Any) -> Any:
    """The answer to the form, sent by a reader who has no script; what is not typed is as the page has it."""
    data = {"ticket": ticket(), "work": "", "section": "funding", "wrong": WRONG, "homepage": "", **typed}
    client = Client(enforce_csrf_checks=True)
    return client.post(address, urlencode(data), content_type=FORM, REMOTE_ADDR=from_address)


def reported(edition: Edition, *, at: datetime, **columns: Any) -> Report:
    """A report about an edition, as the form would have left it."""
    number = Report.objects.count() + 1
    defaults = {"section": "funding", "wrong": WRONG, "language": "en", "name": "Rana", "email": "rana@example.org"}
    return Report.objects.create(
        code_hash=f"{number:064x}",
        register_number=edition.register_number,
        edition_number=edition.number,
        content_hash=edition.content_hash,
        received_at=at,
        **{**defaults, **columns},
    )
