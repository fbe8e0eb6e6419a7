"""A published first agreement, for tests that read the public record."""

from datetime import datetime

from agreements.editions.models import Edition
from agreements.publishing.publish import publish_edition
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.shipped import load_directories, load_first_agreement
from tests.people import make_user


def first_agreement() -> Agreement:
    """The shipped record as a draft."""
    load_directories()
    return load_first_agreement(by=make_user("editor"))


def publish(agreement: Agreement, *, at: datetime) -> Edition:
    """Submit, approve and publish as two members of staff."""
    editor, reviewer = make_user("editor"), make_user("reviewer")
    submit_agreement(agreement.pk, by=editor, at=at)
    approve_agreement(agreement.pk, by=reviewer, at=at)
    return publish_edition(agreement.pk, by=reviewer, at=at)
