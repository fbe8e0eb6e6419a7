"""Readers' reports that nobody has looked at yet, for the digest of those who may answer them."""

from datetime import datetime

from django.contrib.auth.models import User

from agreements.correspondence.models import Report
from agreements.register.models.agreements import Agreement
from agreements.reminders.models import Digest
from agreements.reminders.people import in_charge
from agreements.vocabulary.kinds import ReportState

_ANSWER = "agreements.answer_report"


def new_reports_for(person: User, *, at: datetime) -> list[Report]:
    """The new reports about agreements in this person's charge that came since their last digest, oldest first.

    Each is told of once without a row that says so. One that is committed in the very moment of a digest may be
    missed by it; the desk's first page shows it all the same.
    """
    if not person.has_perm(_ANSWER):
        return []
    agreements = Agreement.objects.filter(in_charge(person)).values("register_number")
    waiting = Report.objects.filter(state=ReportState.NEW, register_number__in=agreements, received_at__lte=at)
    last = Digest.objects.filter(person=person).order_by("-made_at").values_list("made_at", flat=True).first()
    if last is not None:
        waiting = waiting.filter(received_at__gt=last)
    return list(waiting.order_by("received_at", "pk"))
