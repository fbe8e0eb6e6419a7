"""A published first agreement, for tests that read the public record."""

from datetime import datetime

from django.contrib.auth.models import User

from agreements.editions.models import Edition
from agreements.publishing.publish import publish_edition
from agreements.publishing.readiness import accept_warnings, readiness_of
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.shipped import load_first_agreement
from agreements.vocabulary.zone import day_in_baghdad
from tests.people import make_user


def first_agreement() -> Agreement:
    """The shipped record as a draft."""
    return load_first_agreement(by=make_user("editor"))


def accept_all_warnings(agreement: Agreement, *, by: User, at: datetime) -> None:
    found = readiness_of(Agreement.objects.get(pk=agreement.pk), on=day_in_baghdad(at)).warnings
    if found:
        accept_warnings(agreement.pk, [one.key for one in found], by=by, at=at, reason="No source states it.")


def publish(agreement: Agreement, *, at: datetime) -> Edition:
    """Submit, approve and publish as two members of staff."""
    editor, reviewer = make_user("editor"), make_user("reviewer")
    submit_agreement(agreement.pk, by=editor, at=at)
    accept_all_warnings(agreement, by=reviewer, at=at)
    approve_agreement(agreement.pk, by=reviewer, at=at)
    return publish_edition(agreement.pk, by=reviewer, at=at)
