"""Proves that the published record is what it was when it was published."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agreements.editions.verify_log import verify_log


class Command(BaseCommand):
    help = "Recompute every hash of the published record and its chain; exit 1 at the first broken entry."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", help="the hash that the newest entry must have, from a copy kept elsewhere: finds a cut-off end"
        )

    def handle(self, *args: Any, head: str | None = None, **options: Any) -> None:
        report = verify_log()
        if report.broken is not None:
            broken = report.broken
            raise CommandError(
                f"Broken at entry {broken.sequence} ({broken.register_number}): {broken.fault}. "
                f"{report.entries} entries before it are whole."
            )
        if head is not None and head != report.head:
            raise CommandError(f"The newest entry is {report.head}, not {head}: the log's end was cut off or replaced.")
        self.stdout.write(f"Whole: {report.entries} entries, {report.editions} editions, head {report.head}")
