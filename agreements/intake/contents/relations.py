"""Relations of a content to agreements that are known here by the same number, or were brought in with theirs."""

from collections.abc import Iterator

from agreements.editions.content import AgreementContent, RelatedAgreement
from agreements.intake.contents.entries import Entries
from agreements.intake.contents.left_out import words
from agreements.intake.contents.models import Origin, OriginKind
from agreements.intake.contents.remarks import Remark, RemarkCode
from agreements.intake.contents.rows import Rows
from agreements.register.fields import localised
from agreements.register.models.agreements import Agreement, AgreementRelation
from agreements.vocabulary.kinds import RelationKind
from agreements.vocabulary.languages import LANGUAGES, LocalisedText


def write_relations(
    agreement: Agreement, content: AgreementContent, before: AgreementContent | None, *, authority: str, is_whole: bool
) -> list[Remark]:
    """Relate a draft to the agreements that its content names, as far as they are known here; what is left out.

    Args:
        authority: the portal whose register numbers the content uses; empty where nobody said.

    Raises:
        IntakeRefused: the register would not take one, as a circle.
    """
    own = [one for one in content.relations if isinstance(one.relation, RelationKind)]
    known = {one: other for one in own if (other := _known(one, authority)) is not None and other != agreement}
    entries = Entries(content.model_copy(update={"relations": tuple(known)}))
    there = list(agreement.relations.all()) if before else []
    parts = [one for one in before.relations if isinstance(one.relation, RelationKind)] if before else []
    renumbered = {
        one.model_copy(update={"register_number": other.register_number}): (one, other) for one, other in known.items()
    }

    def columns(part: RelatedAgreement) -> dict[str, object]:
        one, other = renumbered[part]
        source = entries.source(one.source)
        return {
            "kind": one.relation, "other_id": other.pk, "effective": one.effective.value,
            "source_id": source.pk if source else None,
        }  # fmt: skip

    rows = Rows(AgreementRelation, {"agreement": agreement}, there, parts)
    rows.follow(tuple(renumbered), columns, is_whole=is_whole)
    return list(_left(content, set(known)))


def same_title(one: LocalisedText, other: LocalisedText) -> bool:
    """Whether two titles are the same in any language."""
    return any(one.get(language) and one.get(language) == other.get(language) for language in LANGUAGES)


def _known(related: RelatedAgreement, authority: str) -> Agreement | None:
    """The agreement that is meant: brought in from that portal under that number, or so called here."""
    origin = (
        Origin.objects.filter(kind=OriginKind.EDITION, reference=related.register_number, authority=authority)
        .select_related("agreement")
        .first()
    )
    if origin is not None:
        return origin.agreement
    found = Agreement.objects.filter(register_number=related.register_number).first()
    return found if found is not None and same_title(localised(found, "title"), related.title) else None


def _left(content: AgreementContent, known: set[RelatedAgreement]) -> Iterator[Remark]:
    for one in content.relations:
        if one in known:
            continue
        is_own = isinstance(one.relation, RelationKind)
        details = (
            ("relation", str(one.relation.label)), ("number", one.register_number), ("what", words(one.title)),
        )  # fmt: skip
        yield Remark(RemarkCode.RELATION_LEFT if is_own else RemarkCode.RELATION_OF_OTHER, details)
