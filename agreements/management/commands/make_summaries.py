"""Makes the sealed summaries that are missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agreements.editions.queries import current_editions
from agreements.summaries.errors import SummariesError
from agreements.summaries.store import summary_for
from agreements.vocabulary.languages import LANGUAGES


class Command(BaseCommand):
    help = "Make the sealed summaries of all current editions that have none yet."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        try:
            for edition in current_editions():
                for language in LANGUAGES:
                    summary_for(edition, language, at=timezone.now())
                    count += 1
        except SummariesError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"    {count} sealed summaries are there")
