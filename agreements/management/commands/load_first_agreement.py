"""Loads the shipped record and publishes it as staff would."""

from typing import Any, Final

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from agreements.publishing.publish import publish_edition
from agreements.publishing.readiness import accept_warnings, readiness_of
from agreements.publishing.review import approve_agreement, submit_agreement
from agreements.register.models.agreements import Agreement
from agreements.register.shipped import load_directories, load_first_agreement

EDITOR: Final = "shipped-record-editor"
REVIEWER: Final = "shipped-record-reviewer"
REASON: Final = "The announcement, which is the only source, does not state it."


class Command(BaseCommand):
    help = "Load and publish the first agreement, unless the register holds an agreement already."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if Agreement.objects.exists():
            self.stdout.write("    the register holds agreements already: nothing to do")
            return
        editor, reviewer = (_account(name) for name in (EDITOR, REVIEWER))
        now = timezone.now()
        load_directories()
        agreement = load_first_agreement(by=editor)
        submit_agreement(agreement.pk, by=editor, at=now)
        warnings = [one.key for one in readiness_of(Agreement.objects.get(pk=agreement.pk)).warnings]
        if warnings:
            accept_warnings(agreement.pk, warnings, by=reviewer, at=now, reason=REASON)
        approve_agreement(agreement.pk, by=reviewer, at=now)
        edition = publish_edition(agreement.pk, by=reviewer, at=now)
        self.stdout.write(f"    {edition.register_number} edition {edition.number} is published")


def _account(name: str) -> User:
    """An account that nobody can log in with: four eyes hold for the shipped record too."""
    account, made = User.objects.get_or_create(username=name, defaults={"is_active": False})
    if made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account
