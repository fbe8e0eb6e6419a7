"""Which parties confirmed a record, and whether what they confirmed is what stands there now."""

from collections.abc import Iterator
from typing import Final

from agreements.editions.canonical import canonical_bytes, content_hash
from agreements.editions.content import AgreementContent, Confirmation
from agreements.publishing.problems import Problem, WarningCode
from agreements.publishing.snapshot_parts import name_of
from agreements.register.models.agreements import Agreement
from agreements.register.models.other_side import Correction, PartyLink
from agreements.vocabulary.kinds import CorrectionState, PartyAnswer
from agreements.vocabulary.sections import Section
from agreements.vocabulary.zone import day_in_baghdad

OTHER_SIDE: Final = "other-side"
"""The place on the review page where links and corrections stand."""


def record_hash(content: AgreementContent) -> str:
    """The hash of what a record says, without who reviewed and who confirmed it.

    Both come after the words that they are about, and don't change them.
    """
    said = content.model_copy(update={"confirmations": (), "reviewed_by_another": True})
    return content_hash(canonical_bytes(said))


def confirmations_of(agreement: Agreement, content: AgreementContent) -> tuple[Confirmation, ...]:
    """The parties whose confirmation is of exactly this content, each once, by its newest one.

    What was said through a link that was revoked does not count.
    """
    links = list(_confirmed(agreement))
    if not links:
        return ()
    now = record_hash(content)
    newest = {link.party_id: link for link in links if link.answered_hash == now}
    return tuple(
        Confirmation(
            party=name_of(link.party),
            person=link.person if link.is_name_public else None,
            confirmed_on=day_in_baghdad(link.answered_at),
        )
        for link in newest.values()
        if link.answered_at
    )


def warnings_of_the_other_side(agreement: Agreement, content: AgreementContent, *, edition: int) -> Iterator[Problem]:
    """What a reviewer should know of the other side before the ``edition`` is published."""
    confirmed = {one.party.id for one in content.confirmations}
    older = {
        link.party.key: link
        for link in _confirmed(agreement)
        if link.edition_number == edition and link.party.key not in confirmed
    }
    for link in older.values():
        yield _warning(WarningCode.CONFIRMATION_OLDER, str(link.party), f"{link.pk}:{link.answered_hash[:16]}")
    open_ones = Correction.objects.filter(link__agreement=agreement, state=CorrectionState.OPEN)
    for correction in open_ones.order_by("link_id", "pk").distinct("link_id").select_related("link__party"):
        yield _warning(WarningCode.CORRECTIONS_OPEN, str(correction.link), str(correction.pk))


def _confirmed(agreement: Agreement) -> Iterator[PartyLink]:
    """Links with a confirmation that holds, oldest first; asked once for a record that was loaded."""
    rows = agreement.partylinks.all()
    found = [one for one in rows if one.answer == PartyAnswer.CONFIRMED and one.revoked_at is None]
    yield from sorted(found, key=lambda one: (one.answered_at, one.pk))


def _warning(code: WarningCode, what: str, key: str) -> Problem:
    return Problem(code, Section.TITLES, (("what", what),), key=f"{code}:{key}", place=OTHER_SIDE)
