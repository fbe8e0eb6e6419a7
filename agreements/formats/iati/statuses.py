"""Activity statuses: of the agreement on a day, and of the work under it."""

from agreements.formats.iati import codes
from agreements.formats.iati.subject import Subject
from agreements.vocabulary.dates import PartialDate
from agreements.vocabulary.kinds import ActivityStatus, DateKind


def agreement_status(subject: Subject) -> str:
    """By the legal status of the day; planned where the entry into force is stated and still to come."""
    coming = subject.content.date_of(DateKind.IN_FORCE)
    first = coming.date.earliest if coming is not None else None
    status = codes.AGREEMENT_STATUSES[subject.status]
    is_to_come = first is not None and first > subject.as_of
    return codes.PIPELINE if status == codes.IMPLEMENTATION and is_to_come else status


def work_status(subject: Subject, *, stated: ActivityStatus, start: PartialDate, end: PartialDate) -> str:
    """As it is stated; else by the period where that tells; else that of the agreement."""
    if stated in codes.WORK_STATUSES:
        return codes.WORK_STATUSES[stated]
    if end.latest is not None and end.latest < subject.as_of:
        return codes.CLOSED
    if start.earliest is not None and start.earliest > subject.as_of:
        return codes.PIPELINE
    return agreement_status(subject)
