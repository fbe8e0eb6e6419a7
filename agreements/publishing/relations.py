"""Relations between agreements, as far as the public may read of the other one."""

from django.db.models import QuerySet

from agreements.editions.content import RelatedAgreement
from agreements.editions.models import Edition
from agreements.editions.queries import current_editions, newest_editions
from agreements.publishing.snapshot_parts import source_id
from agreements.register.fields import localised, partial_date
from agreements.register.models.agreements import Agreement, AgreementRelation
from agreements.vocabulary.kinds import REVERSE_RELATIONS, RelationKind


def own_relations(agreement: Agreement) -> tuple[RelatedAgreement, ...]:
    """What the agreement says of others, each under the title that the public knows it by."""
    rows = list(agreement.relations.all())
    published = _by_number(newest_editions().filter(register_number__in=[row.other.register_number for row in rows]))
    return tuple(
        RelatedAgreement(
            relation=RelationKind(row.kind),
            register_number=row.other.register_number,
            title=published[row.other.register_number].content.title
            if row.other.register_number in published
            else localised(row.other, "title"),
            effective=partial_date(row.effective),
            source=source_id(row),
        )
        for row in rows
    )


def relations_of_others(agreement: Agreement) -> list[tuple[AgreementRelation, RelatedAgreement]]:
    """What others say of the agreement in their current editions, in the wording of its own side.

    A row that is not published as it stands is left out: what a draft says is no public fact.
    """
    rows = list(agreement.reverse_relations.all())
    current = _by_number(current_editions().filter(register_number__in=[row.agreement.register_number for row in rows]))
    found = []
    for row in rows:
        edition = current.get(row.agreement.register_number)
        if edition is not None and _as_published(row, edition):
            related = RelatedAgreement(
                relation=REVERSE_RELATIONS[RelationKind(row.kind)],
                register_number=edition.register_number,
                title=edition.content.title,
                effective=partial_date(row.effective),
                source=source_id(row),
            )
            found.append((row, related))
    return found


def _as_published(row: AgreementRelation, edition: Edition) -> bool:
    said = (row.kind, row.other.register_number, partial_date(row.effective), source_id(row))
    return said in [(one.relation, one.register_number, one.effective, one.source) for one in edition.content.relations]


def _by_number(editions: QuerySet[Edition]) -> dict[str, Edition]:
    return {edition.register_number: edition for edition in editions}
