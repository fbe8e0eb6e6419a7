"""Seals of the other side as they are kept: added, decided once, and read."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Max, QuerySet

from agreements.editions.content import OrganizationName
from agreements.summaries.others.examine import signatures_from
from agreements.summaries.others.given_out import GivenOut, sealed, unsealed
from agreements.summaries.others.judge import Judged, SealRefused, Unfit
from agreements.summaries.others.models import OtherSeal, OtherSealDecision
from agreements.summaries.others.signatures import Signature


@dataclass(frozen=True)
class Sender:
    """Who sends a seal: the party as the edition names it, its officer, and the number of the link."""

    organization: OrganizationName
    officer: str
    link: int


def keep_seal(data: bytes, judged: Judged, sender: Sender, *, at: datetime) -> OtherSeal:
    """Add a seal, within a transaction. Nothing is shown of it until it is accepted.

    Raises:
        SealRefused: exactly this file is here already.
    """
    digest = hashlib.sha256(data).hexdigest()
    if OtherSeal.objects.filter(sha256=digest).exists():
        raise SealRefused(Unfit.SENT_BEFORE.value)
    name = sender.organization.name
    seal = OtherSeal(
        summary=judged.over.summary,
        is_over_sealed=judged.over.is_sealed,
        organization_key=sender.organization.id,
        organization_en=name.en or "",
        organization_ar=name.ar or "",
        organization_ckb=name.ckb or "",
        officer=sender.officer,
        form=judged.form,
        sha256=digest,
        size_bytes=len(data),
        signatures=_as_json(judged.signatures),
        link=sender.link,
        received_at=at,
    )
    # The file comes before its row: a crash in between leaves a file that nothing names.
    if not default_storage.exists(seal.path):
        default_storage.save(seal.path, ContentFile(data))
    seal.save(force_insert=True)
    return seal


def decide(seal: OtherSeal, *, is_accepted: bool, reason: str, by: User, at: datetime) -> OtherSealDecision:
    """Add the decision on a seal, of which there can be one."""
    return OtherSealDecision.objects.create(seal=seal, is_accepted=is_accepted, reason=reason, by=by, at=at)


def read_seal(seal: OtherSeal) -> bytes:
    """The bytes as they came."""
    with default_storage.open(seal.path) as file:
        content: bytes = file.read()
    return content


def file_under(seal: OtherSeal) -> GivenOut:
    """The file of ours that a seal goes on from, or lies beside."""
    return sealed(seal.summary) if seal.is_over_sealed else unsealed(seal.summary)


def signatures_of(seal: OtherSeal) -> tuple[Signature, ...]:
    """What was found when it was received; at least one."""
    return signatures_from(seal.signatures)


def seals_shown(register_number: str, edition_number: int) -> list[OtherSeal]:
    """The accepted seals of an edition: of each party in each language the newest, in the order of parties' keys."""
    found = accepted_seals().filter(summary__register_number=register_number, summary__edition_number=edition_number)
    return list(
        found.order_by("organization_key", "summary__language", "-pk").distinct("organization_key", "summary__language")
    )


def accepted_seal(sha256: str) -> OtherSeal | None:
    """The accepted seal whose file this is."""
    return accepted_seals().filter(sha256=sha256).first()


def accepted_seals() -> QuerySet[OtherSeal]:
    return OtherSeal.objects.filter(decision__is_accepted=True).select_related("summary", "decision")


def seals_of_links(links: Iterable[int]) -> list[OtherSeal]:
    """What came by these links, newest first, decided or not."""
    return list(OtherSeal.objects.filter(link__in=links).select_related("summary", "decision__by").order_by("-pk"))


def undecided_seals() -> QuerySet[OtherSeal]:
    """What nobody has decided, oldest first."""
    return OtherSeal.objects.filter(decision=None).select_related("summary").order_by("pk")


def newest_decision() -> int:
    """The number of the newest decision, 0 without any: what public pages show of seals depends on it."""
    return int(OtherSealDecision.objects.aggregate(newest=Max("pk"))["newest"] or 0)


def _as_json(signatures: Iterable[Signature]) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(one).items()}
        for one in signatures
    ]
