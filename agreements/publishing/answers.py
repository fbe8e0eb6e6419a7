"""What a person of the other side answers: that the record is right, or what should stand there instead."""

from collections.abc import Mapping
from datetime import datetime

import pghistory
from django.db import transaction
from django.db.models import QuerySet

from agreements.publishing.confirmations import record_hash
from agreements.publishing.correctable import columns_by_target
from agreements.publishing.errors import ChangedMeanwhile, NothingProposed
from agreements.publishing.links import named
from agreements.publishing.party_links import link_to_answer
from agreements.publishing.snapshot import build_content
from agreements.publishing.workflow import enter
from agreements.register.models.other_side import Correction, PartyLink
from agreements.vocabulary.kinds import CorrectionState, EventKind, PartyAnswer

REMARK = ""
"""The target of a remark on the whole record."""


@transaction.atomic
def confirm_record(secret: str, *, seen: str, at: datetime, is_name_public: bool) -> PartyLink:
    """Say that the record is right as it stands; what the person proposed before is taken back.

    The link is used up by it, so nobody who comes by it later can say otherwise.

    Args:
        seen: the ``record_hash`` of what was before the person's eyes.
        is_name_public: whether the person agrees to be named on the public page.

    Raises:
        LinkUnknown, LinkClosed, LinkAnswered: see ``party_links.open_link``.
        ChangedMeanwhile: the record says something else than what the person saw.
    """
    link = link_to_answer(secret, at=at)
    if record_hash(build_content(link.agreement)) != seen:
        raise ChangedMeanwhile(link.agreement.register_number)
    with pghistory.context(person=named(link)):
        link.is_name_public = is_name_public
        _answer(link, PartyAnswer.CONFIRMED, seen=seen, at=at)
    enter(link.agreement, EventKind.CONFIRMED, by=None, by_name=named(link), at=at)
    return link


@transaction.atomic
def propose_corrections(
    secret: str, *, seen: str, before: Mapping[str, str], proposed: Mapping[str, str], at: datetime
) -> PartyLink:
    """Keep what the person would write instead, for the editors to decide upon.

    It takes the place of all that the person proposed before, through other links, and nobody has decided
    yet. The record may have changed since: each proposal says what it was made of. The link is used up.

    Args:
        seen: the ``record_hash`` of what was before the person's eyes.
        before: what stood in the fields then, by their targets.
        proposed: what should stand there, by target; ``REMARK`` for a remark on the whole. What is
            equal to ``before``, or names no public field of the record now, is left out.

    Raises:
        LinkUnknown, LinkClosed, LinkAnswered: see ``party_links.open_link``.
        NothingProposed: nothing differs from what stood there.
    """
    link = link_to_answer(secret, at=at)
    known = {REMARK, *columns_by_target(link.agreement)}
    changed = {
        target: text.strip()
        for target, text in proposed.items()
        if target in known and text.strip() != before.get(target, "")
    }
    if not changed:
        raise NothingProposed(link.agreement.register_number)
    with pghistory.context(person=named(link)):
        _answer(link, PartyAnswer.CORRECTIONS, seen=seen, at=at)
        Correction.objects.bulk_create(
            Correction(link=link, target=target, before=before.get(target, ""), proposed=text, proposed_at=at)
            for target, text in changed.items()
        )
    note = changed.get(REMARK, "")
    enter(link.agreement, EventKind.CORRECTED, by=None, by_name=named(link), at=at, note=note)
    return link


def undecided_before(link: PartyLink) -> QuerySet[Correction]:
    """What the link's person proposed for its party through other links, and nobody has decided."""
    return Correction.objects.filter(
        link__agreement=link.agreement_id,
        link__party=link.party_id,
        link__email__iexact=link.email,
        state=CorrectionState.OPEN,
    )


def _answer(link: PartyLink, answer: PartyAnswer, *, seen: str, at: datetime) -> None:
    undecided_before(link).update(state=CorrectionState.TAKEN_BACK, decided_at=at)
    link.answer, link.answered_at, link.answered_hash = answer, at, seen
    link.save(update_fields=["answer", "answered_at", "answered_hash", "is_name_public"])
