"""Which agreement of the register a content is, and which register number a new one gets."""

import re
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.editions.models import Edition
from agreements.editions.queries import was_published
from agreements.intake.contents.incoming import IncomingContent
from agreements.intake.contents.models import Origin, OriginKind
from agreements.intake.contents.relations import same_title
from agreements.intake.contents.remarks import IntakeRefused, Refusal, Remark, RemarkCode
from agreements.register.fields import localised
from agreements.register.models.agreements import Agreement
from agreements.register.numbers import is_ahead, is_within_reach
from agreements.register.trails import event_model_of

_HOST: Final = re.compile(r"https?://(?P<host>[^/]+)")


def known_agreement(one: IncomingContent, *, same_numbers: bool) -> tuple[Agreement, bool] | None:
    """The agreement that a content is of, locked, and whether nothing newer than this content came from there.

    It is the one that earlier came under this reference from the same place; else the one of this number, where the
    content is an edition of this very portal or ``same_numbers`` says so.

    Raises:
        IntakeRefused: it was brought in under this reference, but has no title in common, and nobody said where
            either is from: it may be another portal's agreement of the same number.
    """
    said = one.provenance
    origin = Origin.objects.filter(kind=said.kind, reference=said.reference, authority=said.authority).first()
    if origin is not None:
        agreement = Agreement.objects.select_for_update().get(pk=origin.agreement_id)
        is_latest = origin.content_hash == said.content_hash
        if not is_latest and not said.authority and not same_numbers:
            _refuse_another(one, agreement)
        return agreement, is_latest
    if said.kind == OriginKind.EDITION and (same_numbers or _is_of_this_portal(one)):
        found = Agreement.objects.select_for_update().filter(register_number=said.reference).first()
        return (found, False) if found is not None else None
    return None


def number_for(one: IncomingContent) -> tuple[str, Remark | None]:
    """The register number that a new agreement keeps, empty where it gets a new one; and what to say of that.

    A number is kept where it was never given here, not even to an agreement that is gone.
    """
    number = one.content.register_number
    if not number:
        return "", None
    details = (("number", number),)
    if not is_within_reach(number):
        return "", Remark(RemarkCode.NUMBER_UNFIT, details)
    is_taken = Agreement.objects.filter(register_number=number).exists() or was_published(number)
    if not is_taken and not is_ahead(number):
        trail = event_model_of(Agreement)
        is_taken = trail._default_manager.filter(register_number=number).exists()
    return ("", Remark(RemarkCode.NUMBER_NEW, details)) if is_taken else (number, None)


def authority_of(address: str) -> str:
    """The host of a permanent address, in small letters; empty where it is none."""
    found = _HOST.match(address.strip().lower())
    return found["host"] if found else ""


def _is_of_this_portal(one: IncomingContent) -> bool:
    said = one.provenance
    if said.authority and said.authority == authority_of(settings.PUBLIC_ORIGIN):
        return True
    return Edition.objects.filter(content_hash=said.content_hash, register_number=said.reference).exists()


def _refuse_another(one: IncomingContent, agreement: Agreement) -> None:
    if same_title(localised(agreement, "title"), one.content.title):
        return
    sentence = _(
        "%(number)s came in before under another title, as %(here)s. If it is the same agreement, say so; "
        "if it is another portal’s, give the address that this file is from."
    ) % {"number": one.provenance.reference, "here": agreement.register_number}
    raise IntakeRefused([Refusal("", sentence)])
