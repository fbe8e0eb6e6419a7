"""The other side as the desk shows it: links with what came of them, and the corrections to decide upon."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from agreements.editions.content import AgreementContent
from agreements.publishing.confirmations import record_hash
from agreements.publishing.corrections import Proposal, open_proposals, proposals_of
from agreements.publishing.readiness import next_number
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import PartyLink
from agreements.register.values import Value, value_as_typed
from agreements.staff.party_forms import AskForm, DecideForm, parties_of
from agreements.vocabulary.kinds import CorrectionState, PartyAnswer, WorkingState
from agreements.vocabulary.sections import place_on_form

_REVOKED: Final = pgettext_lazy("link", "Revoked")
_PUBLISHED: Final = pgettext_lazy("link", "Over: the edition was published")
_EXPIRED: Final = pgettext_lazy("link", "Expired")
_ANSWERED: Final = pgettext_lazy("link", "Used: it was answered")
_OPEN: Final = pgettext_lazy("link", "Open")


@dataclass(frozen=True)
class ShownLink:
    """A link in the desk's list; ``is_older`` where what was confirmed is not what stands there now."""

    link: PartyLink
    state: str | Promise
    is_older: bool


@dataclass(frozen=True)
class ShownCorrection:
    """A correction with what stood there, what does now, and what should.

    ``place`` is what follows the form's address to get there; empty where there is no such field.
    """

    pk: int
    who: str
    section: str
    label: str
    place: str
    before: Value
    now: Value
    proposed: Value
    proposal: Proposal


def may_ask(request: HttpRequest) -> bool:
    """Whether this person may make and revoke links: who writes records, and who reviews them."""
    user: Any = request.user
    return bool(user.has_perm("agreements.change_agreement") or user.has_perm("agreements.approve_agreement"))


def other_side(
    request: HttpRequest,
    agreement: Agreement,
    content: AgreementContent,
    *,
    ask: AskForm | None = None,
    decide: DecideForm | None = None,
) -> dict[str, Any]:
    """What the review page's section about the other side is given; forms that were refused keep what was typed."""
    corrections = [_shown(one) for one in open_proposals(agreement)]
    decide = decide or DecideForm(initial={"revision": agreement.revision})
    is_withdrawn = agreement.working_state == WorkingState.WITHDRAWN
    links = _links(agreement, content, at=timezone.now())
    return {
        "party_links": links,
        "corrections": corrections,
        "ask": ask or (_asks(request, agreement, links) if may_ask(request) and not is_withdrawn else None),
        "may_ask": may_ask(request),
        "decide": decide,
        "may_decide": request.user.has_perm("agreements.change_agreement"),
        "ticked": decide.data.getlist("correction") if decide.is_bound else [],  # type: ignore[attr-defined]  # a QueryDict
    }


def _links(agreement: Agreement, content: AgreementContent, *, at: datetime) -> list[ShownLink]:
    number, now = next_number(agreement), record_hash(content)
    rows = agreement.partylinks.select_related("party", "created_by")
    return [
        ShownLink(link, _state(link, number, at), link.answer == PartyAnswer.CONFIRMED and link.answered_hash != now)
        for link in rows
    ]


def _state(link: PartyLink, number: int, at: datetime) -> str | Promise:
    if link.revoked_at is not None:
        return _REVOKED
    if link.edition_number != number:
        return _PUBLISHED
    if link.answer:
        return _ANSWERED
    return _EXPIRED if link.expires_at <= at else _OPEN


def _asks(request: HttpRequest, agreement: Agreement, links: list[ShownLink]) -> AskForm:
    """An empty form, or one that asks the person of a link again."""
    again = next((one.link for one in links if str(one.link.pk) == request.GET.get("again")), None)
    if again is None:
        return AskForm(parties=parties_of(agreement))
    return AskForm(
        parties=parties_of(agreement),
        initial={"person": again.person, "email": again.email, "party": again.party_id, "language": again.language},
    )


def own_corrections(link: PartyLink) -> list[ShownCorrection]:
    """What a person proposed through a link, as that person reads it: nothing of what stands there now.

    What was taken back is left out.
    """
    open_or_decided = (one for one in proposals_of(link) if one.correction.state != CorrectionState.TAKEN_BACK)
    return [_shown(one, names_row=False) for one in open_or_decided]


def _shown(proposal: Proposal, *, names_row: bool = True) -> ShownCorrection:
    correction, column = proposal.correction, proposal.column
    field = column.field if column else None
    label = _("Remark on the whole") if not correction.target else _("A part that was removed")
    if column is not None:
        own = column.row._meta.concrete_model is Agreement
        name = capfirst(str(column.field.verbose_name))
        kind = capfirst(str(column.row._meta.verbose_name))
        label = name if own else f"{kind} “{column.row}”: {name}" if names_row else f"{kind}: {name}"
    return ShownCorrection(
        pk=correction.pk,
        who=str(correction.link),
        section=str(column.section.label) if column else "",
        label=label,
        place=place_on_form(column.anchor) if column else "",
        before=value_as_typed(field, correction.before),
        now=value_as_typed(field, column.text if column else ""),
        proposed=value_as_typed(field, correction.proposed),
        proposal=proposal,
    )
