"""Renews long-term seals whose last timestamp ends soon."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agreements.summaries.errors import SummariesError
from agreements.summaries.renewals import due_for_renewal, renew_due


class Command(BaseCommand):
    help = "Give long-term seals a new timestamp before the certificate of their last one ends; a worker does it daily."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count what is due")
        parser.add_argument("--at-most", type=int, default=100_000, help="stop after so many")

    def handle(self, *args: Any, dry_run: bool = False, at_most: int = 100_000, **options: Any) -> None:
        if dry_run:
            self.stdout.write(f"{due_for_renewal(at=timezone.now()).count()} seals are due for renewal")
            return
        try:
            done = renew_due(at=timezone.now(), at_most=at_most)
        except SummariesError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.count} seals renewed")
        if done.failures:
            raise CommandError("Not renewed: " + " ".join(done.failures))
        if done.is_more:
            self.stdout.write("More are due: run this again.")
