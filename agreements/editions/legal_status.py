"""Legal status: what an edition says about an agreement on a given day."""

from datetime import date

from agreements.editions.content import AgreementContent
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, LegalStatus, ReverseRelationKind


def legal_status(  # noqa: PLR0911  # one return a status reads best
    content: AgreementContent, *, on: date
) -> LegalStatus:
    """The status on one day (a day in Baghdad), derived from dates and relations.

    An event counts once the last day that its date can mean has come, so a date known to the
    month takes effect at the month's end: the register never says more than its sources.
    A planned end makes an agreement expired on the day after it.
    """

    def has_come(when: PartialDate) -> bool:
        return when.latest is not None and when.latest <= on

    def happened(kind: DateKind) -> bool:
        return any(has_come(one.date) for one in content.dates if one.kind == kind)

    if any(
        one.relation == ReverseRelationKind.SUPERSEDED_BY and (has_come(one.effective) or not one.effective.is_stated)
        for one in content.relations
    ):
        return LegalStatus.SUPERSEDED
    if happened(DateKind.TERMINATED):
        return LegalStatus.TERMINATED
    if happened(DateKind.ENDED) or _planned_end_has_passed(content, on=on):
        return LegalStatus.EXPIRED
    if happened(DateKind.IN_FORCE):
        return LegalStatus.SUSPENDED if _is_suspended(content, on=on) else LegalStatus.IN_FORCE
    if happened(DateKind.SIGNED):
        return LegalStatus.SIGNED
    if happened(DateKind.ANNOUNCED):
        return LegalStatus.ANNOUNCED
    return LegalStatus.NOT_STATED


def _planned_end_has_passed(content: AgreementContent, *, on: date) -> bool:
    ends = [one.date.latest for one in content.dates if one.kind == DateKind.PLANNED_END]
    return any(end is not None and end < on for end in ends)


def _is_suspended(content: AgreementContent, *, on: date) -> bool:
    def last(kind: DateKind) -> date:
        days = [one.date.latest for one in content.dates if one.kind == kind]
        return max((day for day in days if day is not None and day <= on), default=date.min)

    return last(DateKind.SUSPENDED) > last(DateKind.RESUMED)
