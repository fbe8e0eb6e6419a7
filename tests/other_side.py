"""A person of a party with a link, for tests: opens it in a browser, answers, without an account."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.test import Client

from agreements.publishing.links import Invited, MadeLink
from agreements.publishing.party_links import make_link
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import PartyLink
from agreements.vocabulary.kinds import ParticipationRole
from agreements.vocabulary.languages import Language

FORM = "application/x-www-form-urlencoded"


def parties(agreement: Agreement) -> list[int]:
    rows = agreement.participations.filter(role=ParticipationRole.PARTY)
    return list(rows.values_list("organization_id", flat=True))


def ask(
    agreement: Agreement,
    *,
    by: User,
    at: datetime,
    person: str = "Hana Karim",
    party: int = 0,
    language: Language = "en",
    days: int = 14,
) -> MadeLink:
    """A link for a person of the agreement's party of this number."""
    invited = Invited(person, "hana@party.example", parties(agreement)[party], language)
    return make_link(agreement.pk, invited, by=by, at=at, days=days)


def address(made: MadeLink, page: str = "", *, language: str = "en") -> str:
    return f"/{language}/confirm/{made.secret}/{page}"


def send(client: Client, path: str, data: dict[str, str]) -> Any:
    """A form as a browser sends it, and with the checks that a browser meets."""
    return client.post(path, urlencode(data), content_type=FORM)


def confirm(made: MadeLink, **typed: str) -> Any:
    """Open the page and press the button; the answer."""
    client = Client(enforce_csrf_checks=True)
    seen = client.get(address(made)).context["seen"]
    return send(client, address(made), {"seen": seen, **typed})


def inputs(made: MadeLink) -> dict[str, str]:
    """What a browser would send of the corrections' form as it is shown."""
    context = Client().get(address(made, "corrections/")).context
    form = context["form"]
    return {"seen": context["seen"], **{one.html_name: str(one.value() or "") for one in form}}


def propose(made: MadeLink, changes: dict[str, str]) -> Any:
    """Open the form of corrections, change some inputs and send it; the answer."""
    return send(Client(enforce_csrf_checks=True), address(made, "corrections/"), {**inputs(made), **changes})


def state_of(made: MadeLink) -> PartyLink:
    return PartyLink.objects.get(pk=made.link.pk)
