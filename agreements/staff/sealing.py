"""Seals of the other side as the review page shows them: who was asked, what came, and the form to ask."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from agreements.editions.models import Edition
from agreements.editions.queries import current_edition
from agreements.publishing.links import has_ended
from agreements.publishing.other_seals import parties_of_edition
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import SealLink
from agreements.staff.other_side import may_ask
from agreements.staff.party_forms import AskForm
from agreements.summaries.others.models import OtherSeal
from agreements.summaries.others.store import seals_of_links

_REVOKED: Final = pgettext_lazy("link", "Revoked")
_CLOSED: Final = pgettext_lazy("link", "Expired")
_OPEN: Final = pgettext_lazy("link", "Open")


@dataclass(frozen=True)
class ShownSealLink:
    """A link with what came through it, newest first."""

    link: SealLink
    state: str | Promise
    seals: tuple[OtherSeal, ...]


def sealing(request: HttpRequest, agreement: Agreement, *, ask: AskForm | None = None) -> dict[str, Any]:
    """What the review page's section about seals is given; a form that was refused keeps what was typed."""
    edition = current_edition(agreement.register_number)
    asks = edition is not None and may_ask(request)
    return {
        "seal_links": _links(agreement, at=timezone.now()),
        "may_ask_for_seal": may_ask(request),
        "ask_for_seal": (ask or ask_form(edition)) if edition is not None and asks else None,
        "is_seal_asked": ask is not None,
        "current_edition": edition,
    }


def ask_form(edition: Edition, data: Any = None) -> AskForm:
    """Whom of the edition's parties to ask; apart from the other form on the page, which has the same inputs."""
    choices = [(one.pk, str(one)) for one in parties_of_edition(edition)]
    return AskForm(data, parties=choices, auto_id="seal_%s")


def _links(agreement: Agreement, *, at: datetime) -> list[ShownSealLink]:
    links = list(agreement.seallinks.select_related("party", "created_by", "agreement"))
    seals = seals_of_links(one.pk for one in links)
    return [ShownSealLink(one, _state(one, at), tuple(seal for seal in seals if seal.link == one.pk)) for one in links]


def _state(link: SealLink, at: datetime) -> str | Promise:
    if link.revoked_at is not None:
        return _REVOKED
    return _CLOSED if has_ended(link, at=at) else _OPEN
