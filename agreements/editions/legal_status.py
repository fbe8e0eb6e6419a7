"""Legal status: what an edition says about an agreement on a given day."""

from collections.abc import Iterable
from datetime import date

from agreements.editions.content import AgreementContent
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import DateKind, LegalStatus, RenewalKind, ReverseRelationKind

Stated = tuple[DateKind, PartialDate]


def legal_status(content: AgreementContent, *, on: date) -> LegalStatus:
    """The status on one day (a day in Baghdad), derived from dates, terms and relations; see ``status_from``."""
    return status_from(
        [(one.kind, one.date) for one in content.dates],
        superseded=[one.effective for one in content.relations if one.relation == ReverseRelationKind.SUPERSEDED_BY],
        renewal=content.terms.renewal,
        on=on,
    )


def status_from(  # noqa: PLR0911  # one return a status reads best
    dates: Iterable[Stated], *, superseded: Iterable[PartialDate], renewal: RenewalKind, on: date
) -> LegalStatus:
    """The same from its parts; ``superseded`` are the days that other agreements took its place on.

    An event counts once the last day that its date can mean has come, so a date known to the
    month takes effect at the month's end: the register never says more than its sources.
    A planned end makes an agreement expired on the day after it, unless it is renewed tacitly: then
    only an end or a termination that is recorded ends it.
    """
    dates = tuple(dates)

    def has_come(when: PartialDate) -> bool:
        return when.latest is not None and when.latest <= on

    def happened(kind: DateKind) -> bool:
        return any(has_come(when) for one, when in dates if one == kind)

    if any(has_come(when) or not when.is_stated for when in superseded):
        return LegalStatus.SUPERSEDED
    if happened(DateKind.TERMINATED):
        return LegalStatus.TERMINATED
    if happened(DateKind.ENDED) or (renewal != RenewalKind.TACIT and _planned_end_has_passed(dates, on=on)):
        return LegalStatus.EXPIRED
    if happened(DateKind.IN_FORCE):
        return LegalStatus.SUSPENDED if _is_suspended(dates, on=on) else LegalStatus.IN_FORCE
    if happened(DateKind.SIGNED):
        return LegalStatus.SIGNED
    if happened(DateKind.ANNOUNCED):
        return LegalStatus.ANNOUNCED
    return LegalStatus.NOT_STATED


def _planned_end_has_passed(dates: tuple[Stated, ...], *, on: date) -> bool:
    ends = [when.latest for kind, when in dates if kind == DateKind.PLANNED_END]
    return any(end is not None and end < on for end in ends)


def _is_suspended(dates: tuple[Stated, ...], *, on: date) -> bool:
    def last(wanted: DateKind) -> date:
        days = [when.latest for kind, when in dates if kind == wanted]
        return max((day for day in days if day is not None and day <= on), default=date.min)

    return last(DateKind.SUSPENDED) > last(DateKind.RESUMED)
