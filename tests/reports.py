"""Readers' reports for tests: the form filled in as a browser would, and reports that are there already."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from agreements.correspondence.models import Report
from agreements.correspondence.tickets import MIN_AGE_WITHOUT_WORK_S, issue_ticket
from agreements.editions.models import Edition

FORM = "application/x-www-form-urlencoded"
WRONG = "The second funder is written wrongly."


@dataclass(frozen=True)
class Reader:
    """Somebody who has an agreement's page open, and neither a cookie nor a script."""

    number: str

    @property
    def address(self) -> str:
        return f"/en/agreements/{self.number}/report/"

    def ticket(self, *, age_s: float = MIN_AGE_WITHOUT_WORK_S + 1) -> str:
        """A form's ticket that was issued so many seconds ago, for the first edition."""
        return issue_ticket(self.number, 1, at=timezone.now() - timedelta(seconds=age_s)).packed

    def send(self, *, from_address: str = "198.51.100.7", **typed: Any) -> Any:
        """The answer to the form; what is not typed is as the page has it."""
        data = {"ticket": self.ticket(), "work": "", "section": "funding", "wrong": WRONG, "homepage": "", **typed}
        client = Client(enforce_csrf_checks=True)
        return client.post(self.address, urlencode(data), content_type=FORM, REMOTE_ADDR=from_address)


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
