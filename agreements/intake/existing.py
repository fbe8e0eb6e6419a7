"""The agreements of the register that rows of a file are about, with the parts that are compared: a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from agreements.intake.incoming import IncomingAgreement
from agreements.intake.models import ImportedAgreement
from agreements.register.models.agreements import Agreement, AgreementDate, FrameworkLink
from agreements.register.models.participants import Funding, Participation

Role = tuple[str, int]


@dataclass
class Existing:
    """An agreement as it stands, with what an import compares."""

    agreement: Agreement
    dates: list[AgreementDate] = field(default_factory=list)
    roles: set[Role] = field(default_factory=set)
    last_position: int = 0
    funding: list[Funding] = field(default_factory=list)
    places: set[int] = field(default_factory=set)
    frameworks: set[int] = field(default_factory=set)
    origin: ImportedAgreement | None = None


@dataclass(frozen=True)
class Found:
    """Agreements by register number, and by what the collection calls them."""

    by_number: dict[str, Existing]
    by_reference: dict[str, Existing]


def find_existing(rows: Sequence[IncomingAgreement], *, collection: str, for_update: bool = False) -> Found:
    """What the register has of these rows.

    Args:
        for_update: lock them until the transaction ends, in the order of their keys, so that two never wait for
            each other.
    """
    references = {row.reference for row in rows if row.reference}
    numbers = {row.register_number for row in rows if row.register_number}
    origins = list(ImportedAgreement.objects.filter(collection=collection, reference__in=references))
    wanted = Q(register_number__in=numbers) | Q(pk__in={origin.agreement_id for origin in origins})
    agreements = Agreement.objects.filter(wanted).order_by("pk")
    if for_update:
        agreements = agreements.select_for_update()
    existing = {agreement.pk: Existing(agreement) for agreement in agreements}
    _add_parts(existing)
    for origin in origins:
        existing[origin.agreement_id].origin = origin
    return Found(
        {one.agreement.register_number: one for one in existing.values()},
        {origin.reference: existing[origin.agreement_id] for origin in origins},
    )


def _add_parts(existing: dict[int, Existing]) -> None:
    if not existing:
        return
    for date in AgreementDate.objects.filter(agreement_id__in=existing).order_by("pk"):
        existing[date.agreement_id].dates.append(date)
    for part in Participation.objects.filter(agreement_id__in=existing):
        one = existing[part.agreement_id]
        one.roles.add((part.role, part.organization_id))
        one.last_position = max(one.last_position, part.position)
    for funding in Funding.objects.filter(agreement_id__in=existing).order_by("pk"):
        existing[funding.agreement_id].funding.append(funding)
    for pk, places in _pairs(Agreement.places.through.objects.filter(agreement_id__in=existing), "place_id").items():
        existing[pk].places = places
    for pk, ids in _pairs(FrameworkLink.objects.filter(agreement_id__in=existing), "framework_id").items():
        existing[pk].frameworks = ids


def _pairs(rows: "Iterable[object]", column: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for agreement_id, other_id in rows.values_list("agreement_id", column):  # type: ignore[attr-defined]  # a queryset
        found[agreement_id].add(other_id)
    return found
