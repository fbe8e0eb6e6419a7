"""How an agreement's legal status goes on, day by day, without a new edition."""

from datetime import date, timedelta
from itertools import chain

from agreements.editions.content import AgreementContent
from agreements.editions.legal_status import legal_status
from agreements.vocabulary.kinds import LegalStatus

Step = tuple[date, LegalStatus]


def status_steps(content: AgreementContent, *, on: date) -> tuple[LegalStatus, list[Step]]:
    """The status on a day in Baghdad, and each later day on which it becomes another, with what it becomes."""
    stated = [one.date.latest for one in content.dates]
    related = [one.effective.latest for one in content.relations]
    days = {day for day in chain(stated, related) if day is not None}
    # What ends on a day ends with it: the status is another one from the day after.
    after = {day + timedelta(days=1) for day in days if day < date.max}
    now = last = legal_status(content, on=on)
    steps: list[Step] = []
    for day in sorted(day for day in days | after if day > on):
        status = legal_status(content, on=day)
        if status != last:
            steps.append((day, status))
            last = status
    return now, steps
