"""What of another portal's edition a draft can't carry: listed, so that nothing is lost in silence."""

from collections.abc import Iterator

from agreements.editions.content import AgreementContent
from agreements.intake.contents.remarks import Remark, RemarkCode
from agreements.register.models.agreements import Agreement
from agreements.vocabulary.languages import LocalisedText


def left_out(agreement: Agreement, content: AgreementContent, before: AgreementContent | None) -> Iterator[Remark]:
    """Documents whose files are not here, confirmations, notes on corrections, and how it was reviewed.

    Args:
        before: what the draft says already, and keeps.
    """
    there = set(agreement.documents.values_list("sha256", flat=True)) if before else set()
    for document in content.documents:
        if document.sha256 not in there:
            yield _remark(RemarkCode.DOCUMENT_LEFT, what=words(document.title), hash=document.sha256)
    here = {document[:16] for document in there}
    for source in content.sources:
        if source.document is not None and source.document not in here:
            yield _remark(RemarkCode.LINK_LEFT, what=words(source.title))
    for confirmation in content.confirmations:
        if before is None or confirmation not in before.confirmations:
            yield _remark(RemarkCode.CONFIRMATION_LEFT, what=words(confirmation.party.name))
    for note in content.corrections:
        if before is None or note not in before.corrections:
            yield _remark(RemarkCode.CORRECTION_LEFT, day=note.noted_on.isoformat(), what=words(note.text))
    if not content.reviewed_by_another:
        yield _remark(RemarkCode.REVIEWED_BY_ONE)


def words(text: LocalisedText) -> str:
    """A text in the first language that it is written in."""
    best = text.best("en")
    return best.text if best else "–"


def _remark(code: RemarkCode, **details: str) -> Remark:
    return Remark(code, tuple(details.items()))
